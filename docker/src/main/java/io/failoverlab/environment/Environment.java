package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.Nearest;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceMonitor;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetHealth;
import io.failoverlab.elb.TargetState;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Fault;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.DbMetrics;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(10);

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
    private volatile List<Target> targets = List.of();
    private volatile boolean closing;

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
    void start(List<Target> registered, EngineContainer balancer) {
        targets = List.copyOf(registered);
        for (Ec2Instance instance : instances.values()) {
            Telemetry listener = instance.name().equals(database.identifier())
                    ? new DbMetrics(database.identifier(), telemetry)
                    : telemetry;
            InstanceMonitor monitor = new InstanceMonitor(instance, scheduler, listener);
            monitors.put(instance.name(), monitor);
            watching.add(monitor);
            monitor.start();
        }
        watching.add(engine.events(run, this::happened));
        controller.start(registered, balancer);
        watching.add(controller);
        watching.add(scheduler.every(Duration.ofSeconds(1), this::measureDatabase));
    }

    private void happened(ContainerEvent event) {
        InstanceMonitor monitor = monitors.get(event.container());
        if (monitor == null) {
            return;
        }
        switch (event.action()) {
            case "die" -> {
                controller.instanceGone(event.container(), "the instance died (exit code " + event.exitCode() + ")");
                // One that ended in order was stopped, and whoever stopped it wants it so.
                if (isBalancer(event) && !event.exitCode().equals("0")) {
                    scheduler.launch(this::startBalancerAgain);
                }
            }
            case "pause" -> controller.instanceGone(event.container(), "the instance's processes are frozen");
            case "unpause" -> controller.instanceBack(event.container());
            case "start" -> {
                controller.instanceBack(event.container());
                if (isBalancer(event)) {
                    controller.balancerStarted(event.at());
                }
            }
            default -> {
                // create, attach, exec and the like change nothing for the balancer
            }
        }
        monitor.happened(event);
    }

    private boolean isBalancer(ContainerEvent event) {
        return event.container().equals(topology.loadBalancer().name());
    }

    /** As a managed balancer replaces a node of its own; the engine's restart policies do not work after a kill. */
    private void startBalancerAgain() {
        Ec2Instance balancer = instances.get(topology.loadBalancer().name());
        if (!closing) {
            telemetry.happened(new StackEvent.InstanceStateChanged(
                    scheduler.instant(),
                    balancer.name(),
                    balancer.id(),
                    balancer.zone(),
                    InstanceState.PENDING.word(),
                    "the lab starts it again; it is the only node of this load balancer and clients get no answer until"
                            + " then, where an ALB has nodes in each zone"));
        }
        boolean started = scheduler
                .await(RESTART_LIMIT, () -> {
                    try {
                        if (!closing) {
                            balancer.start();
                        }
                        return Optional.of(true);
                    } catch (EngineException notYet) {
                        return Optional.empty();
                    }
                })
                .isPresent();
        if (!started) {
            telemetry.happened(new StackEvent.Trouble(
                    scheduler.instant(),
                    balancer.name() + " could not be started again within " + RESTART_LIMIT.toSeconds() + " s"));
        }
    }

    private void measureDatabase() {
        List<Measurement> connections = database.connections(scheduler.instant());
        if (!connections.isEmpty()) {
            telemetry.measured(connections);
        }
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

    /**
     * Takes a web server out of its target group, without touching the instance; its requests under way end.
     *
     * @throws IllegalArgumentException if there is no such instance
     */
    public void deregister(String instanceName) {
        controller.deregister(instance(instanceName).name());
    }

    /**
     * Puts a web server of the topology into its target group again.
     *
     * @throws IllegalArgumentException if it is none
     */
    public void register(String instanceName) {
        controller.register(targets.stream()
                .filter(target -> target.name().equals(instanceName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a web server of " + topology.name() + ", found " + instanceName)));
    }

    /** When a target's health is checked for the first time at or after a moment; empty if it is not checked. */
    public Optional<Instant> nextHealthCheck(String target, Instant from) {
        return controller.nextCheck(target, from);
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
     * Injects a fault, which is undone after its limit, or when it is closed, or when the environment is.
     *
     * @throws IllegalArgumentException if there is no such instance
     * @throws io.failoverlab.ec2.NotRunning if the instance cannot be hurt now
     */
    public ActiveFault inject(Fault fault, String instanceName, Optional<Duration> limit) {
        ActiveFault active = fault.inject(instance(instanceName), scheduler);
        faults.add(active);
        telemetry.happened(new StackEvent.FaultInjected(
                active.injectedAt(),
                fault.name(),
                instanceName,
                fault.standsFor(),
                active.tookEffect(),
                active.evidence()));
        limit.ifPresent(time -> watching.add(scheduler.after(time, () -> heal(active))));
        return active;
    }

    /** Undoes a fault and tells of it; does nothing if it is undone already. */
    public void heal(ActiveFault active) {
        if (!active.isHealed()) {
            active.close();
            faults.remove(active);
            telemetry.happened(new StackEvent.FaultHealed(
                    scheduler.instant(), active.fault().name(), active.instance(), active.healing()));
        }
    }

    /** Undoes every fault on an instance, and starts or resumes it if it still does not run. */
    public void heal(String instanceName) {
        Ec2Instance instance = instance(instanceName);
        faults().stream().filter(fault -> fault.instance().equals(instanceName)).forEach(this::heal);
        instance.resume();
        instance.start();
    }

    /** The faults that are active now. */
    public List<ActiveFault> faults() {
        return faults.stream().filter(fault -> !fault.isHealed()).toList();
    }

    void stopWatching() {
        closing = true;
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
