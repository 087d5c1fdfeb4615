package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.failoverlab.topology.ScheduledAction.When;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * The first is the example of AWS's guide: 00:30 on the first of January, June and December. A time that the clocks leave
     * out when they go forward is left out.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 0 1 1,6,12 * | Etc/UTC       | 2026-01-01T00:30:00Z | 2026-06-01T00:30:00Z
            30 8 * * MON-FRI | Etc/UTC      | 2026-01-02T09:00:00Z | 2026-01-05T08:30:00Z
            30 8 * * *      | Europe/Berlin | 2026-01-01T07:00:00Z | 2026-01-01T07:30:00Z
            30 8 * * *      | Europe/Berlin | 2026-07-01T06:00:00Z | 2026-07-01T06:30:00Z
            30 2 * * *      | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z
            0 0 1 * SUN     | Etc/UTC       | 2026-01-01T12:00:00Z | 2026-01-04T00:00:00Z
            0 0 * * 7       | Etc/UTC       | 2026-01-01T12:00:00Z | 2026-01-04T00:00:00Z
            """)
    void happensNext(String cron, String zone, Instant after, Instant next) {
        assertThat(new Recurrence(cron).next(after.atZone(ZoneId.of(zone)))).contains(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "* * * * * *", "60 * * * *", "0 24 * * *", "0 0 0 * *", "0 0 * * MOO"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recurrence(text))
                .withMessageEndingWith("such as \"30 8 * * MON-FRI\", found " + text);
    }

    @Test
    void startAndEndBelongToTheTimes() {
        When hourly = new When.Recurring(
                new Recurrence("0 * * * *"),
                ZoneOffset.UTC,
                Optional.of(Instant.parse("2026-01-01T05:00:00Z")),
                Optional.of(Instant.parse("2026-01-01T06:00:00Z")));
        assertThat(hourly.next(BEGAN, BEGAN)).contains(Instant.parse("2026-01-01T05:00:00Z"));
        assertThat(hourly.next(BEGAN, Instant.parse("2026-01-01T05:00:00Z")))
                .contains(Instant.parse("2026-01-01T06:00:00Z"));
        assertThat(hourly.next(BEGAN, Instant.parse("2026-01-01T06:00:00Z"))).isEmpty();
    }
}
