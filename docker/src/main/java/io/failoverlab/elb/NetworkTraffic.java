package io.failoverlab.elb;

import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.LoadBalancer;
import java.util.stream.Collectors;

/**
 * Renders a Network Load Balancer: each connection goes to one target, chosen by its flow, and fails with it (ELB guide,
 * "What is a Network Load Balancer?"). Pure.
 */
final class NetworkTraffic {
    private NetworkTraffic() {}

    static String render(LoadBalancer model, String listen, Rotation rotation) {
        return """
                stream {
                %s  server {
                %s%s  }
                }
                """.formatted(
                        rotation.shares().isEmpty() ? "" : upstream(model, rotation),
                        listen,
                        rotation.shares().isEmpty() ? "    return \"\";\n" : pass(model));
    }

    private static String upstream(LoadBalancer model, Rotation rotation) {
        boolean tuned = model.balancing() == Balancing.TUNED;
        return "  upstream web {\n"
                + (tuned ? "    zone web 64k;\n    hash $remote_addr:$remote_port consistent;\n" : "")
                + rotation.shares().stream()
                        .map(share ->
                                NginxConfiguration.server(share.target(), share.weight(), tuned ? " max_fails=0" : ""))
                        .collect(Collectors.joining())
                + "  }\n";
    }

    private static String pass(LoadBalancer model) {
        return model.balancing() == Balancing.NGINX_DEFAULT
                ? "    proxy_pass web;\n"
                : """
                    proxy_pass web;
                    proxy_connect_timeout %s;
                    proxy_timeout %s;
                    proxy_next_upstream off;
                """.formatted(
                                NginxConfiguration.time(model.forwarding().connectTimeout()),
                                NginxConfiguration.time(model.forwarding().idleTimeout()));
    }
}
