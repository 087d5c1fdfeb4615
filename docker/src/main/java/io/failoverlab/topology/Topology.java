package io.failoverlab.topology;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The stack under test: one VPC in one region, a subnet per tier and zone, a load balancer, web servers and a database.
 * Immutable, and complete: every interface has its address.
 *
 * <p>Each subnet becomes one network. A node joins the networks of all its interfaces, and may open only the connections
 * that {@link #flows} allows.
 *
 * @param vpc a private block of /16 to /28
 * @param zones in the order in which web servers are spread over them
 * @param subnets inside the VPC, without common addresses, one per tier and zone
 * @param web those that there are now: a file asks for at least one, but while a stack runs they come and go
 * @param databases one primary, which comes first, and at most one standby in another zone
 * @param readReplica of the database, if it has one
 * @param autoScaling the group of the web servers, if they are in one
 */
public record Topology(
        String name,
        String region,
        CpuScale scale,
        Cidr vpc,
        List<Zone> zones,
        List<Subnet> subnets,
        LoadBalancer loadBalancer,
        List<Instance> web,
        List<DbInstance> databases,
        Optional<DbInstance> readReplica,
        List<Flow> flows,
        Optional<AutoScaling> autoScaling) {

    /** The most web servers that a topology may have. */
    public static final int MAX_WEB = 1000;

    static final String VPC_FORM = "a private block (RFC 1918) of /16 to /28, such as 10.0.0.0/16";

    private static final List<Cidr> PRIVATE =
            List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("172.16.0.0/12"), Cidr.parse("192.168.0.0/16"));

    /** @throws IllegalArgumentException naming every rule that is broken */
    public Topology {
        Names.require(name);
        Names.requireRegion(region);
        requireVpc(vpc);
        zones = List.copyOf(zones);
        subnets = List.copyOf(subnets);
        web = List.copyOf(web);
        databases = List.copyOf(databases);
        flows = List.copyOf(flows);
        List<Violation> violations =
                new TopologyRules(vpc, zones, subnets, loadBalancer, web, databases, readReplica, flows).violations();
        if (!violations.isEmpty()) {
            throw new InvalidTopology(violations);
        }
    }

    /** Without a read replica and without a group. */
    public Topology(
            String name,
            String region,
            CpuScale scale,
            Cidr vpc,
            List<Zone> zones,
            List<Subnet> subnets,
            LoadBalancer loadBalancer,
            List<Instance> web,
            List<DbInstance> databases,
            List<Flow> flows) {
        this(
                name,
                region,
                scale,
                vpc,
                zones,
                subnets,
                loadBalancer,
                web,
                databases,
                Optional.empty(),
                flows,
                Optional.empty());
    }

    /** A public block would take the place of someone's servers in this machine's routes. */
    static boolean isVpc(Cidr block) {
        return block.prefix() >= 16 && block.prefix() <= 28 && PRIVATE.stream().anyMatch(it -> it.contains(block));
    }

    static Cidr requireVpc(Cidr block) {
        if (!isVpc(block)) {
            throw new IllegalArgumentException("expected " + VPC_FORM + ", found " + block);
        }
        return block;
    }

    /** Load balancer, web servers, databases. */
    public List<Node> nodes() {
        return Stream.of(List.of(loadBalancer), web, databaseServers())
                .<Node>flatMap(List::stream)
                .toList();
    }

    /** @throws InvalidInput with the nearest name, if there is no such node */
    public Node node(String wanted) {
        List<String> names = nodes().stream().map(Node::name).toList();
        return nodes().stream()
                .filter(it -> it.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        Problem.of(name, "the name of an instance", wanted, Nearest.hint(wanted, names))));
    }

    /**
     * A zone by its letter or by its name.
     *
     * @throws InvalidInput with the nearest letter, if there is no such zone
     */
    public Zone zone(String wanted) {
        List<String> letters = zones.stream().map(Zone::letter).toList();
        return zones.stream()
                .filter(it -> it.letter().equals(wanted) || it.azName().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(Problem.of(
                        name, "a zone: " + String.join(", ", letters), wanted, Nearest.hint(wanted, letters))));
    }

    /** Web servers and databases in a zone; the load balancer is in all of them. */
    public List<Node> nodesIn(Zone zone) {
        return Stream.<Node>concat(
                        web.stream().filter(it -> it.zone().equals(zone)),
                        databaseServers().stream().filter(it -> it.zone().equals(zone)))
                .toList();
    }

    /** @throws IllegalArgumentException if there is no such subnet */
    public Subnet subnet(String wanted) {
        return subnets.stream()
                .filter(it -> it.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a subnet of " + name + ", found " + wanted));
    }

    /** The CPU limit of an instance of that type on this machine, in cores. */
    public double cores(InstanceType type) {
        return scale.cores(type);
    }

    /**
     * The same topology with that many web servers, spread evenly over the zones in order. Those that it has keep type and
     * addresses; new ones are like the first one.
     *
     * @throws InvalidInput if there is no room for them
     */
    public Topology withWeb(int count) {
        requireWebCount(name, count);
        Placement placement = new Placement(subnets);
        placement.keep(loadBalancer);
        databaseServers().forEach(placement::keep);
        List<String> names = IntStream.range(0, count).mapToObj(this::nameOfWeb).toList();
        web.stream().filter(it -> names.contains(it.name())).forEach(placement::keep);
        List<Instance> spread = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                spread.add(webNumber(i, placement));
            }
            Topology resized = withWeb(spread);
            return autoScaling
                    .map(it -> resized.withAutoScaling(it.withSize(it.size().around(count))))
                    .orElse(resized);
        } catch (InvalidTopology full) {
            throw full.asInput(name);
        }
    }

    /** @throws InvalidInput unless a stack can have that many web servers */
    public static void requireWebCount(String source, int count) {
        if (count < 1 || count > MAX_WEB) {
            String expected = "1 to %d web servers".formatted(MAX_WEB);
            throw new InvalidInput(Problem.of(source, expected, Integer.toString(count), ""));
        }
    }

    private Instance webNumber(int index, Placement placement) {
        Zone zone = zones.get(index % zones.size());
        String wanted = nameOfWeb(index);
        Optional<Instance> there =
                web.stream().filter(it -> it.name().equals(wanted)).findFirst();
        return there.orElseGet(() -> new Instance(
                wanted,
                zone,
                web.getFirst().type(),
                web.getFirst().monitoring(),
                placement.web(wanted, zone, Optional.empty())));
    }

    private String nameOfWeb(int index) {
        return Instance.nameOf(index / zones.size() + 1, zones.get(index % zones.size()));
    }

    /**
     * A web server that this topology does not have yet: with the lowest free number of its zone and the next free
     * addresses of its subnets.
     *
     * @throws InvalidInput if a subnet is full
     */
    public Instance nextWeb(Zone zone, InstanceType type) {
        List<String> names = nodes().stream().map(Node::name).toList();
        String free = IntStream.rangeClosed(1, MAX_WEB)
                .mapToObj(number -> Instance.nameOf(number, zone))
                .filter(it -> !names.contains(it))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(Problem.of(
                        name, "at most %d web servers in zone %s".formatted(MAX_WEB, zone.letter()), "one more", "")));
        return nextWeb(free, zone, type);
    }

    /** As {@link #nextWeb(Zone, InstanceType)}, with a name that somebody else keeps account of. */
    public Instance nextWeb(String free, Zone zone, InstanceType type) {
        Placement placement = new Placement(subnets);
        nodes().forEach(placement::keep);
        try {
            return new Instance(free, zone, type, placement.web(free, zone, Optional.empty()));
        } catch (InvalidTopology full) {
            throw full.asInput(name);
        }
    }

    /**
     * A DB instance beside those of this topology, as restoring makes one: in the zone of the database, with its options but
     * for the parameter group, and with the next free address.
     *
     * @param others DB instances that are beside it already
     * @throws InvalidInput if the name is taken or the subnet is full
     */
    public DbInstance restoredDatabase(String identifier, InstanceType type, List<DbInstance> others) {
        List<String> names =
                Stream.concat(nodes().stream(), others.stream()).map(Node::name).toList();
        if (names.contains(identifier)) {
            throw new InvalidInput(Problem.of(
                    name,
                    "a DB instance identifier that no instance has",
                    identifier,
                    "taken: " + String.join(", ", names)));
        }
        DbInstance source = databases.getFirst();
        Placement placement = new Placement(subnets);
        nodes().forEach(placement::keep);
        others.forEach(placement::keep);
        try {
            return new DbInstance(
                            identifier,
                            type,
                            source.zone(),
                            DbInstance.Role.PRIMARY,
                            placement.restored(identifier, source.primary().subnet()))
                    .withOptions(new DbOptions(
                            ParameterGroup.DEFAULT, source.options().backups(), OptionalLong.empty()));
        } catch (InvalidTopology full) {
            throw full.asInput(name);
        }
    }

    /** The same topology with one more web server, such as {@link #nextWeb}. */
    public Topology withWeb(Instance another) {
        return withWeb(Stream.concat(web.stream(), Stream.of(another)).toList());
    }

    /** The same topology without a web server; its name and addresses are free again. */
    public Topology withoutWeb(String gone) {
        return withWeb(web.stream().filter(it -> !it.name().equals(gone)).toList());
    }

    private Topology withWeb(List<Instance> others) {
        return with(others, databases, flows);
    }

    Topology with(List<Instance> others, List<DbInstance> servers, List<Flow> rules) {
        return with(loadBalancer, others, servers, rules, autoScaling);
    }

    private Topology with(
            LoadBalancer balancer,
            List<Instance> servers,
            List<DbInstance> dbServers,
            List<Flow> rules,
            Optional<AutoScaling> group) {
        return new Topology(
                name, region, scale, vpc, zones, subnets, balancer, servers, dbServers, readReplica, rules, group);
    }

    /** The servers of the database and its read replica. */
    public List<DbInstance> databaseServers() {
        return Stream.concat(databases.stream(), readReplica.stream()).toList();
    }

    /** The same topology once its read replica was promoted: a DB instance beside it. */
    public Topology withoutReadReplica() {
        return ReplicaPlan.without(this);
    }

    /** The server that has the role of the primary; the only one unless the database is Multi-AZ. */
    public DbInstance primaryDatabase() {
        return databases.getFirst();
    }

    /** DB instance identifier: that of the server it began with, and it stays with the database over failovers. */
    public String databaseIdentifier() {
        return databases.stream()
                .map(DbInstance::identifier)
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    /** Whether the database has a standby. */
    public boolean hasStandby() {
        return databases.size() > 1;
    }

    /** The same topology with another kind of standby; no write can wait for one that is not hot. */
    public Topology withRedundancy(Redundancy kind) {
        return with(web, databases.stream().map(it -> it.withRedundancy(kind)).toList(), flows);
    }

    /** The same topology after a failover to the server of that name. */
    public Topology withPrimary(String server) {
        return MultiAzPlan.withPrimary(this, server);
    }

    /** The same topology with that much storage for each server of its database. */
    public Topology withAllocatedStorage(long bytes) {
        return with(
                web,
                databases.stream().map(it -> it.withAllocatedStorage(bytes)).toList(),
                flows);
    }

    /**
     * The same topology moved to another block: every subnet and address keeps its distance to the first address.
     *
     * @throws InvalidInput if the block is too small for the subnets, or not a private one
     */
    public Topology withBase(Cidr base) {
        return Relocation.of(this, base);
    }

    /** The same topology with another load balancer, such as one with another port or {@link Balancing}. */
    public Topology withLoadBalancer(LoadBalancer other) {
        return with(other, web, databases, flows, autoScaling);
    }

    /** The same topology with another group. */
    public Topology withAutoScaling(AutoScaling group) {
        return with(loadBalancer, web, databases, flows, Optional.of(group));
    }

    /** The same topology by other clocks: its balancer's and its group's. */
    public Topology withTiming(Timing timing) {
        Topology timed = withLoadBalancer(loadBalancer.withTiming(timing));
        return autoScaling
                .map(group -> timed.withAutoScaling(group.withTiming(timing)))
                .orElse(timed);
    }

    /** Every attempt to connect, node to other node, on every port that any flow names, with what must come of it. */
    public List<Probe> probes() {
        return new Reachability(this).probes();
    }

    /**
     * Whether a node may connect to a port of another one, on at least one of its addresses.
     *
     * @throws InvalidInput if there is no such node
     */
    public boolean reachable(String from, String to, int port) {
        return new Reachability(this).allows(node(from), node(to), port);
    }

    /** The reachability matrix as a text table. */
    public String reachability() {
        return new Reachability(this).table();
    }

    /** The topology as a text of a few lines. */
    public String describe() {
        return TopologyText.of(this);
    }
}
