package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.Algorithm;
import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.Ipv4;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.NetworkInterface;
import io.failoverlab.topology.Scheme;
import java.util.List;
import org.junit.jupiter.api.Test;

class NginxConfigurationTest {
    private static final List<Target> BOTH = List.of(
            new Target("web-1a", "i-a", "ap-northeast-1a", "10.0.10.10", 8080),
            new Target("web-1c", "i-c", "ap-northeast-1c", "10.0.11.10", 8080));

    @Test
    void tunedServesEveryTargetAndGoesOnToTheNextForOrdersToo() {
        String text = render(Balancing.TUNED, Algorithm.ROUND_ROBIN, BOTH, 7);

        assertThat(text)
                .contains("""
                          upstream web {
                            zone web 64k;
                            server 10.0.10.10:8080 max_fails=1 fail_timeout=2s;
                            server 10.0.11.10:8080 max_fails=1 fail_timeout=2s;
                            server 10.0.10.10:8080 max_fails=0 backup;
                            server 10.0.11.10:8080 max_fails=0 backup;
                            keepalive 64;
                          }
                        """)
                .contains("proxy_connect_timeout 200ms;")
                .contains("proxy_next_upstream error timeout http_502 http_503 http_504 non_idempotent;")
                .contains("location = /generation { return 200 \"7\"; }")
                .contains("allow 10.0.1.1;\n    deny all;");
    }

    @Test
    void whoIsOutOfRotationIsStillTriedWhenTheRotationFails() {
        assertThat(render(Balancing.TUNED, Algorithm.ROUND_ROBIN, BOTH.subList(0, 1), 1))
                .contains("    server 10.0.10.10:8080 max_fails=1 fail_timeout=2s;\n"
                        + "    server 10.0.10.10:8080 max_fails=0 backup;\n"
                        + "    server 10.0.11.10:8080 max_fails=0 backup;\n");
    }

    @Test
    void leastOutstandingRequestsIsNginxsLeastConn() {
        String text = render(Balancing.TUNED, Algorithm.LEAST_OUTSTANDING_REQUESTS, BOTH, 1);
        assertThat(text).contains("    least_conn;\n");
    }

    @Test
    void leftAtItsDefaultsNginxIsToldOnlyTheServers() {
        String text = render(Balancing.NGINX_DEFAULT, Algorithm.ROUND_ROBIN, BOTH, 1);

        assertThat(text).contains("""
                          upstream web {
                            server 10.0.10.10:8080;
                            server 10.0.11.10:8080;
                          }
                        """).doesNotContain("proxy_next_upstream", "proxy_connect_timeout", "max_fails");
    }

    @Test
    void withoutTargetsEveryRequestIsAnswered503AsElbDoes() {
        String text = render(Balancing.TUNED, Algorithm.ROUND_ROBIN, List.of(), 1);
        assertThat(text).contains("return 503;").doesNotContain("upstream web");
    }

    @Test
    void itServesClientsAtItsPublicAddressesOnly() {
        assertThat(render(Balancing.TUNED, Algorithm.ROUND_ROBIN, BOTH, 1))
                .contains("    listen 10.0.1.10:8080;\n    listen 10.0.2.10:8080;\n")
                .contains("    listen 10.0.1.10:8081;\n");
    }

    private static String render(Balancing balancing, Algorithm algorithm, List<Target> rotation, long generation) {
        LoadBalancer model = new LoadBalancer(
                "lb",
                Scheme.INTERNET_FACING,
                8080,
                algorithm,
                balancing,
                HealthCheck.ELB_DEFAULT,
                List.of(new NetworkInterface("public-a", Ipv4.parse("10.0.1.10"))));
        return NginxConfiguration.render(
                model, List.of("10.0.1.10", "10.0.2.10"), rotation, BOTH, generation, "10.0.1.1");
    }
}
