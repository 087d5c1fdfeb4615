package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            0.0.0.0/0,        4294967296, 0.0.0.0,       255.255.255.255
            10.0.0.0/16,      65536,      10.0.0.0,      10.0.255.255
            10.0.10.0/24,     256,        10.0.10.0,     10.0.10.255
            192.168.128.0/28, 16,         192.168.128.0, 192.168.128.15
            10.0.0.7/32,      1,          10.0.0.7,      10.0.0.7
            """)
    void aBlockHasASizeAndTwoEnds(String block, long size, String first, String last) {
        Cidr cidr = Cidr.parse(block);
        assertThat(cidr).hasToString(block);
        assertThat(cidr.size()).isEqualTo(size);
        assertThat(cidr.network()).isEqualTo(Ipv4.parse(first));
        assertThat(cidr.last()).isEqualTo(Ipv4.parse(last));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10.0.10.0/24, 10.0.9.255,  false
            10.0.10.0/24, 10.0.10.0,   true
            10.0.10.0/24, 10.0.10.255, true
            10.0.10.0/24, 10.0.11.0,   false
            """)
    void aBlockContainsItsAddresses(String block, String address, boolean contains) {
        assertThat(Cidr.parse(block).contains(Ipv4.parse(address))).isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10.0.0.0/16,   10.0.10.0/24,   true,  true
            10.0.10.0/24,  10.0.0.0/16,    false, true
            10.0.10.0/24,  10.0.10.0/24,   true,  true
            10.0.10.0/24,  10.0.11.0/24,   false, false
            10.0.10.0/25,  10.0.10.128/25, false, false
            10.0.10.0/23,  10.0.11.0/24,   true,  true
            """)
    void blocksContainEachOtherOrShareNothing(String one, String other, boolean contains, boolean overlaps) {
        assertThat(Cidr.parse(one).contains(Cidr.parse(other))).isEqualTo(contains);
        assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(overlaps);
        assertThat(Cidr.parse(other).overlaps(Cidr.parse(one))).isEqualTo(overlaps);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.10.5/24 | expected the first address of the block, 10.0.10.0/24, found 10.0.10.5/24
            10.0.0.0/33  | expected a prefix from 0 to 32, found 33
            10.0.0.0     | expected a block such as 10.0.0.0/16, found '10.0.0.0'
            10.0.0.0/    | expected a block such as 10.0.0.0/16, found '10.0.0.0/'
            10.0.0.0/08  | expected a block such as 10.0.0.0/16, found '10.0.0.0/08'
            10.0/16      | expected an address such as 10.0.10.10, found '10.0'
            """)
    void otherTextsAreRefused(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessage(message);
    }
}
