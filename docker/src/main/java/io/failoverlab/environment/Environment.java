package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetHealth;
import io.failoverlab.elb.TargetState;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.AzNetwork;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.FaultZone;
import io.failoverlab.fault.Undo;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.Gap;
import io.failoverlab.rds.MultiAzController;
import io.failoverlab.rds.ReplicaKeeper;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The running stack of one topology. {@link Launch} brings it up; closing it removes every container, network and volume
 * of its run.
 */
public final class Environment implements AutoCloseable {
    private final Engine engine;
    private final String run;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final URI service;
    private final Fleet fleet;
    private final Optional<WebGroup> group;
    private final Scaling scaling;
    private final LoadBalancerController controller;
    private final DatabaseTier database;
    private final Databases databases;
    private final List<AutoCloseable> watching = new CopyOnWriteArrayList<>();
    private final FaultSites sites;
    private final ActiveFaults faults;

    Environment(
            Launch.Plan plan, Fleet fleet, LoadBalancerController controller, DatabaseTier database, TelemetryTap tap) {
        this.engine = plan.engine();
        this.run = plan.owner().run();
        this.scheduler = plan.scheduler();
        this.telemetry = plan.telemetry();
        this.service = URI.create("http://127.0.0.1:" + plan.servicePort());
        this.fleet = fleet;
        this.group = plan.topology()
                .autoScaling()
                .map(settings -> new WebGroup(settings, fleet, plan.scheduler(), plan.telemetry()));
        group.ifPresent(tap::listen);
        this.scaling = new Scaling(this, fleet, plan.scheduler());
        this.controller = controller;
        this.database = database;
        this.databases = new Databases(plan, fleet, database, this::faults);
        this.sites =
                new FaultSites(fleet, new StackServices(this, fleet, database, plan.scheduler()), plan.scheduler());
        this.faults = new ActiveFaults(new FaultFile(plan.folder()), sites::undo, plan.scheduler(), plan.telemetry());
        fleet.room.closeZones(faults::isLost);
        database.clientLead().holdWhile(faults::holdName);
    }

    /** Begins to watch the instances and to check the targets. */
    void start(List<Ec2Instance> instances, List<Target> targets, EngineContainer balancer) {
        watch(instances);
        watching.add(controller);
        controller.start(targets, balancer);
        control(true);
    }

    /** As {@link #start}, for a stack that runs already; {@link #goOn} has to follow. */
    void takeOver(List<Ec2Instance> instances, List<Target> targets, EngineContainer balancer) {
        // First: nobody is to be started where a fault does not let him.
        faults.load();
        watch(instances);
        watching.add(controller);
        controller.takeOver(targets, balancer);
    }

    /** Goes on with the database, and with the faults that a dead lab left: undoes what is over, and the rest at its time. */
    void goOn(Consumer<String> told) {
        control(false);
        faults.resume(told);
        faults.endOfGone(name -> fleet.find(name).isPresent());
    }

    private void watch(List<Ec2Instance> instances) {
        for (Ec2Instance instance : instances) {
            fleet.watch(instance, database.usageOf(instance.name()));
        }
        watching.add(fleet::stopWatching);
        BalancerKeeper keeper =
                new BalancerKeeper(fleet.instance(topology().loadBalancer().name()), scheduler, telemetry);
        watching.add(keeper);
        watching.add(engine.events(
                run,
                scheduler,
                event -> {
                    // First: a failover's time begins here.
                    database.happened(event);
                    fleet.happened(event);
                    keeper.happened(event);
                },
                message -> telemetry.happened(new StackEvent.Trouble(scheduler.instant(), message))));
    }

    /** @param newlyMade whether there cannot be anything to be put in order */
    private void control(boolean newlyMade) {
        watching.add(database);
        Predicate<String> mayRun = server ->
                fleet.find(server).map(Ec2Instance::zone).filter(faults::isLost).isEmpty();
        database.start(fleet, newlyMade, mayRun, this::replaced, databases.standbySnapshots());
        watching.add(databases);
        databases.start();
        watching.add(faults);
        fleet.onChange(now -> faults.endOfGone(name -> now.find(name).isPresent()));
    }

