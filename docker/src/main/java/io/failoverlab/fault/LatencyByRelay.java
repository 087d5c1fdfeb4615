package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.relay.Relay;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Latency without the kernel's help: a relay in the instance's network, to which new connections to the instance's servers are led.
 * It ends with the instance, or after a time, also if the lab is gone by then.
 */
final class LatencyByRelay {
    /** Above the ports that connections of its own get. */
    private static final int FIRST_PORT = 61_001;

    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(20);
    private static final long LONGEST_SECONDS = 24 * 60 * 60;

    /** The ports that others can reach, with their addresses. */
    private static final String LISTENING =
            "ss -Hltn | while read -r state receives sends local rest; do echo \"$local\"; done";

    /** Clients are led past it first; it drains for some seconds. */
    static final String END = Marked.REMOVE + """
            relay() { ss -Hltnp "sport = :$1" | sed -n 's/.*pid=\\([0-9]*\\).*/\\1/p'; }
            pid=$(relay "$2")
            [ -z "$pid" ] || kill "$pid"
            tries=0
            while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && [ $tries -lt 80 ]; do
                sleep 0.1
                tries=$((tries + 1))
            done
            [ -z "$(relay "$2")" ]
            """;

    private final Latency latency;
    private final Ec2Instance instance;
    private final LabScheduler scheduler;

    LatencyByRelay(Latency latency, Ec2Instance instance, LabScheduler scheduler) {
        this.latency = latency;
        this.instance = instance;
        this.scheduler = scheduler;
    }

    Injection prepare() {
        NetworkFault.require(instance, "iptables");
        NetworkFault.require(instance, "ss");
        List<InetSocketAddress> servers =
                servers(NetworkFault.run(instance, LISTENING).stdout());
        if (servers.isEmpty() || servers.stream().anyMatch(it -> it.getPort() >= FIRST_PORT)) {
            throw new NotRunning("expected " + instance.name() + " to serve on a port, without another latency; found "
                    + (servers.isEmpty() ? "none" : "the relay of one; `lab start " + instance.name() + "` undoes it"));
        }
        List<Relay.Route> routes = IntStream.range(0, servers.size())
                .mapToObj(n -> new Relay.Route(FIRST_PORT + n, servers.get(n)))
                .toList();
        String mark = "lab-latency-" + scheduler.instant().toEpochMilli();
        return Injection.of(instance, new Undo.EndRelay(instance.name(), mark, FIRST_PORT), () -> act(routes, mark));
    }

    /** One for each port, of lines such as {@code 10.0.10.10:8080} and {@code *:3306}; what only the instance reaches is none. */
    static List<InetSocketAddress> servers(String listening) {
        return listening
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("127.") && !line.startsWith("[::1]"))
                .collect(Collectors.toMap(
                        line -> Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)),
                        LatencyByRelay::host,
                        (first, second) -> first,
                        java.util.TreeMap::new))
                .entrySet()
                .stream()
                .map(it -> new InetSocketAddress(it.getValue(), it.getKey()))
                .toList();
    }

    /** Who listens on all addresses does so on the loopback's. */
    private static String host(String line) {
        String host = line.substring(0, line.lastIndexOf(':'));
        return host.matches("[\\d.]+") && !host.equals("0.0.0.0") ? host : "127.0.0.1";
    }

    private Effect act(List<Relay.Route> routes, String mark) {
        Instant injectedAt = scheduler.instant();
        if (!instance.container().launchInNetwork(pid -> command(routes, mark, pid))) {
            throw new NotRunning(
                    "expected a kernel with netem (module sch_netem), or the lab as root on the engine's machine,"
                            + " for latency of " + instance.name() + "; found neither");
        }
        boolean listens = scheduler
                .await(EFFECT_LIMIT, () -> listens(routes) ? Optional.of(true) : Optional.empty())
                .isPresent();
        if (!listens) {
            return new Effect(injectedAt, false, "the relay does not listen " + EFFECT_LIMIT.toSeconds() + " s later");
        }
        ExecResult led = NetworkFault.run(instance, lead(routes, mark));
        String ports = routes.stream()
                .map(route -> Integer.toString(route.server().getPort()))
                .collect(Collectors.joining(", "));
        return new Effect(
                injectedAt,
                led.exitCode() == 0,
                led.exitCode() == 0
                        ? "answers on port " + ports + " are " + latency.delay().toMillis()
                                + " ms late, by a relay since this kernel has no netem; connections that there were are reset"
                        : "clients are not led to the relay: " + (led.stdout() + led.stderr()).strip());
    }

    private boolean listens(List<Relay.Route> routes) {
        String now = NetworkFault.run(instance, LISTENING).stdout();
        return routes.stream().allMatch(route -> now.contains(":" + route.port() + "\n"));
    }

    /** New connections to a server go to its relay; the others end, or they would go on in time. */
    static String lead(List<Relay.Route> routes, String mark) {
        return routes.stream()
                .map(route -> "iptables -w 5 -t nat -I PREROUTING 1 -m comment --comment " + mark + " -p tcp --dport "
                        + route.server().getPort() + " -j REDIRECT --to-ports " + route.port() + " && ss -HK sport = :"
                        + route.server().getPort() + " > /dev/null")
                .collect(Collectors.joining(" && "));
    }

    private List<String> command(List<Relay.Route> routes, String mark, long pid) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Relay.class.getName()));
        Stream.of(latency.delay().toMillis(), latency.jitter().toMillis(), LONGEST_SECONDS, pid)
                .map(String::valueOf)
                .forEach(command::add);
        command.add("set -- " + mark + "\n" + Marked.REMOVE);
        routes.stream().map(Relay.Route::toString).forEach(command::add);
        return command;
    }

    private static String classPath() {
        try {
            return Path.of(Relay.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the relay's classes have no place", impossible);
        }
    }
}
