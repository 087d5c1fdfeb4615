package io.failoverlab.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            0s,        0
            500ms,     500
            10s,       10000
            2m,        120000
            1m30s,     90000
            1h,        3600000
            1h2m3s4ms, 3723004
            """)
    void aTextIsReadAndPrintedAgain(String text, long millis) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(DurationText.print(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "10 s", "-1s", "1.5s", "1s1m", "10S", "9999999999s"})
    void otherTextsAreRefusedWithTheText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessage("expected a duration such as 10s, 500ms or 1m30s, found '" + text + "'");
    }
}
