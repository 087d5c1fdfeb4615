package io.failoverlab.environment;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.DbMonitor;
import io.failoverlab.rds.FailoverClocks;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.MultiAzController;
import io.failoverlab.rds.MultiAzServers;
import io.failoverlab.rds.ServerAgent;
import io.failoverlab.rds.Storage;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The database: one server, or the two of Multi-AZ with whoever keeps them; and its read replica, if it has one. */
final class DatabaseTier implements MultiAzServers, AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(300);

    private final Launch.Plan plan;
    private final StackParts parts;
    private final DbCredentials credentials;
    private final Map<String, ServerAgent> agents = new ConcurrentHashMap<>();
    private final DbMonitor monitor;
    private final Fence fence;
    private final ClientLead lead;
    private volatile String primary;
    private volatile Optional<ReadReplica> replica;
    private Fleet fleet;
    private Predicate<String> place = server -> true;
    private Consumer<String> replaced = server -> {};
    private volatile boolean served;
    private StandbySnapshots snapshots;
    private volatile Optional<MultiAzController> controller = Optional.empty();
    private volatile Optional<UntilDone> alone = Optional.empty();

    /** @param servers all of them, the primary first */
    DatabaseTier(Launch.Plan plan, StackParts parts, DbCredentials credentials, List<DbInstance> servers) {
        this.plan = plan;
        this.parts = parts;
        this.credentials = credentials;
        this.primary = servers.getFirst().identifier();
        this.fence = new Fence(plan.scheduler());
        Topology topology = plan.topology();
        this.lead = new ClientLead(plan, parts, () -> fleet);
        this.replica = topology.readReplica()
                .map(model -> new ReadReplica(model, named(model.identifier(), servers), this, plan));
        servers.stream()
                .filter(it -> !isReplica(it.identifier()))
                .forEach(it -> agents.put(it.identifier(), new ServerAgent(it, ANSWER_LIMIT)));
        this.monitor = new DbMonitor(
                topology.databaseIdentifier(),
                topology.primaryDatabase().type().dbClass(),
                this::server,
                plan.scheduler(),
                plan.telemetry());
    }

    private static DbInstance named(String name, List<DbInstance> servers) {
        return servers.stream()
                .filter(it -> it.identifier().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean isReplica(String server) {
        return replica.filter(it -> it.identifier().equals(server)).isPresent();
    }

    Optional<ReadReplica> readReplica() {
        return replica;
    }

    /** It is a DB instance of its own now, and what was read there is read at the primary, whichever that comes to be. */
    void replicaPromoted() {
        ReadReplica promoted = replica.orElseThrow();
        promoted.close();
        replica = Optional.empty();
        lead.readAtPrimary(promoted.server().address());
    }

    /** The primary. */
    DbInstance server() {
        return agents.get(primary).server();
    }

    /** All of them, the primary first. */
    List<DbInstance> servers() {
        return agents.values().stream()
                .map(ServerAgent::server)
                .sorted(Comparator.comparing(it -> !it.identifier().equals(primary)))
                .toList();
    }

    /** All that need the primary's binary logs, or will once it fails. */
    List<DbInstance> followers() {
        return Stream.concat(servers().stream(), replica.stream().map(ReadReplica::server))
                .toList();
    }

    /** Those that are meant to run: a cold standby reads its parameters once it is started. */
    List<DbInstance> awake() {
        return redundancy().runs() ? servers() : List.of(server());
    }

    /** What is copied for a backup: the standby, but only while it answers and has all that the primary has. */
    DbInstance reader() {
        return controller
                .filter(it -> redundancy() == Redundancy.HOT && it.mode() == Mode.SYNCED)
                .map(it -> agents.get(standby()).server())
                .filter(DbInstance::answersAdministrator)
                .orElseGet(this::server);
    }

    List<Ec2Instance> instances() {
        return followers().stream().map(DbInstance::instance).toList();
    }

    /** Who takes in the readings of an instance's counters. */
    Consumer<ContainerUsage> usageOf(String name) {
        if (isReplica(name)) {
            return replica.orElseThrow().usage();
        }
        return knows(name) ? usage -> monitor.server(agent(name).server(), usage) : usage -> {};
    }

    DbMonitor monitor() {
        return monitor;
    }

    Optional<MultiAzController> controller() {
        return controller;
    }

    /**
     * Begins to watch it.
     *
     * @param fresh whether the servers were just made
     * @param place whether there is a place for a server
     * @param replaced told of a server that is about to be replaced
     * @param snapshots for a standby that is made of one
     */
    void start(
            Fleet of, boolean fresh, Predicate<String> place, Consumer<String> replaced, StandbySnapshots snapshots) {
        this.fleet = of;
        this.snapshots = snapshots;
        this.replaced = replaced;
        this.place = place;
        if (plan.topology().hasStandby()) {
            boolean paired = redundancy() == Redundancy.HOT;
            control(fresh ? paired ? Mode.SYNCED : Mode.EXPOSED : Mode.DOWN);
        }
        replica.ifPresent(ReadReplica::start);
        monitor.start();
    }

    /** Takes a server in that is to become the standby. */
    void join(DbInstance server) {
        alone.ifPresent(UntilDone::close);
        agents.put(server.identifier(), new ServerAgent(server, ANSWER_LIMIT));
    }

    /** The primary is alone again, and takes writes as before: as soon as it answers. */
    void leave(String server) {
        controller.ifPresent(MultiAzController::close);
        controller = Optional.empty();
        Optional.ofNullable(agents.remove(server)).ifPresent(ServerAgent::close);
        openAlone();
    }

    private void openAlone() {
        alone = Optional.of(UntilDone.begin(plan.scheduler(), BEFORE_AGAIN, () -> {
            agent(primary).waitForStandby(false);
            agent(primary).open(true);
        }));
    }

    /** Nobody opens a server any more. */
    void letGo() {
        alone.ifPresent(UntilDone::close);
        controller.ifPresent(MultiAzController::close);
    }

    /** Takes writes as before {@link #letGo}: as soon as it answers. */
    void goOn() {
        if (controller.isPresent()) {
            control(Mode.DOWN);
        } else {
            openAlone();
        }
    }

    /** From now on it is Multi-AZ. */
    void keep() {
        control(Mode.SYNCED);
    }

    private void control(Mode mode) {
        Topology topology = fleet.topology();
        MultiAzController kept = new MultiAzController(
                topology.databaseIdentifier(),
                topology.primaryDatabase().semiSync(),
                redundancy(),
                FailoverClocks.of(topology.loadBalancer().timing()),
                this,
                mode,
                plan.scheduler(),
                plan.telemetry());
        controller = Optional.of(kept);
        kept.start();
    }

    void happened(ContainerEvent event) {
        controller.ifPresent(it -> it.happened(event));
    }

    @Override
    public String primary() {
        return primary;
    }

    @Override
    public String standby() {
        return other(primary);
    }

    @Override
    public boolean knows(String server) {
        return agents.containsKey(server);
    }

    @Override
    public ServerAgent agent(String server) {
        return isReplica(server) ? replica.orElseThrow().agent() : agents.get(server);
    }

    @Override
    public void primaryIs(String server) {
        fleet.roster.change(now -> now.withTopology(now.topology().withPrimary(server)));
        primary = server;
    }

    @Override
    public void fence(String server) {
        fence.raise(container(server));
    }

    @Override
    public void lead(String server) {
        lead.to(agent(server).server().address(), agent(other(server)).server().address());
    }

    ClientLead clientLead() {
        return lead;
    }

    /** Where the name leads, whatever held it before. */
    String leadToPrimary() {
        return lead.anew(server().address()) + " leads to " + primary;
    }

    private String other(String server) {
        return agents.keySet().stream()
                .filter(it -> !it.equals(server))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void start(String server) {
        fence.lower(container(server));
        agent(server).server().instance().start();
    }

    @Override
    public void stop(String server) {
        Ec2Instance instance = agent(server).server().instance();
        if (instance.container().state().running()) {
            instance.stop();
        }
        // Its alarms go with it.
        fleet.news.changed();
    }

    @Override
    public void snapshot() {
        snapshots.take();
    }

    @Override
    public void restore(String server) {
        replace(server, snapshots.last());
    }

    @Override
    public void replace(String server) {
        replace(server, Map.of());
    }

    private void replace(String server, Map<String, String> variables) {
        if (server.equals(primary)) {
            throw new IllegalStateException(server + " is the primary; its data must not be thrown away");
        }
        ServerAgent old = agent(server);
        old.close();
        replaced.accept(server);
        plan.identities().launch(server);
        fleet.roster.change(UnaryOperator.identity());
        container(server).remove();
        var model = fleet.topology().databaseServers().stream()
                .filter(it -> it.name().equals(server))
                .findFirst()
                .orElseThrow();
        parts.createVolume(model);
        EngineContainer container = plan.engine().start(parts.containers().database(model, variables), plan.owner());
        DbInstance made = parts.database(model, container, credentials);
        if (isReplica(server)) {
            replica.orElseThrow().replaced(made);
        } else {
            agents.put(server, new ServerAgent(made, ANSWER_LIMIT));
        }
        fleet.replaced(made.instance(), usageOf(server));
    }

    @Override
    public boolean hasEnded(String server) {
        return !container(server).state().running();
    }

    @Override
    public boolean isFrozen(String server) {
        return container(server).state().paused();
    }

    @Override
    public boolean isConnected(String server) {
        return container(server).state().connected();
    }

    @Override
    public boolean isFull(String server) {
        boolean hasAnEnd =
                plan.topology().primaryDatabase().options().allocatedStorage().isPresent();
        return hasAnEnd
                && agent(server)
                        .server()
                        .storage()
                        .filter(it -> it.state() == Storage.State.FULL)
                        .isPresent();
    }

    @Override
    public boolean mayRun(String server) {
        // What does not follow would lack what the application makes at its first start.
        boolean early = !served && redundancy() != Redundancy.HOT && !server.equals(primary);
        return !early && place.test(server);
    }

    /** Whether a failure of the primary would not be the end. */
    boolean standsBy() {
        return controller.filter(it -> it.mode() == Mode.SYNCED).isPresent();
    }

    /** The stack has been in service. */
    void served() {
        served = true;
    }

    private Redundancy redundancy() {
        return plan.topology().primaryDatabase().options().redundancy();
    }

    private EngineContainer container(String server) {
        return agent(server).server().instance().container();
    }

    @Override
    public void close() {
        alone.ifPresent(UntilDone::close);
        replica.ifPresent(ReadReplica::close);
        controller.ifPresent(MultiAzController::close);
        monitor.close();
        new ArrayList<>(agents.values()).forEach(ServerAgent::close);
    }
}