    /** Once the stack serves, its group replaces what fails. */
    void startGroup() {
        database.served();
        group.ifPresent(it -> {
            watching.add(it);
            it.start();
        });
    }

    /** As it is now: web servers come and go. */
    public Topology topology() {
        return fleet.topology();
    }

    /** The instances that there are now, and the way to change them. */
    public Fleet fleet() {
        return fleet;
    }

    /** The Auto Scaling group of the web servers, if the topology has one. */
    public Optional<WebGroup> group() {
        return group;
    }

    /** @throws IllegalArgumentException if the topology has none */
    public WebGroup requireGroup() {
        return group.orElseThrow(() -> new IllegalArgumentException("expected an Auto Scaling group, found none in "
                + topology().name() + "; a section auto-scaling in the topology's file makes one"));
    }

    /** Changes of the fleet by hand. */
    public Scaling scaling() {
        return scaling;
    }

    /** Where clients come in. */
    public URI service() {
        return service;
    }

    /** The primary of the database. */
    public DbInstance database() {
        return database.server();
    }

    /**
     * Fails a Multi-AZ database over to its standby.
     *
     * @param name its identifier, or {@code db}
     * @param force also to a standby that is not in sync, with the loss of what it has not
     * @return what was begun, in words
     * @throws IllegalArgumentException with the reason, if it cannot be done now
     */
    public String failOver(String name, boolean force) {
        String identifier = topology().databaseIdentifier();
        if (!name.equals("db") && !name.equals(identifier)) {
            throw new IllegalArgumentException("expected the database, db or " + identifier + ", found " + name);
        }
        MultiAzController keeper = multiAz()
                .orElseThrow(() -> new IllegalArgumentException("expected a Multi-AZ database to fail over, found "
                        + identifier + " without a standby; `lab modify " + name + " --multi-az` gives it one"));
        String from = database.primary();
        String to = database.standby();
        Optional<Gap> lost = keeper.failOver(force);
        return "failover from " + from + " to " + to + " begun"
                + lost.map(gap -> "; it loses " + gap).orElse("") + "; `lab status` shows the roles";
    }

    DatabaseTier databaseTier() {
        return database;
    }

    /** The databases, their parameters and their backups. */
    public Databases databases() {
        return databases;
    }

    /** Who keeps the database's read replica; empty unless it has one. */
    public Optional<ReplicaKeeper> readReplica() {
        return database.readReplica().map(ReadReplica::keeper);
    }

    /** Who keeps a Multi-AZ database; empty unless it is one. */
    public Optional<MultiAzController> multiAz() {
        return database.controller();
    }

    /** The names that the applications find databases under, each with the address that it leads to now. */
    public Map<String, String> endpoints() {
        return database.clientLead().names();
    }

    /** The instance of that name; throws {@link IllegalArgumentException} with the nearest name if there is none. */
    public Ec2Instance instance(String name) {
        return fleet.instance(name);
    }

    /** Every instance, by name. */
    public List<Ec2Instance> instances() {
        return fleet.instances();
    }

    /** Every target with its health. */
    public Map<Target, TargetHealth> targets() {
        return controller.health();
    }

    /** When a target's health is checked for the first time at or after a moment; empty if it is not checked. */
    public Optional<Instant> nextHealthCheck(String target, Instant from) {
        return controller.nextCheck(target, from);
    }

    /** Whether every web server is a healthy target and nginx serves it. */
    public boolean isInService() {
        return outOfService().isEmpty();
    }

    /** The names of the web servers that are not healthy targets now, or not served yet. */
    public List<String> outOfService() {
        Set<String> inService = controller.inService();
        return fleet.wanted().stream()
                .map(Instance::name)
                .filter(name -> !inService.contains(name))
                .toList();
    }

    String describeTarget(String name) {
        return controller.health().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(entry -> entry.getValue().state() == TargetState.HEALTHY
                        ? "healthy, not served yet"
                        : entry.getValue().state().word() + ": "
                                + entry.getValue().description())
                .findFirst()
                .orElse("not answering yet");
    }

