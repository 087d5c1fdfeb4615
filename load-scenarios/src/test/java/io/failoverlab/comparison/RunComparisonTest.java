package io.failoverlab.comparison;

import static io.failoverlab.history.RunBuilder.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import io.failoverlab.verdict.Judgement;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RunComparisonTest {
    /** A run that loses so many requests. */
    private static Judgement losing(int lost) {
        RunBuilder run = RunBuilder.killOfOneOfTwo();
        IntStream.range(0, lost).forEach(i -> run.add(failed(20_050 + i, 30, 502, "")));
        return Judge.judge(run.build());
    }

    private static List<Judgement> runs(int... lost) {
        return IntStream.of(lost).mapToObj(RunComparisonTest::losing).toList();
    }

    private static String row(List<Judgement> before, List<Judgement> after, String figure) {
        return RunComparison.of(before, after).table("before", "after").stream()
                .filter(row -> row.getFirst().equals(figure))
                .map(row -> String.join(" | ", row))
                .findFirst()
                .orElse("none");
    }

    @Test
    void oneRunHasNoSpread() {
        assertThat(row(runs(4), runs(6), "Requests lost"))
                .isEqualTo("Requests lost | 4 | 6 | +2 (+50 %) | spread unknown: repeat it");
        assertThat(row(runs(0), runs(6), "Requests lost"))
                .isEqualTo("Requests lost | 0 | 6 | +6 | spread unknown: repeat it");
        assertThat(row(runs(4), runs(4), "Requests lost")).isEqualTo("Requests lost | 4 | 4 | +0 | equal");
    }

    @Test
    void severalRunsAreComparedByTheirMediansAndSpreads() {
        assertThat(row(runs(1, 9, 4), runs(6, 3), "Requests lost"))
                .isEqualTo("Requests lost | 4 (1 to 9) | 4.5 (3 to 6) | +0.5 (+13 %) | within the spread");
        assertThat(row(runs(8, 9), runs(2, 3, 4), "Requests lost"))
                .isEqualTo("Requests lost | 8.5 (8 to 9) | 3 (2 to 4) | -5.5 (-65 %) | beyond the spread");
    }

    @Test
    void aReactionThatNeverCameIsNoNumber() {
        Judgement silent = Judge.judge(
                RunBuilder.killOfOneOfTwo().remove(AlarmStateChanged.class).build());

        assertThat(row(List.of(losing(0), silent), runs(0), "Fault to ALARM"))
                .isEqualTo("Fault to ALARM | 500 ms, 1 of 2 runs | 500 ms |  | happened in 1 of 2, now in 1 of 1");
        assertThat(row(List.of(silent), runs(0), "Fault to ALARM"))
                .isEqualTo("Fault to ALARM | never | 500 ms |  | happened in 0 of 1, now in 1 of 1");
        assertThat(row(List.of(silent), List.of(silent), "Fault to ALARM"))
                .isEqualTo("Fault to ALARM | never | never |  | equal");
    }

    @Test
    void whatHappensLessOftenIsNoImprovementThoughItIsFasterWhereItHappens() {
        List<Judgement> slowly = List.of(alarmAfter(900), alarmAfter(800));
        Judgement silent = Judge.judge(
                RunBuilder.killOfOneOfTwo().remove(AlarmStateChanged.class).build());

        assertThat(row(slowly, List.of(alarmAfter(100), silent), "Fault to ALARM"))
                .isEqualTo("Fault to ALARM | 850 ms (800 ms to 900 ms) | 100 ms, 1 of 2 runs |  |"
                        + " happened in 2 of 2, now in 1 of 2");
        assertThat(FigureSpread.table(FigureSpread.of(List.of(silent))))
                .contains(List.of("Fault to ALARM", "-", "-", "-", "0 of 1"));
    }

    private static Judgement alarmAfter(long millis) {
        return Judge.judge(RunBuilder.killOfOneOfTwo()
                .remove(AlarmStateChanged.class)
                .add(RunBuilder.alarm(20 + millis / 1e3, AlarmState.OK, AlarmState.ALARM))
                .build());
    }

    @Test
    void theSpreadOfSeveralRunsIsATable() {
        assertThat(FigureSpread.table(FigureSpread.of(Stream.of(0, 5, 1)
                                .map(RunComparisonTest::losing)
                                .toList()))
                        .subList(0, 2))
                .containsExactly(
                        List.of("FIGURE", "MIN", "MEDIAN", "MAX", "RUNS"),
                        List.of("Requests lost", "0", "1", "5", "3 of 3"));
    }
}
