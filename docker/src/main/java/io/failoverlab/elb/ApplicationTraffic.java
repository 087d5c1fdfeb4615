package io.failoverlab.elb;

import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.Forwarding;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Retry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders an Application Load Balancer: how requests are spread over the targets, and what becomes of one whose target
 * fails. Pure.
 */
final class ApplicationTraffic {
    private static final String WEB = "web";
    private static final String ONCE = "web_once";

    private static final int MOST_TRIES = 6;

    /** Within one location, this many targets may be too slow; then the request waits longer. */
    private static final int SLOW_TRIES = 3;

    /** A body is kept in memory for a repetition, 64 MB of it for all; in MB. */
    private static final int LARGEST_KEPT_BODY = 48;

    private ApplicationTraffic() {}

    static String render(LoadBalancer model, List<String> addresses, Rotation rotation, long generation) {
        Succession succession = new Succession(model, addresses, rotation, generation);
        return (rotation.shares().isEmpty() ? "" : ForwardedCookies.render() + upstream(model, rotation))
                + server(model, rotation, NginxConfiguration.listen(addresses) + succession.ofClients())
                + server(model, rotation, succession.ofPredecessors());
    }

    private static String server(LoadBalancer model, Rotation rotation, String entrance) {
        boolean served = !rotation.shares().isEmpty();
        return """
                  server {
                %s    # In blocks: the engine's log costs a good part of a core at some hundred lines a second one by one.
                    # Of 4k: the kernel lets what two workers write to one pipe mix if it is longer.
                    access_log /dev/stdout lab buffer=4k flush=100ms;
                    default_type text/html;
                %s%s%s  }
                """.formatted(
                entrance,
                limits(model),
                served
                        ? locations(model)
                        : "    location / { return 503 '" + page("503 Service Temporarily Unavailable") + "'; }\n",
                served ? errors() : "");
    }

    /** How large a request may be, which an ALB limits by its headers only (guide: "Quotas for your Application Load Balancers"). */
    private static String limits(LoadBalancer model) {
        return switch (model.balancing()) {
            case NGINX_DEFAULT -> "";
            case TUNED ->
                """
                        large_client_header_buffers 4 16k;
                        ignore_invalid_headers off;
                        # Of answers: all headers in one buffer, and what the client is too slow for stays with the target.
                        proxy_buffer_size 32k;
                        proxy_buffers 4 32k;
                        proxy_max_temp_file_size 0;
                    """
                        + switch (model.forwarding().retry()) {
                            case NONE, ALB -> """
                                    client_max_body_size 0;
                                    proxy_request_buffering off;
                                """;
                            case SAFE, IDEMPOTENT -> "    client_max_body_size " + LARGEST_KEPT_BODY + "m;\n";
                        };
        };
    }

    private static String upstream(LoadBalancer model, Rotation rotation) {
        if (model.balancing() == Balancing.NGINX_DEFAULT) {
            return "  upstream web {\n" + servers(rotation, "") + "  }\n";
        }
        // What alone may be repeated has a variable of its own: nginx decides by method, not by header.
        String withoutKey = switch (model.forwarding().retry()) {
            case NONE, ALB, IDEMPOTENT -> "$";
            case SAFE -> "";
        };
        return """
                  map $request_method:$http_idempotency_key $lab_once {
                    default "";
                    "~^(POST|PATCH|LOCK):%s" 1;
                  }
                %s""".formatted(
                        withoutKey,
                        tunedUpstream(WEB, model, rotation, "    keepalive 64;\n")
                                + switch (model.forwarding().retry()) {
                                    // Connections of its own, by which what may not be repeated is known when a target
                                    // freezes. None is
                                    // kept: on one that idles, a request would begin to wait for the frozen target.
                                    case SAFE, IDEMPOTENT -> tunedUpstream(ONCE, model, rotation, "");
                                    case NONE, ALB -> "";
                                });
    }

    private static String tunedUpstream(String name, LoadBalancer model, Rotation rotation, String kept) {
        return """
                  upstream %s {
                    zone %s 64k;
                %s%s%s  }
                """.formatted(
                        name, name, choice(model), targets(model.forwarding().retry(), rotation), kept);
    }

    private static String choice(LoadBalancer model) {
        String order = switch (model.targetGroup().algorithm()) {
            case ROUND_ROBIN -> "";
            case LEAST_OUTSTANDING_REQUESTS -> "    least_conn;\n";
        };
        return order
                + model.targetGroup()
                        .stickiness()
                        .map(duration ->
                                "    sticky cookie AWSALB expires=" + duration.toSeconds() + "s path=/ httponly;\n")
                        .orElse("");
    }

