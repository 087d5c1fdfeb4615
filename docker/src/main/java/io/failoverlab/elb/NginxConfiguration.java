package io.failoverlab.elb;

import io.failoverlab.topology.Algorithm;
import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.LoadBalancer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders nginx's configuration. Pure: equal inputs give equal text.
 *
 * <p>Tuned means: a dead address costs 200 ms once, a hanging one a second, and either is followed by the next target,
 * orders included, since the application declares them safe to repeat by their {@code Idempotency-Key}. Default means
 * what nginx does when only the servers are named, for comparison.
 */
final class NginxConfiguration {
    /** Where clients come in, inside the container. */
    static final int LISTEN_PORT = 8080;

    /** Where the controller asks which configuration is being served. */
    static final int CONTROL_PORT = 8081;

    private NginxConfiguration() {}

    /**
     * @param model of the balancer: its way to spread requests and to treat targets that do not answer
     * @param listen addresses at which it serves clients: those in public subnets, not those towards its targets
     * @param rotation targets to serve; none means that every request is answered with 503, as ELB does
     * @param registered all targets, tried when those of the rotation fail
     * @param generation number under which this configuration can be recognised
     * @param controller address from which the controller may ask for it
     */
    static String render(
            LoadBalancer model,
            List<String> listen,
            List<Target> rotation,
            List<Target> registered,
            long generation,
            String controller) {
        boolean tuned = model.balancing() == Balancing.TUNED;
        return """
                # Written by the lab for generation %d. Changes are overwritten.
                worker_processes 2;
                worker_shutdown_timeout 10s;
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
                  log_format lab escape=json '{"at":"$msec","method":"$request_method","uri":"$uri","status":$status,'
                    '"seconds":$request_time,"node":"$server_addr","connectionRequest":$connection_requests,'
                    '"upstream":"$upstream_addr","upstreamStatus":"$upstream_status",'
                    '"connectSeconds":"$upstream_connect_time","headerSeconds":"$upstream_header_time",'
                    '"upstreamSeconds":"$upstream_response_time","instance":"$upstream_http_x_instance_id",'
                    '"received":$request_length,"sent":$bytes_sent}';
                %s  server {
                %s    # In blocks: the engine's log costs a good part of a core at some hundred lines a second one by one.
                    # Of 4k: the kernel lets what two workers write to one pipe mix if it is longer.
                    access_log /dev/stdout lab buffer=4k flush=100ms;
                    location / {
                %s    }
                  }
                  server {
                    listen %s:%d;
                    access_log off;
                    allow %s;
                    deny all;
                    location = /generation { return 200 "%d"; }
                    location = /status { stub_status; }
                  }
                }
                """.formatted(
                        generation,
                        rotation.isEmpty() ? "" : upstream(tuned, model.algorithm(), rotation, registered),
                        listen.stream()
                                .map(address -> "    listen " + address + ":" + LISTEN_PORT + ";\n")
                                .collect(Collectors.joining()),
                        rotation.isEmpty() ? "      return 503;\n" : location(tuned),
                        listen.getFirst(),
                        CONTROL_PORT,
                        controller,
                        generation);
    }

    private static String upstream(boolean tuned, Algorithm algorithm, List<Target> rotation, List<Target> registered) {
        if (!tuned) {
            return "  upstream web {\n" + servers(rotation, "") + "  }\n";
        }
        String order = switch (algorithm) {
            case ROUND_ROBIN -> "";
            case LEAST_OUTSTANDING_REQUESTS -> "    least_conn;\n";
        };
        // All targets once more as backups that never count as failed. When those in rotation have all failed of late,
        // nginx would refuse every request for two seconds where ELB fails open; and a kept-alive connection may still
        // get its last answer from a worker of an earlier generation, whose rotation is dead by now.
        return "  upstream web {\n    zone web 64k;\n" + order
                + servers(rotation, " max_fails=1 fail_timeout=2s")
                + servers(registered, " max_fails=0 backup")
                + "    keepalive 64;\n  }\n";
    }

    private static String servers(List<Target> rotation, String options) {
        return rotation.stream()
                .map(target -> "    server " + target.endpoint() + options + ";\n")
                .collect(Collectors.joining());
    }

    private static String location(boolean tuned) {
        String pass = "      proxy_pass http://web;\n"
                + "      proxy_set_header Host $host;\n"
                + "      proxy_set_header X-Forwarded-For $remote_addr;\n";
        return tuned ? pass + """
                              proxy_http_version 1.1;
                              proxy_set_header Connection "";
                              proxy_connect_timeout 200ms;
                              proxy_read_timeout 1s;
                              proxy_send_timeout 1s;
                              proxy_next_upstream error timeout http_502 http_503 http_504 non_idempotent;
                              proxy_next_upstream_tries 6;
                              proxy_next_upstream_timeout 4s;
                        """ : pass;
    }
}
