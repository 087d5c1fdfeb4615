package io.failoverlab.elb;

import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.LoadBalancer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders how the workers of an earlier configuration hand over what still comes to them. A client that is idle while nginx reloads
 * keeps its connection, and one that connects at that moment may reach either: its next request comes to a worker that knows the
 * targets of before. Where requests are repeated that costs nothing, unless it knows none at all; elsewhere it would fail with a target
 * that is gone, and an ALB sends nothing to one that was deregistered. So such a worker, which knows by a file that there is a newer
 * configuration, passes the request on to that one. Pure.
 */
final class Succession {
    /** What a request's header is to be: an earlier worker has added the client's address already. */
    static final String FORWARDED_FOR = "$lab_forwarded_for";

    /** Which request of its client's connection it is; what is handed over had others before. */
    static final String CONNECTION_REQUEST = "$lab_connection_request";

    private static final String MARKER = "generation-";

    /** Where earlier workers come in, inside the container. */
    private static final int PORT = 8082;

    /** Of the whole configuration: gives {@link #CONNECTION_REQUEST} its value. */
    static final String CONNECTIONS = """
              map $server_port %s {
                default $connection_requests;
                %d 2;
              }
            """.formatted(CONNECTION_REQUEST, PORT);

    /** Beyond the time that the target has: the newer worker answers first, whatever it is. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final LoadBalancer model;
    private final List<String> addresses;
    private final Rotation rotation;
    private final long generation;

    Succession(LoadBalancer model, List<String> addresses, Rotation rotation, long generation) {
        this.model = model;
        this.addresses = addresses;
        this.rotation = rotation;
        this.generation = generation;
    }

    /** The name of the file that is there while the configuration of that number is the newest one that is served. */
    static String marker(String generation) {
        return MARKER + generation;
    }

    /** The number in a marker's name. */
    static long generation(String marker) {
        return Long.parseLong(marker.substring(MARKER.length()));
    }

    private boolean handsOver() {
        return rotation.shares().isEmpty()
                || model.balancing() == Balancing.TUNED
                        && switch (model.forwarding().retry()) {
                            case NONE, ALB -> true;
                            case SAFE, IDEMPOTENT -> false;
                        };
    }

    /** For the server that clients come to. */
    String ofClients() {
        String header = "    set " + FORWARDED_FOR + " $proxy_add_x_forwarded_for;\n";
        if (!handsOver()) {
            return header;
        }
        String patience = NginxConfiguration.time(model.forwarding()
                .idleTimeout()
                .plus(model.forwarding().connectTimeout())
                .plus(SLACK));
        return header
                + """
                    recursive_error_pages on;
                    error_page 419 = @newest;
                    if (!-f "%s/%s") { return 419; }
                    location @newest {
                      access_log off;
                      proxy_pass http://$server_addr:%d;
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Forwarded-For %s;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_read_timeout %s;
                      proxy_send_timeout %s;
                      proxy_next_upstream off;
                    }
                """.formatted(
                                NginxProcess.MOUNTED_AT,
                                marker(Long.toString(generation)),
                                PORT,
                                FORWARDED_FOR,
                                patience,
                                patience);
    }

    /** Of the server that takes what earlier workers hand over; nobody else reaches it. */
    String ofPredecessors() {
        return lines("listen %s:" + PORT) + lines("allow %s") + "    deny all;\n" + "    set " + FORWARDED_FOR
                + " $http_x_forwarded_for;\n";
    }

    private String lines(String form) {
        return addresses.stream()
                .map(address -> "    " + form.formatted(address) + ";\n")
                .collect(Collectors.joining());
    }
}
