package io.failoverlab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {
    private static final Map<String, List<String>> HOSTS = Map.of(
            "localhost", List.of("127.0.0.1", "::1"),
            "lb.lab", List.of("10.0.1.5"),
            "two-faced.example", List.of("127.0.0.1", "203.0.113.7"),
            "shop.example", List.of("203.0.113.7"));

    private final TargetPolicy policy =
            new TargetPolicy(List.of("10.0.1.0/24", "fd00:1::/64"), TargetPolicyTest::lookUp);

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        List<String> addresses = HOSTS.getOrDefault(host, List.of(host));
        InetAddress[] found = new InetAddress[addresses.size()];
        for (int i = 0; i < found.length; i++) {
            // a numeric address, so nothing is asked of the resolver
            if (!addresses.get(i).matches("[0-9a-f.:]+")) {
                throw new UnknownHostException(host);
            }
            found[i] = InetAddress.getByName(addresses.get(i));
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, http://127.0.0.1:8080, 127.0.0.0/8",
        "http://127.9.9.9, http://127.9.9.9:80, 127.0.0.0/8",
        "http://localhost:18090/, http://127.0.0.1:18090, 127.0.0.0/8",
        "http://[::1]:80, http://[0:0:0:0:0:0:0:1]:80, ::1/128",
        "http://10.0.1.255:1, http://10.0.1.255:1, 10.0.1.0/24",
        "http://lb.lab:80, http://10.0.1.5:80, 10.0.1.0/24",
        "http://[fd00:1::9]:80, http://[fd00:1:0:0:0:0:0:9]:80, fd00:1::/64"
    })
    void loopbackAndTheLabsNetworksArePermittedByTheirAddress(URI target, URI numeric, String network) {
        assertThat(policy.check(target)).isEqualTo(new LoadTarget(numeric, network));
    }

    @ParameterizedTest
    @CsvSource({
        "http://203.0.113.7:80, 203.0.113.7",
        "http://shop.example, 203.0.113.7",
        "http://two-faced.example, 203.0.113.7",
        "http://10.0.2.1:80, 10.0.2.1",
        "http://0.0.0.0:80, 0.0.0.0",
        "http://[fd00:2::9]:80, fd00:2:0:0:0:0:0:9"
    })
    void everyOtherAddressIsRefused(URI target, String address) {
        assertThatThrownBy(() -> policy.check(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refused to send load to " + target + ": " + address
                        + " is neither loopback nor in a network of the lab (127.0.0.0/8, ::1/128, 10.0.1.0/24, "
                        + "fd00:1::/64); give the address of a running stack's load balancer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:80",
                "ftp://127.0.0.1",
                "127.0.0.1",
                "http:///items",
                "http://user@127.0.0.1",
                "http://127.0.0.1/items",
                "http://127.0.0.1?q=1",
                "http://127.0.0.1:0",
                "http://127.0.0.1:70000"
            })
    void onlyAnHttpOriginIsATarget(URI target) {
        assertThatThrownBy(() -> policy.check(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target: expected http://host:port and nothing behind it, found " + target);
    }

    @Test
    void anUnknownHostIsRefused() {
        assertThatThrownBy(() -> policy.check(URI.create("http://nowhere.example:80")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target: the host of http://nowhere.example:80 is unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.1.0", "10.0.1.0/33", "0.0.0.0/0", "lab.example/24", "10.0.1.0/x", ""})
    void aNetworkIsACidrBlockThatIsNotTooWide(String network) {
        assertThatThrownBy(() -> new TargetPolicy(List.of(network), TargetPolicyTest::lookUp))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network: expected a block such as 10.0.1.0/24 (prefix 8 or longer), found " + network);
    }
}
