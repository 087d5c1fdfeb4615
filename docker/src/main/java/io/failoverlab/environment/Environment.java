package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.Nearest;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceMonitor;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetHealth;
import io.failoverlab.elb.TargetState;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.AzNetwork;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.FaultZone;
import io.failoverlab.fault.InstanceFault;
import io.failoverlab.fault.ZoneFault;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.DbMonitor;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The running stack of one topology. {@link Launch} brings it up; closing it removes every container, network and volume
 * of its run.
 */
public final class Environment implements AutoCloseable {
    private final Topology topology;
    private final Engine engine;
    private final String run;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final URI service;
    private final Map<String, Ec2Instance> instances;
    private final LoadBalancerController controller;
    private final DbInstance database;
    private final Map<String, InstanceMonitor> monitors = new LinkedHashMap<>();
    private final List<AutoCloseable> watching = new CopyOnWriteArrayList<>();
    private final List<ActiveFault> faults = new CopyOnWriteArrayList<>();

    Environment(
            Launch.Plan plan,
            URI service,
            Map<String, Ec2Instance> instances,
            LoadBalancerController controller,
            DbInstance database) {
        this.topology = plan.topology();
        this.engine = plan.engine();
        this.run = plan.owner().run();
        this.scheduler = plan.scheduler();
        this.telemetry = plan.telemetry();
        this.service = service;
        this.instances = Map.copyOf(instances);
        this.controller = controller;
        this.database = database;
    }

    /** Begins to watch the instances and to check the targets. */
    void start(List<Target> targets, EngineContainer balancer) {
        String dbClass = topology.databases().getFirst().type().dbClass();
        DbMonitor databaseMonitor = new DbMonitor(database, dbClass, scheduler, telemetry);
        for (Ec2Instance instance : instances.values()) {
            InstanceMonitor monitor = instance.name().equals(database.identifier())
                    ? new InstanceMonitor(instance, scheduler, telemetry, databaseMonitor::server)
                    : new InstanceMonitor(instance, scheduler, telemetry);
            monitors.put(instance.name(), monitor);
            watching.add(monitor);
            monitor.start();
        }
        watching.add(engine.events(run, this::happened));
        controller.start(targets, balancer);
        watching.add(controller);
        watching.add(databaseMonitor);
        databaseMonitor.start();
    }

    private void happened(ContainerEvent event) {
        InstanceMonitor monitor = monitors.get(event.container());
        if (monitor == null) {
            return;
        }
        if (event.action().equals("die")) {
            controller.instanceGone(event.container(), "the instance died (exit code " + event.exitCode() + ")");
        }
        if (event.action().equals("start")
                && event.container().equals(topology.loadBalancer().name())) {
            controller.balancerStarted(event.at());
        }
        monitor.happened(event);
    }

    public Topology topology() {
        return topology;
    }

    /** Where clients come in. */
    public URI service() {
        return service;
    }

    public DbInstance database() {
        return database;
    }

    /** The instance of that name; throws {@link IllegalArgumentException} with the nearest name if there is none. */
    public Ec2Instance instance(String name) {
        Ec2Instance instance = instances.get(name);
        if (instance == null) {
            List<String> names = instances.keySet().stream().sorted().toList();
            throw new IllegalArgumentException("expected one of " + String.join(", ", names) + ", found " + name + "; "
                    + Nearest.hint(name, names));
        }
        return instance;
    }

    /** Every instance, by name. */
    public List<Ec2Instance> instances() {
        return instances.values().stream()
                .sorted(java.util.Comparator.comparing(Ec2Instance::name))
                .toList();
    }

    /** Every target with its health. */
    public Map<Target, TargetHealth> targets() {
        return controller.health();
    }

    /** Whether every target is healthy and nginx serves them all. */
    public boolean isInService() {
        return outOfService().isEmpty()
                && controller.serving().size() == topology.web().size();
    }

