package io.failoverlab.fault;

import io.failoverlab.document.Nearest;
import io.failoverlab.fault.FaultKind.Place;
import io.failoverlab.fault.Parameter.Form;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All faults by name. */
public final class Faults {
    private static final Parameter YES =
            new Parameter("yes", "how many processes", new Form.Number(1, CpuStress.MOST), "5");
    private static final Parameter LOAD = new Parameter(
            "percent", "of the instance's processors, 100 for all they get", new Form.Number(1, 100), "100");
    private static final Parameter MEMORY =
            new Parameter("percent", "of the instance's memory in use then", new Form.Number(1, 100), "90");
    private static final Parameter FULL =
            new Parameter("percent", "of the file system in use then", new Form.Number(1, 100), "100");
    private static final Parameter WORKERS =
            new Parameter("workers", "how many write", new Form.Number(1, IoStress.MOST), "1");
    private static final Parameter PROCESS =
            new Parameter("process", "its name (default: the server process)", new Form.Name(), "");
    private static final Parameter SIGNAL =
            new Parameter("signal", "that it gets", new Form.Word(KillProcess.SIGNALS), "KILL");
    private static final Parameter PORT = new Parameter(
            "port", "8080 is that of the web servers, 3306 that of the database", new Form.Number(1, 65535), "8080");
    private static final Parameter PROTOCOL =
            new Parameter("protocol", "of the packets", new Form.Word(List.of("tcp", "udp")), "tcp");
    private static final Parameter TRAFFIC = new Parameter(
            "traffic", "which way the connections go", new Form.Word(List.of("ingress", "egress")), "ingress");
    private static final Parameter LOSS =
            new Parameter("percent", "of the packets that it sends", new Form.Number(1, 100), "7");
    private static final Parameter DELAY = new Parameter(
            "delay",
            "of every packet that it sends",
            new Form.Time(Duration.ofMillis(1), Duration.ofMinutes(1)),
            "200ms");
    private static final Parameter JITTER = new Parameter(
            "jitter", "by which the delay varies", new Form.Time(Duration.ZERO, Duration.ofMinutes(1)), "0s");

    private static final Parameter BEHIND = new Parameter(
            "delay", "behind the primary", new Form.Time(Duration.ofSeconds(1), Duration.ofHours(1)), "5s");

