package io.failoverlab.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.alarm.Suppression.Pending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The six timelines of the CloudWatch User Guide, "Composite alarm action suppression", WaitPeriod 2 and ExtensionPeriod 3. */
class SuppressorTest {
    private static final Instant ZERO = Instant.parse("2026-01-02T03:00:00Z");
    private static final Suppressor SUPPRESSOR = new Suppressor("maintenance", "maintenance", 2, 3);

    /** Example 6's text ends the extension at t8; the periods it gives make it t9, which is also when it says that actions run. */
    private static final String TIMELINES = """
            | example | what happens                                      | suppressed by                                             | actions    |
            | 1       | t2 composite ALARM                                | t2 WaitPeriod                                             | t4 ALARM   |
            | 2       | t2 composite ALARM, t3 suppressor on              | t2 WaitPeriod, t3 Alarm                                   |            |
            | 3       | t2 composite ALARM, t3 composite OK               | t2 WaitPeriod, t3 WaitPeriod                              | t5 OK      |
            | 4       | t1 suppressor on, t2 composite ALARM              | t2 Alarm                                                  |            |
            | 5       | t2 composite ALARM, t3 suppressor on, t6 suppressor off | t2 WaitPeriod, t3 Alarm, t6 ExtensionPeriod         | t9 ALARM   |
            | 6       | t2 composite ALARM, t3 suppressor on, t6 suppressor off, t7 composite OK | t2 WaitPeriod, t3 Alarm, t6 ExtensionPeriod, t7 WaitPeriod | t9 OK |
            """;

    @Test
    void followsThePublishedTimelines() {
        List<String[]> rows = TIMELINES
                .lines()
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toArray(String[]::new))
                .toList();
        for (String[] row : rows.subList(1, rows.size())) {
            Timeline timeline = new Timeline(row[1]);
            timeline.run();
            assertThat(timeline.suppressedBy)
                    .as("example " + row[0] + ": " + row[1])
                    .hasToString("[" + row[2] + "]");
            assertThat(timeline.actions).as("example " + row[0] + ": " + row[1]).hasToString("[" + row[3] + "]");
        }
    }

    private static final class Timeline {
        private final TreeMap<Integer, String> happens;
        private final List<String> suppressedBy = new ArrayList<>();
        private final List<String> actions = new ArrayList<>();
        private AlarmState composite = AlarmState.OK;
        private boolean suppressorInAlarm;
        private Optional<Suppression> suppression = Optional.empty();

        private Timeline(String text) {
            happens = Arrays.stream(text.split(", "))
                    .map(word -> word.split(" ", 2))
                    .collect(Collectors.toMap(
                            word -> Integer.parseInt(word[0].substring(1)),
                            word -> word[1],
                            (a, b) -> b,
                            TreeMap::new));
        }

        private void run() {
            for (int second = 0; second <= 20; second++) {
                Instant now = ZERO.plusSeconds(second);
                Optional<Suppression> before = suppression;
                happen(happens.getOrDefault(second, ""), now);
                if (suppression.isPresent() && suppression.get().isOver(now)) {
                    actions.add("t" + second + " " + composite);
                    suppression = Optional.empty();
                } else if (!suppression.equals(before)) {
                    suppressedBy.add(
                            "t" + second + " " + suppression.orElseThrow().by().wireName());
                }
            }
        }

        private void happen(String what, Instant now) {
            switch (what) {
                case "composite ALARM", "composite OK" -> {
                    Pending pending = new Pending("id", composite);
                    composite = AlarmState.valueOf(what.substring("composite ".length()));
                    suppression = Optional.of(SUPPRESSOR.changed(suppressorInAlarm, pending, now));
                }
                case "suppressor on", "suppressor off" -> {
                    suppressorInAlarm = what.endsWith("on");
                    suppression =
                            suppression.map(waiting -> SUPPRESSOR.suppressorChanged(waiting, suppressorInAlarm, now));
                }
                default -> assertThat(what).isEmpty();
            }
        }
    }

    @Test
    void aClockThatIsSetBackProlongsNothingBeyondAPeriod() {
        Suppression waiting = SUPPRESSOR.changed(false, new Pending("id", AlarmState.OK), ZERO);
        Instant hourBefore = ZERO.minusSeconds(3600);
        assertThat(SUPPRESSOR.corrected(waiting, hourBefore).until()).contains(hourBefore.plusSeconds(2));
        assertThat(SUPPRESSOR.corrected(waiting, ZERO)).isEqualTo(waiting);
    }
}
