package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            10.0.10.0/24, 251
            10.0.10.0/28, 11
            10.0.0.0/16,  65531
            """)
    void fiveAddressesOfASubnetAreNotForInstances(String block, long capacity) {
        assertThat(web(block).capacity()).isEqualTo(capacity);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10.0.10.0,   true
            10.0.10.1,   true
            10.0.10.3,   true
            10.0.10.4,   false
            10.0.10.254, false
            10.0.10.255, true
            10.0.11.0,   false
            """)
    void theFirstFourAndTheLastAreReserved(String address, boolean reserved) {
        assertThat(web("10.0.10.0/24").reserves(Ipv4.parse(address))).isEqualTo(reserved);
    }

    @Test
    void theSecondAddressIsTheGateway() {
        assertThat(web("10.0.10.0/24").gateway()).isEqualTo(Ipv4.parse("10.0.10.1"));
    }

    @ParameterizedTest
    @CsvSource({"10.0.10.0/29", "10.0.0.0/15"})
    void otherSizesAreRefused(String block) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> web(block))
                .withMessage(
                        "expected a block of /16 to /28 by its first address, such as 10.0.10.0/24, found " + block);
    }

    private static Subnet web(String block) {
        return new Subnet("web-a", new Zone("ap-northeast-1", "a"), Cidr.parse(block), Exposure.PRIVATE, Tier.WEB);
    }
}
