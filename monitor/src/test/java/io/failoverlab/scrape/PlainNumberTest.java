package io.failoverlab.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNumberTest {
    private static double parse(String text) {
        byte[] line = ("x " + text + " 1").getBytes(StandardCharsets.ISO_8859_1);
        return PlainNumber.parse(line, 2, 2 + text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "-7",
                "0.1",
                ".5",
                "5.",
                "00.250",
                "123456789012345",
                "0.00000000000001",
                "1732752000.125"
            })
    void plainNumbersAreReadAsJavaReadsThem(String text) {
        assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "-.", "1e5", "+1", "NaN", "+Inf", "1.2.3", "1_0", "0x1", "1234567890123456", "--1"
            })
    void allOthersAreLeftToOthers(String text) {
        assertThat(parse(text)).isNaN();
    }

    @Test
    void tenThousandRandomNumbersAreReadAsJavaReadsThem() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            String digits = Long.toString(random.nextLong(1_000_000_000_000_000L));
            int point = random.nextInt(digits.length() + 1);
            String text =
                    (random.nextBoolean() ? "-" : "") + digits.substring(0, point) + "." + digits.substring(point);
            assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }
}
