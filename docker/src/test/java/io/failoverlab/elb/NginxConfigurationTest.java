package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.Algorithm;
import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Retry;
import io.failoverlab.topology.TargetGroupAttributes;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.TopologyFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NginxConfigurationTest {
    private static final Target A = new Target("web-1a", "i-a", "ap-northeast-1a", "10.0.10.10", 8080);
    private static final Target C = new Target("web-1c", "i-c", "ap-northeast-1c", "10.0.11.10", 8080);
    private static final Rotation BOTH = rotation(1, 1);
    private static final LoadBalancer TUNED =
            TopologyFile.pattern("two-web-one-db").loadBalancer();
    private static final LoadBalancer NETWORK = TopologyFile.parse(
                    "nlb.yaml", "{name: nlb, load-balancer: {type: network}}")
            .loadBalancer();

    @Test
    void byDefaultTheNextTargetGetsWhatMayBeRepeatedAndAfterThemAllTheyGetMoreTime() {
        assertThat(render(TUNED, BOTH, 7))
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
                .contains("""
                          upstream web_once {
                            zone web_once 64k;
                            server 10.0.10.10:8080 max_fails=1 fail_timeout=2s;
                            server 10.0.11.10:8080 max_fails=1 fail_timeout=2s;
                            server 10.0.10.10:8080 max_fails=0 backup;
                            server 10.0.11.10:8080 max_fails=0 backup;
                          }
                        """)
                .contains("proxy_set_header Connection \"close\";")
                .contains("""
                            location / {
                              error_page 418 = @once;
                              error_page 502 504 = @patient;
                              if ($lab_once) { return 418; }
                              proxy_pass http://web;
                              proxy_set_header Host $http_host;
                              proxy_set_header X-Forwarded-For $lab_forwarded_for;
                              proxy_set_header X-Forwarded-Proto $scheme;
                              proxy_set_header X-Forwarded-Port 8080;
                              proxy_set_header Cookie $lab_cookies;
                              proxy_http_version 1.1;
                              proxy_set_header Connection "";
                              proxy_connect_timeout 200ms;
                              proxy_read_timeout 400ms;
                              proxy_send_timeout 400ms;
                              proxy_next_upstream error timeout http_502 http_503 http_504 non_idempotent;
                              proxy_next_upstream_tries 6;
                              proxy_next_upstream_timeout 1200ms;
                            }
                        """)
                .contains("proxy_read_timeout 4s;")
                .contains("location = /generation { return 200 \"7\"; }")
                .contains("allow 10.0.1.1;\n    deny all;");
    }

    @Test
    void asAnAlbARequestHasOneTargetAndNoTargetIsAvoided() {
        assertThat(render(TUNED.withRetry(Retry.ALB).withTiming(new Timing(Timing.Clocks.AWS, 10)), BOTH, 1))
                .contains("""
                            server 10.0.10.10:8080 max_fails=0;
                            server 10.0.11.10:8080 max_fails=0;
                            keepalive 64;
                        """)
                .contains("""
                              proxy_connect_timeout 10s;
                              proxy_read_timeout 60s;
                              proxy_send_timeout 60s;
                              proxy_next_upstream off;
                        """)
                .contains("worker_shutdown_timeout 31s;")
                .doesNotContain("backup", "@once;", "@patient;");
    }

    @Test
    void aKeyMakesAPostRepeatableOnlyWhereTheApplicationKeepsToKeys() {
        assertThat(render(TUNED, BOTH, 1)).contains("\"~^(POST|PATCH|LOCK):$\" 1;");
        assertThat(render(TUNED.withRetry(Retry.SAFE), BOTH, 1))
                .contains("\"~^(POST|PATCH|LOCK):\" 1;", "location @once {", "proxy_next_upstream_tries 6;");
    }

    @Test
    void withoutRetryTheLabsTimeoutsAndAvoidanceStay() {
        assertThat(render(TUNED.withRetry(Retry.NONE), BOTH, 1))
                .contains("max_fails=1 fail_timeout=2s", "backup", "proxy_next_upstream off;", "proxy_read_timeout 4s;")
                .doesNotContain("non_idempotent");
    }

    @Test
    void whoIsOutOfRotationIsStillTriedWhenTheRotationFails() {
        Rotation one = new Rotation(List.of(new Rotation.Share(A, 1)), List.of(A, C));
        assertThat(render(TUNED, one, 1))
                .contains("    server 10.0.10.10:8080 max_fails=1 fail_timeout=2s;\n"
                        + "    server 10.0.10.10:8080 max_fails=0 backup;\n"
                        + "    server 10.0.11.10:8080 max_fails=0 backup;\n");
    }

    @Test
    void whereNothingIsRepeatedAnEarlierWorkerHandsOverToTheNewest() {
        String alb = render(TUNED.withRetry(Retry.ALB), BOTH, 7);
        assertThat(alb).contains("""
                            listen 10.0.1.10:8080;
                            listen 10.0.2.10:8080;
                            set $lab_forwarded_for $proxy_add_x_forwarded_for;
                            recursive_error_pages on;
                            error_page 419 = @newest;
                            if (!-f "/etc/nginx/lab/generation-7") { return 419; }
                        """).contains("""
                            listen 10.0.1.10:8082;
                            listen 10.0.2.10:8082;
                            allow 10.0.1.10;
                            allow 10.0.2.10;
                            deny all;
                            set $lab_forwarded_for $http_x_forwarded_for;
                        """);
        assertThat(alb.substring(alb.indexOf("8082;\n    allow"))).doesNotContain("419");
        assertThat(render(TUNED.withRetry(Retry.NONE), BOTH, 8)).contains("generation-8");
        assertThat(render(TUNED, BOTH, 7)).doesNotContain("419").contains("listen 10.0.1.10:8082;");
        assertThat(render(TUNED, Rotation.EMPTY, 7))
                .as("it would answer with 503 where there are targets by now")
                .contains("if (!-f \"/etc/nginx/lab/generation-7\") { return 419; }");
    }

    @Test
    void onlyWhatIsKeptForARepetitionHasALargestSize() {
        assertThat(render(TUNED, BOTH, 1))
                .contains("client_max_body_size 48m;")
                .doesNotContain("proxy_request_buffering");
        assertThat(render(TUNED.withRetry(Retry.ALB), BOTH, 1))
                .contains("client_max_body_size 0;", "proxy_request_buffering off;");
        assertThat(render(TUNED.withBalancing(Balancing.NGINX_DEFAULT), BOTH, 1))
                .doesNotContain("client_max_body_size", "large_client_header_buffers");
    }

    @Test
    void sharesAreWeights() {
        assertThat(render(TUNED, rotation(10, 3), 1))
                .contains("    server 10.0.10.10:8080 weight=10 max_fails=1 fail_timeout=2s;\n"
                        + "    server 10.0.11.10:8080 weight=3 max_fails=1 fail_timeout=2s;\n");
    }

    @Test
    void leastOutstandingRequestsIsLeastConnAndStickinessAlbsCookie() {
        LoadBalancer sticky = TUNED.withTargetGroup(new TargetGroupAttributes(
                Algorithm.LEAST_OUTSTANDING_REQUESTS,
                true,
                Duration.ofSeconds(10),
                Duration.ZERO,
                Optional.of(Duration.ofHours(1))));
        assertThat(render(sticky, BOTH, 1))
                .contains("    least_conn;\n    sticky cookie AWSALB expires=3600s path=/ httponly;\n");
    }

    @Test
    void leftAtItsDefaultsNginxIsToldOnlyTheServers() {
        assertThat(render(TUNED.withBalancing(Balancing.NGINX_DEFAULT), BOTH, 1))
                .contains("""
                          upstream web {
                            server 10.0.10.10:8080;
                            server 10.0.11.10:8080;
                          }
                        """)
                .doesNotContain("proxy_next_upstream", "proxy_connect_timeout", "max_fails");
    }

    @Test
    void withoutTargetsEveryRequestIsAnswered503AsElbDoes() {
        assertThat(render(TUNED, Rotation.EMPTY, 1))
                .contains("location / { return 503 '<html>\r\n<head><title>503 Service Temporarily Unavailable</title>")
                .doesNotContain("upstream web");
    }

    @Test
    void theBalancersOwnAnswersAreThoseOfElb() {
        assertThat(render(TUNED, BOTH, 1))
                .contains(
                        "location @502 { return 502 '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
                                + "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n'; }\n")
                .contains("location @504 { return 504 '<html>\r\n<head><title>504 Gateway Time-out</title>");
    }

    @Test
    void itServesClientsAtItsPublicAddressesOnly() {
        assertThat(render(TUNED, BOTH, 1))
                .contains("    listen 10.0.1.10:8080;\n    listen 10.0.2.10:8080;\n")
                .contains("    listen 10.0.1.10:8081;\n");
    }

    @Test
    void aNetworkBalancerPassesConnectionsOnByTheirFlow() {
        assertThat(render(NETWORK, rotation(1, 2), 1))
                .contains("worker_shutdown_timeout 3600s;")
                .contains("""
                        stream {
                          upstream web {
                            zone web 64k;
                            hash $remote_addr:$remote_port consistent;
                            server 10.0.10.10:8080 max_fails=0;
                            server 10.0.11.10:8080 weight=2 max_fails=0;
                          }
                          server {
                            listen 10.0.1.10:8080;
                            listen 10.0.2.10:8080;
                            proxy_pass web;
                            proxy_connect_timeout 200ms;
                            proxy_timeout 350s;
                            proxy_next_upstream off;
                          }
                        }
                        """)
                .doesNotContain("location / ");
    }

    @Test
    void aNetworkBalancerWithoutTargetsClosesConnections() {
        assertThat(render(NETWORK, Rotation.EMPTY, 1)).contains("    return \"\";\n");
    }

    private static Rotation rotation(int ofA, int ofC) {
        return new Rotation(List.of(new Rotation.Share(A, ofA), new Rotation.Share(C, ofC)), List.of(A, C));
    }

    private static String render(LoadBalancer model, Rotation rotation, long generation) {
        return NginxConfiguration.render(model, List.of("10.0.1.10", "10.0.2.10"), rotation, generation, "10.0.1.1");
    }
}
