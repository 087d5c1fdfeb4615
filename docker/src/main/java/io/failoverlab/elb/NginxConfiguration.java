package io.failoverlab.elb;

import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.LoadBalancer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders nginx's configuration. Pure: equal inputs give equal text. {@link ApplicationTraffic} and {@link
 * NetworkTraffic} render how requests and connections reach the targets.
 */
final class NginxConfiguration {
    /** Where clients come in, inside the container. */
    static final int LISTEN_PORT = 8080;

    /** Where the controller asks which configuration is being served. */
    static final int CONTROL_PORT = 8081;

    private static final Duration SHORTEST_SHUTDOWN = Duration.ofSeconds(10);

    /** A connection through a network balancer may be long-lived, and a reload is no reason to cut it. */
    private static final Duration NETWORK_SHUTDOWN = Duration.ofHours(1);

    private NginxConfiguration() {}

    /**
     * @param model of the balancer: its way to spread requests and to treat targets that do not answer
     * @param listen addresses at which it serves clients: those in public subnets, not those towards its targets
     * @param rotation targets to serve
     * @param generation number under which this configuration can be recognised
     * @param controller address from which the controller may ask for it
     */
    static String render(
            LoadBalancer model, List<String> listen, Rotation rotation, long generation, String controller) {
        boolean network = model.type() == BalancerType.NETWORK;
        return """
                # Written by the lab for generation %d. Changes are overwritten.
                include /etc/failover-lab/modules.conf;
                worker_processes 2;
                worker_shutdown_timeout %ds;
                pid /tmp/nginx.pid;
                error_log /dev/stderr warn;
                events { worker_connections 4096; }
                http {
                  client_body_temp_path /tmp/client_body;
                  proxy_temp_path /tmp/proxy;
                  fastcgi_temp_path /tmp/fastcgi;
                  uwsgi_temp_path /tmp/uwsgi;
                  scgi_temp_path /tmp/scgi;
                  server_tokens off;
                  keepalive_timeout 60s;
                  # Lets idle keep-alive clients live through a reload.
                  keepalive_min_timeout 60s;
                  keepalive_requests 1000000;
                %s  log_format lab escape=json '{"at":"$msec","method":"$request_method","uri":"$uri","status":$status,'
                    '"seconds":$request_time,"node":"$server_addr","connectionRequest":%s,'
                    '"upstream":"$upstream_addr","upstreamStatus":"$upstream_status",'
                    '"connectSeconds":"$upstream_connect_time","headerSeconds":"$upstream_header_time",'
                    '"upstreamSeconds":"$upstream_response_time","instance":"$upstream_http_x_instance_id",'
                    '"received":$request_length,"sent":$bytes_sent}';
                %s  server {
                    listen %s:%d;
                    access_log off;
                    allow %s;
                    deny all;
                    location = /generation { return 200 "%d"; }
                    location = /status { stub_status; }
                  }
                }
                %s""".formatted(
                        generation,
                        shutdown(model).toSeconds(),
                        Succession.CONNECTIONS,
                        Succession.CONNECTION_REQUEST,
                        network ? "" : ApplicationTraffic.render(model, listen, rotation, generation),
                        listen.getFirst(),
                        CONTROL_PORT,
                        controller,
                        generation,
                        network ? NetworkTraffic.render(model, listen(listen), rotation) : "");
    }

    static String listen(List<String> addresses) {
        return addresses.stream()
                .map(address -> "    listen " + address + ":" + LISTEN_PORT + ";\n")
                .collect(Collectors.joining());
    }

    /** Old workers must live as long as a request to a leaving target may. */
    private static Duration shutdown(LoadBalancer model) {
        if (model.type() == BalancerType.NETWORK) {
            return NETWORK_SHUTDOWN;
        }
        Duration delay = model.targetGroup().deregistrationDelay().plusSeconds(1);
        return model.balancing() == Balancing.NGINX_DEFAULT || delay.compareTo(SHORTEST_SHUTDOWN) < 0
                ? SHORTEST_SHUTDOWN
                : delay;
    }

    /** As nginx reads times; it knows no fractions. */
    static String time(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    static String server(Target target, int weight, String options) {
        return "    server " + target.endpoint() + (weight == 1 ? "" : " weight=" + weight) + options + ";\n";
    }
}