    private static final List<FaultKind> KINDS = List.of(
            instance("kill", "SIGKILL to the whole instance.", said -> new Kill()),
            instance(
                    "kill-process",
                    "A signal to a process inside; the instance itself goes on.",
                    said -> new KillProcess(said.text("process"), said.text("signal")),
                    PROCESS,
                    SIGNAL),
            instance("stop", "An orderly stop: the application drains first.", said -> new Stop()),
            instance("reboot", "Its processes anew, at once.", said -> new Reboot()),
            instance("terminate", "A web server shuts down and is gone for good.", said -> new Terminate()),
            instance("pause", "Every process is frozen.", said -> new Pause()),
            instance("cut", "Cut off all its networks: a black hole; it runs on.", said -> new Cut()),
            instance("hang", "The server process accepts connections and never answers.", said -> new Hang()),
            instance("deaf", "The application answers its health checks and nothing else.", said -> new Deaf()),
            instance("slow", "The application answers every request two seconds late.", said -> new Slow()),
            instance(
                    "cpu-stress",
                    "`yes > /dev/null`, as often as asked.",
                    said -> new CpuStress(said.number("yes"), said.number("percent"), said.atMost()),
                    YES,
                    LOAD),
            instance(
                    "memory-stress",
                    "A process takes memory until so much is in use.",
                    said -> new MemoryStress(said.number("percent"), said.atMost()),
                    MEMORY),
            instance(
                    "io-stress",
                    "Processes write to its storage without an end, each time onto the disk.",
                    said -> new IoStress(said.number("workers"), said.atMost()),
                    WORKERS),
            instance(
                    "disk-full",
                    "A file fills its storage: a database's volume if it has a size, else /tmp.",
                    said -> new DiskFull(said.number("percent")),
                    FULL),
            instance(
                    "reset",
                    "Its TCP connections are reset, and every new one is refused.",
                    said -> PacketFilter.reset()),
            instance(
                    "port-closed",
                    "Connections to one of its ports are refused.",
                    said -> PacketFilter.portClosed(said.number("port")),
                    PORT),
            instance(
                    "blackhole-port",
                    "Packets to a port are dropped: nothing is answered, not even by a reset.",
                    said -> PacketFilter.blackholePort(
                            said.text("protocol"),
                            said.number("port"),
                            said.text("traffic").equals("egress")),
                    PORT,
                    PROTOCOL,
                    TRAFFIC),
            instance(
                    "packet-loss",
                    "A share of the packets that it sends is lost.",
                    said -> PacketFilter.loss(said.number("percent"), List.of()),
                    LOSS),
            instance(
                    "latency",
                    "What it sends is late: every packet with netem, else its answers.",
                    said -> new Latency(said.time("delay"), said.time("jitter")),
                    DELAY,
                    JITTER),
            new FaultKind(
                    "replica-lag",
                    Place.REPLICA,
                    "A read replica or a standby applies what it receives that much later.",
                    List.of(BEHIND),
                    said -> new ReplicaLag(said.time("delay"))),
            database("failover", "A Multi-AZ database fails over to its standby.", said -> new Failover()),
            database(
                    "connections-exhausted",
                    "All connections that the database allows are taken.",
                    said -> new ConnectionsExhausted()),
            database(
                    "dns-stale",
                    "Its name leads to where it leads now, also after a failover.",
                    said -> new DnsStale()),
            zone("az-power", "Every instance of the zone is killed at once.", said -> new AzPower()),
            zone("az-network", "Every instance of the zone is cut off: a black hole.", said -> new AzNetwork()));

    private Faults() {}

    private static FaultKind instance(
            String name, String summary, Function<FaultKind.Said, Fault> maker, Parameter... parameters) {
        return new FaultKind(name, Place.INSTANCE, summary, List.of(parameters), maker);
    }

    private static FaultKind database(String name, String summary, Function<FaultKind.Said, Fault> maker) {
        return new FaultKind(name, Place.DATABASE, summary, List.of(), maker);
    }

    private static FaultKind zone(String name, String summary, Function<FaultKind.Said, Fault> maker) {
        return new FaultKind(name, Place.ZONE, summary, List.of(), maker);
    }

    /** In the order to be shown. */
    public static List<FaultKind> kinds() {
        return KINDS;
    }

    /** The names, in the order to be shown. */
    public static List<String> names() {
        return KINDS.stream().map(FaultKind::name).toList();
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException if there is none of that name, with the nearest one
     */
    public static FaultKind kind(String name) {
        return find(name).orElseThrow(() -> {
            String near = Nearest.of(name, names())
                    .map(it -> "; did you mean " + it + "?")
                    .orElse("");
            return new IllegalArgumentException(
                    "expected one of " + String.join(", ", names()) + ", found " + name + near);
        });
    }

    /** The kind of that name, if there is one. */
    public static Optional<FaultKind> find(String name) {
        return KINDS.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    /** Whether the fault of that name hits a zone, not an instance. */
    public static boolean isOfZone(String name) {
        return find(name).filter(kind -> kind.place() == Place.ZONE).isPresent();
    }

    /**
     * The fault of that name.
     *
     * @param limit how long it may last; one that runs inside an instance ends by itself after a minute if there is none
     * @param values of its parameters, by name
     * @throws IllegalArgumentException if there is none of that name, or a value is wrong
     */
    public static Fault named(String name, Optional<Duration> limit, Map<String, String> values) {
        return kind(name).make(limit, values);
    }
}
