package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordingTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,      18012, 0 %
            1,      18012, <0.01 %
            37,     18012, 0.21 %
            9006,   18012, 50.0 %
            5,      0,     0 %
            """)
    void aShareIsNeverRoundedToNothing(long part, long whole, String text) {
        assertThat(Wording.percent(part, whole)).isEqualTo(text);
    }

    @Test
    void timesAreWrittenToTheMillisecond() {
        assertThat(Wording.time(Duration.ofMillis(999))).isEqualTo("999 ms");
        assertThat(Wording.time(Duration.ofMillis(1_000))).isEqualTo("1.000 s");
        assertThat(Wording.exactMoment(Duration.ofNanos(-2_100_499_999L))).isEqualTo("-2.100 s");
        assertThat(Wording.moment(Duration.ofMillis(20_050))).isEqualTo("20.1 s");
        assertThat(Wording.count(18_012)).isEqualTo("18,012");
        assertThat(Wording.counted(1, "alarm")).isEqualTo("1 alarm");
        assertThat(Wording.counted(0, "alarm")).isEqualTo("0 alarms");
    }
}