    /**
     * The health gate: waits until every target is in service.
     *
     * @param waiting told what is still missing whenever that may have changed
     * @return whether they are within the limit
     */
    public boolean awaitInService(Duration limit, Consumer<String> waiting) {
        return scheduler
                .await(limit, () -> {
                    if (isInService()) {
                        return Optional.of(true);
                    }
                    waiting.accept(outOfService().stream()
                            .map(name -> name + " " + describeTarget(name))
                            .collect(Collectors.joining(", ")));
                    return Optional.empty();
                })
                .isPresent();
    }

    /**
     * Injects a fault, which is undone after its limit or one of its own, or when it is closed, or when the environment is. A
     * fault of a zone is told as a fault of each instance that it hit.
     *
     * @param where name of the instance or of the database, or letter of the zone
     * @throws IllegalArgumentException if there is none of that name
     * @throws io.failoverlab.ec2.NotRunning if nothing there can be hurt now
     */
    public ActiveFault inject(Fault fault, String where, Optional<Duration> limit) {
        return faults.inject(fault, sites.prepare(fault, where), limit.or(fault::endsAfter));
    }

    /**
     * Looks what a fault would hit, and does nothing.
     *
     * @return names of the instances
     * @throws IllegalArgumentException as {@link #inject} does
     * @throws io.failoverlab.ec2.NotRunning as {@link #inject} does
     */
    public List<String> wouldHit(Fault fault, String where) {
        return sites.prepare(fault, where).undo().stream().map(Undo::instance).toList();
    }

    /** Undoes a fault and tells of it; does nothing if it is undone already. */
    public void heal(ActiveFault active) {
        faults.heal(active);
    }

    /**
     * Undoes all faults, the last one first.
     *
     * @param trouble told of each that is not undone
     */
    public void healAll(Consumer<String> trouble) {
        for (ActiveFault fault : faults().reversed()) {
            try {
                heal(fault);
            } catch (RuntimeException lasts) {
                trouble.accept(fault.fault().name() + " of " + fault.where() + " is not undone: " + lasts.getMessage());
            }
        }
    }

    /** A server was replaced: what had been done to the old one went with it. */
    private void replaced(String server) {
        faults.endWith(server, "another server is in its place");
    }

    /** Undoes every fault on an instance alone, and starts or resumes it if it still does not run. */
    public void heal(String instanceName) {
        Ec2Instance instance = instance(instanceName);
        // The last one first: what is paused cannot be undone but by going on.
        faults().reversed().stream()
                .filter(fault -> fault.instances().equals(List.of(instanceName)))
                .forEach(this::heal);
        instance.resume();
        instance.start();
        faults().stream()
                .filter(fault ->
                        fault.fault() instanceof AzNetwork && fault.instances().contains(instanceName))
                .findFirst()
                .ifPresent(cut -> {
                    throw new IllegalArgumentException("expected " + instanceName
                            + " to be on a network, found it cut off with " + cut.where() + "; `lab fault az "
                            + topology().zone(instance.zone()).letter() + " --undo` gives the zone back");
                });
    }

    /**
     * Undoes every fault on a zone.
     *
     * @throws IllegalArgumentException if there is no such zone or no fault on it
     */
    public void healZone(String letter) {
        Zone zone = topology().zone(letter);
        List<ActiveFault> ofZone = faults().stream()
                .filter(fault -> fault.where().equals(FaultZone.title(zone.azName())))
                .toList();
        if (ofZone.isEmpty()) {
            throw new IllegalArgumentException("expected a fault on zone " + zone.letter()
                    + ", found none; `lab status` lists the faults there are");
        }
        ofZone.forEach(this::heal);
    }

    /** The faults that are active now. */
    public List<ActiveFault> faults() {
        return faults.now();
    }

    /** Stops to watch, and leaves the stack as it is. */
    public void leave() {
        for (AutoCloseable watch : watching.reversed()) {
            try {
                watch.close();
            } catch (Exception ended) {
                // a stream that had ended by itself
            }
        }
    }

    /** Removes everything. Faults are not undone first: what they hit goes away. */
    @Override
    public void close() {
        leave();
        new Leftovers(engine).removeRun(run);
    }
}