    private static String targets(Retry retry, Rotation rotation) {
        return switch (retry) {
            case ALB -> servers(rotation, " max_fails=0");
            // All targets once more as backups that never count as failed. When those in rotation have all failed of
            // late, nginx would refuse every request for two seconds where ELB fails open; and where requests are
            // repeated, a kept-alive connection may still get its last answer from a worker of an earlier generation,
            // whose rotation is dead by now.
            case NONE, SAFE, IDEMPOTENT ->
                servers(rotation, " max_fails=1 fail_timeout=2s")
                        + rotation.reserve().stream()
                                .map(target -> NginxConfiguration.server(target, 1, " max_fails=0 backup"))
                                .collect(Collectors.joining());
        };
    }

    private static String servers(Rotation rotation, String options) {
        return rotation.shares().stream()
                .map(share -> NginxConfiguration.server(share.target(), share.weight(), options))
                .collect(Collectors.joining());
    }

    private static String locations(LoadBalancer model) {
        Forwarding forwarding = model.forwarding();
        if (model.balancing() == Balancing.NGINX_DEFAULT) {
            return "    location / {\n" + pass(WEB, model) + "    }\n";
        }
        return switch (forwarding.retry()) {
            case NONE, ALB ->
                "    location / {\n" + tuned(model, forwarding.idleTimeout()) + "      proxy_next_upstream off;\n"
                        + "    }\n";
            case SAFE, IDEMPOTENT -> repeating(model);
        };
    }

    private static String repeating(LoadBalancer model) {
        Forwarding forwarding = model.forwarding();
        String repeat = "      proxy_next_upstream error timeout http_502 http_503 http_504 non_idempotent;\n"
                + "      proxy_next_upstream_tries " + MOST_TRIES + ";\n";
        Duration slow = forwarding.perTryTimeout().multipliedBy(SLOW_TRIES);
        return """
                    recursive_error_pages on;
                    location / {
                      error_page 418 = @once;
                      error_page 502 504 = @patient;
                      if ($lab_once) { return 418; }
                %s%s      proxy_next_upstream_timeout %s;
                    }
                    # May not be repeated: the next target gets it only while nothing of it was sent.
                    location @once {
                %s      # The mark of such connections; see Seclusion.
                      proxy_socket_keepalive on;
                      proxy_next_upstream error timeout;
                      proxy_next_upstream_tries %d;
                    }
                    # Every target was slow, or those that were not are dead, in which case the last one tried made it a 502: more
                    # haste would only add load, so now they get the time they need.
                    location @patient {
                %s%s    }
                """.formatted(
                        tuned(model, forwarding.perTryTimeout()),
                        repeat,
                        NginxConfiguration.time(slow),
                        tuned(ONCE, "close", model, forwarding.idleTimeout()),
                        MOST_TRIES,
                        tuned(model, forwarding.idleTimeout()),
                        repeat);
    }

    /** The headers are those of ELB's guide, "HTTP headers and Application Load Balancers". */
    private static String pass(String upstream, LoadBalancer model) {
        return """
                      proxy_pass http://%s;
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Forwarded-For %s;
                      proxy_set_header X-Forwarded-Proto $scheme;
                      proxy_set_header X-Forwarded-Port %d;
                      proxy_set_header Cookie %s;
                """.formatted(upstream, Succession.FORWARDED_FOR, model.listenerPort(), ForwardedCookies.VARIABLE);
    }

    private static String tuned(LoadBalancer model, Duration silence) {
        return tuned(WEB, "", model, silence);
    }

    private static String tuned(String upstream, String connection, LoadBalancer model, Duration silence) {
        return pass(upstream, model)
                + """
                      proxy_http_version 1.1;
                      proxy_set_header Connection "%s";
                      proxy_connect_timeout %s;
                      proxy_read_timeout %s;
                      proxy_send_timeout %s;
                """.formatted(
                                connection,
                                NginxConfiguration.time(model.forwarding().connectTimeout()),
                                NginxConfiguration.time(silence),
                                NginxConfiguration.time(silence));
    }

    /** The pages that a load balancer makes itself (ELB guide, "Troubleshoot your Application Load Balancers"). */
    private static String errors() {
        return """
                    error_page 502 @502;
                    error_page 504 @504;
                    location @502 { return 502 '%s'; }
                    location @504 { return 504 '%s'; }
                """.formatted(page("502 Bad Gateway"), page("504 Gateway Time-out"));
    }

    private static String page(String title) {
        return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                + "</h1></center>\r\n</body>\r\n</html>\r\n";
    }
}