    /** The web instances that are not healthy targets now. */
    public List<Ec2Instance> outOfService() {
        List<String> healthy = controller.health().entrySet().stream()
                .filter(entry -> entry.getValue().state() == TargetState.HEALTHY)
                .map(entry -> entry.getKey().name())
                .toList();
        return topology.web().stream()
                .map(Instance::name)
                .filter(name -> !healthy.contains(name))
                .map(instances::get)
                .toList();
    }

    String describeTarget(String name) {
        return controller.health().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(entry -> (entry.getValue().state().word() + ": "
                        + entry.getValue().description()))
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
                            .map(instance -> instance.name() + " " + describeTarget(instance.name()))
                            .collect(Collectors.joining(", ")));
                    return Optional.empty();
                })
                .isPresent();
    }

    /**
     * Injects a fault, which is undone after its limit, or when it is closed, or when the environment is. A fault of a zone
     * is told as a fault of each instance that it hit.
     *
     * @param where name of the instance, or letter of the zone
     * @throws IllegalArgumentException if there is no such instance or zone
     * @throws io.failoverlab.ec2.NotRunning if nothing there can be hurt now
     */
    public ActiveFault inject(Fault fault, String where, Optional<Duration> limit) {
        ActiveFault active = switch (fault) {
            case InstanceFault ofOne -> ofOne.inject(instance(where), scheduler);
            case ZoneFault ofAll -> ofAll.inject(zone(topology.zone(where)), scheduler);
        };
        faults.add(active);
        active.instances()
                .forEach(name -> telemetry.happened(new StackEvent.FaultInjected(
                        active.injectedAt(),
                        fault.name(),
                        name,
                        fault.standsFor(),
                        active.tookEffect(),
                        active.evidence())));
        limit.ifPresent(time -> watching.add(scheduler.after(time, () -> heal(active))));
        return active;
    }

    private FaultZone zone(Zone zone) {
        Map<Boolean, List<String>> zones = instances.values().stream()
                .filter(instance -> !instance.zone().isEmpty())
                .collect(Collectors.partitioningBy(
                        instance -> instance.name().equals(database.identifier()),
                        Collectors.mapping(Ec2Instance::zone, Collectors.toList())));
        List<Ec2Instance> inside = instances().stream()
                .filter(instance -> instance.zone().equals(zone.azName()))
                .toList();
        return new FaultZone(
                zone.azName(), inside, ZoneLoss.consequence(zone.azName(), zones.get(false), zones.get(true)));
    }

    /** Undoes a fault and tells of it; does nothing if it is undone already. */
    public void heal(ActiveFault active) {
        if (!active.isHealed()) {
            active.close();
            faults.remove(active);
            active.instances()
                    .forEach(name -> telemetry.happened(new StackEvent.FaultHealed(
                            scheduler.instant(), active.fault().name(), name, active.healing())));
        }
    }

    /** Undoes every fault on an instance alone, and starts or resumes it if it still does not run. */
    public void heal(String instanceName) {
        Ec2Instance instance = instance(instanceName);
        faults().stream()
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
                            + topology.zone(instance.zone()).letter() + " --undo` gives the zone back");
                });
    }

    /**
     * Undoes every fault on a zone.
     *
     * @throws IllegalArgumentException if there is no such zone or no fault on it
     */
    public void healZone(String letter) {
        Zone zone = topology.zone(letter);
        List<ActiveFault> ofZone = faults().stream()
                .filter(fault -> fault.where().equals(zone(zone).title()))
                .toList();
        if (ofZone.isEmpty()) {
            throw new IllegalArgumentException("expected a fault on zone " + zone.letter()
                    + ", found none; `lab status` lists the faults there are");
        }
        ofZone.forEach(this::heal);
    }

    /** The faults that are active now. */
    public List<ActiveFault> faults() {
        return faults.stream().filter(fault -> !fault.isHealed()).toList();
    }

    void stopWatching() {
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
        stopWatching();
        new Leftovers(engine).removeRun(run);
    }
}
