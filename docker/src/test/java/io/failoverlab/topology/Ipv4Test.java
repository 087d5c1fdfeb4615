package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {
    @ParameterizedTest
    @CsvSource(textBlock = """
            0.0.0.0,         0
            0.0.1.0,         256
            10.0.10.10,      167774730
            127.0.0.1,       2130706433
            255.255.255.255, 4294967295
            """)
    void anAddressIsANumber(String text, long value) {
        assertThat(Ipv4.parse(text)).isEqualTo(new Ipv4(value));
        assertThat(new Ipv4(value)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "10.0.0", "10.0.0.0.0", "10.0.0.256", "10.0.0.010", "10.0.0.-1", "a.b.c.d", " 10.0.0.1"
            })
    void otherTextsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4.parse(text))
                .withMessage("expected an address such as 10.0.10.10, found '" + text + "'");
    }

    @Test
    void addressesAreOrderedAsNumbersNotAsText() {
        assertThat(Stream.of("10.0.10.2", "9.0.0.0", "10.0.9.10", "10.0.10.10")
                        .map(Ipv4::parse)
                        .sorted())
                .map(Ipv4::toString)
                .containsExactly("9.0.0.0", "10.0.9.10", "10.0.10.2", "10.0.10.10");
    }

    @Test
    void stepsCrossOctetsAndEndWithTheAddressSpace() {
        assertThat(Ipv4.parse("10.0.0.255").plus(1)).isEqualTo(Ipv4.parse("10.0.1.0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4.parse("255.255.255.255").plus(1))
                .withMessage("expected an IPv4 address as a number from 0 to 2^32-1, found 4294967296");
    }
}
