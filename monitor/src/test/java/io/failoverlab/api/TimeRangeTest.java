package io.failoverlab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.math.Grid;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {
    private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

    /** Rounding by age; the last two columns are the first period that can have data, and how many there are. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2026-03-31T11:05:23Z | 2026-03-31T11:06:23Z | 1    | 2026-03-31T11:05:23Z | 60
        2026-03-31T11:05:23Z | 2026-03-31T11:05:33Z | 10   | 2026-03-31T11:05:20Z | 2
        2026-03-31T11:07:17Z | 2026-03-31T11:12:17Z | 5    | 2026-03-31T11:07:15Z | 61
        2026-03-31T11:07:17Z | 2026-03-31T11:08:00Z | 60   | 2026-03-31T11:07:00Z | 1
        2026-03-31T11:07:17Z | 2026-03-31T11:08:00.001Z | 60 | 2026-03-31T11:07:00Z | 2
        2026-03-31T11:07:17Z | 2026-03-31T12:00:00Z | 300  | 2026-03-31T11:07:00Z | 11
        2026-03-01T11:07:17Z | 2026-03-01T12:00:00Z | 300  | 2026-03-01T11:05:00Z | 11
        2026-01-01T11:07:17Z | 2026-01-01T13:00:00Z | 3600 | 2026-01-01T11:00:00Z | 2
        2026-03-31T08:00:00Z | 2026-03-31T10:00:00Z | 1    | 2026-03-31T09:00:00Z | 3600
        2026-03-01T00:00:00Z | 2026-03-31T00:00:00Z | 60   | 2026-03-16T12:00:00Z | 20880
        2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z | 300  | 2026-01-27T12:00:00Z | 0
        1970-01-01T00:00:00Z | 2026-03-31T12:00:00Z | 3600 | 2024-12-31T12:00:00Z | 10920
        2026-03-31T12:00:00Z | 2099-01-01T00:00:00Z | 3600 | 2026-03-31T12:00:00Z | 24""")
    void theStartIsRoundedDownByItsAgeAndWhatIsNoLongerKeptIsLeftOut(
            Instant start, Instant end, int period, Instant first, int count) {
        assertThat(new TimeRange(start, end, NOW).grid(period)).isEqualTo(new Grid(first, period, count));
    }

    /** A day is 1,440 minutes whatever the second it begins at: CloudWatch counts the times as they are given. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2026-03-30T11:59:30.5Z | 2026-03-31T11:59:30.5Z | 60 | 1440
        2026-03-30T11:59:30.5Z | 2026-03-31T12:00:30.5Z | 60 | 1441
        2026-03-30T12:00:00Z   | 2026-03-31T12:00:00Z   | 1  | 86400
        2020-03-30T12:00:00Z   | 2020-03-30T12:59:59Z   | 60 | 59""")
    void whatIsAskedForIsCountedWhetherItIsKeptOrNot(Instant start, Instant end, int period, long datapoints) {
        assertThat(new TimeRange(start, end, NOW).requested(period)).isEqualTo(datapoints);
    }

    @Test
    void theStartIsBeforeTheEnd() {
        assertThatThrownBy(() -> TimeRange.of(NOW, NOW, NOW))
                .isInstanceOf(ApiException.class)
                .hasMessage("The parameter StartTime must be less than the parameter EndTime.");
    }
}
