package io.failoverlab.verdict;

import static io.failoverlab.history.RunBuilder.at;
import static io.failoverlab.history.RunBuilder.request;
import static io.failoverlab.history.RunBuilder.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.JudgingStarted;
import io.failoverlab.history.Event.RotationChanged;
import io.failoverlab.history.Event.TargetStateChanged;
import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.history.TargetState;
import io.failoverlab.verdict.Windows.Part;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowsTest {

    /** Judged from 2 s to 40 s, the fault at 20 s, settled at 20.2 s. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            1999,  5000, nowhere
            2000,    10, BEFORE
            19990,   10, BEFORE
            19990,   11, DURING
            19999, 9000, DURING
            20000,    0, BEFORE
            20000,    1, DURING
            20199,    1, DURING
            20199, 9000, DURING
            20200,    0, AFTER
            39999, 9000, AFTER
            40000,    1, nowhere
            """)
    void everyJudgedRequestIsInOnePart(long startMillis, long millis, String part) {
        RequestSample sample = request(startMillis, millis);
        History history = RunBuilder.killOfOneOfTwo().requests(sample).build();
        Windows windows = Windows.of(history).orElseThrow();

        Stream<String> parts = Arrays.stream(Part.values())
                .filter(candidate -> windows.judged(history, candidate).contains(sample))
                .map(Part::name);

        assertThat(parts).isEqualTo(part.equals("nowhere") ? List.of() : List.of(part));
    }

    @Test
    void itHasSettledAtTheLastChangeThatFollowsTheFault() {
        assertThat(settled(RunBuilder.killOfOneOfTwo())).contains(at(20.2));
        assertThat(settled(RunBuilder.killOfOneOfTwo().remove(RotationChanged.class)))
                .contains(at(20.1));
        assertThat(settled(RunBuilder.killOfOneOfTwo().add(new FaultHealed(at(30), "kill", "web-1a", ""))))
                .contains(at(30));
        assertThat(settled(RunBuilder.killOfOneOfTwo()
                        .add(target(31, "web-1a", TargetState.UNHEALTHY, TargetState.HEALTHY))))
                .contains(at(31));
    }

    @Test
    void whatHappensAfterTheLoadDoesNotUnsettleIt() {
        assertThat(settled(RunBuilder.killOfOneOfTwo().add(new FaultHealed(at(40), "kill", "web-1a", ""))))
                .contains(at(20.2));
    }

    @Test
    void aFaultThatNothingFollowedNeverSettles() {
        RunBuilder undetected = RunBuilder.killOfOneOfTwo();
        for (Class<? extends Event> kind : List.of(TargetStateChanged.class, RotationChanged.class)) {
            undetected.remove(kind, 20, 40);
        }
        RequestSample last = request(39_900, 10);
        History history = undetected.requests(last).build();

        assertThat(settled(undetected)).isEmpty();
        assertThat(Windows.of(history).orElseThrow().judged(history, Part.DURING))
                .containsExactly(last);
    }

    @Test
    void withoutAFaultEverythingIsBefore() {
        History history = RunBuilder.quiet().build();
        Windows windows = Windows.of(history).orElseThrow();

        assertThat(windows.judged(history, Part.BEFORE)).hasSize(380).isEqualTo(windows.judged(history));
    }

    @Test
    void withoutAStartOfJudgingThereIsNothingToJudge() {
        assertThat(Windows.of(RunBuilder.quiet().remove(JudgingStarted.class).build()))
                .isEmpty();
    }

    private static Optional<Duration> settled(RunBuilder run) {
        return Windows.of(run.build()).flatMap(Windows::settled);
    }
}
