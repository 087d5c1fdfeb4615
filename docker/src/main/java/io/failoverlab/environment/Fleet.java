package io.failoverlab.environment;

import io.failoverlab.document.Nearest;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceMonitor;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.Target;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.engine.EngineException;
import io.failoverlab.rds.DbMetrics;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * The instances that there are now. Web servers come with {@link #launch} and go with {@link #terminate}, several at once
 * if need be; whoever reads sees either all of a change or nothing of it.
 */
public final class Fleet {
    /** Beyond the deregistration delay: the balancer's own steps. */
    private static final Duration DEREGISTRATION_SLACK = Duration.ofSeconds(10);

    /** Told of every change of the fleet, after it; may take its time. */
    public interface Listener {
        /** @param now with every web server that runs or is being launched */
        void changed(Topology now);
    }

    /** @param monitor watches the instance */
    private record Member(Ec2Instance instance, InstanceMonitor monitor) {}

    /** A web server that is being launched is in the topology, so that its name and addresses are taken. */
    private record Now(Topology topology, Map<String, Member> members) {
        Now withTopology(Topology other) {
            return new Now(other, members);
        }

        Now with(Member member) {
            Map<String, Member> more = new TreeMap<>(members);
            more.put(member.instance().name(), member);
            return new Now(topology, more);
        }

        Now without(String name) {
            Map<String, Member> fewer = new TreeMap<>(members);
            fewer.remove(name);
            return new Now(topology.withoutWeb(name), fewer);
        }
    }

    private final Launch.Plan plan;
    private final WebLauncher launcher;
    private final LoadBalancerController controller;
    private final MemoryBudget memory;
    private final InstanceType type;
    private final AtomicReference<Now> now;
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final Set<String> protectedNames = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    Fleet(Launch.Plan plan, WebLauncher launcher, LoadBalancerController controller) {
        this.plan = plan;
        this.launcher = launcher;
        this.controller = controller;
        this.memory = new MemoryBudget(plan.engine().memoryBytes());
        this.type =
                plan.topology().web().stream().findFirst().map(Instance::type).orElse(InstanceType.T3_SMALL);
        this.now = new AtomicReference<>(new Now(plan.topology(), Map.of()));
    }

    /** Begins to watch an instance that runs. */
    void watch(Ec2Instance instance) {
        boolean isDatabase =
                plan.topology().databases().stream().map(DbInstance::identifier).anyMatch(instance.name()::equals);
        Telemetry listener = isDatabase ? new DbMetrics(instance.name(), plan.telemetry()) : plan.telemetry();
        InstanceMonitor monitor = new InstanceMonitor(instance, plan.scheduler(), listener);
        now.updateAndGet(it -> it.with(new Member(instance, monitor)));
        monitor.start();
    }

    /** Takes in what the engine reports of an instance's container. */
    void happened(ContainerEvent event) {
        Member member = now.get().members().get(event.container());
        if (member == null) {
            return;
        }
        if (event.action().equals("die")) {
            controller.instanceGone(event.container(), "the instance died (exit code " + event.exitCode() + ")");
        }
        if (leaving.contains(event.container())) {
            // Its end was asked for, and is told as such.
            return;
        }
        if (event.action().equals("start")
                && event.container().equals(topology().loadBalancer().name())) {
            controller.balancerStarted(event.at());
        }
        member.monitor().happened(event);
    }

    /** Told of every change from now on. */
    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    /** The topology as it is now; web servers that are being launched or terminated are in it. */
    public Topology topology() {
        return now.get().topology();
    }

    /** Every instance that runs or ran, by name. */
    public List<Ec2Instance> instances() {
        return now.get().members().values().stream()
                .map(Member::instance)
                .sorted(Comparator.comparing(Ec2Instance::name))
                .toList();
    }

    public Optional<Ec2Instance> find(String name) {
        return Optional.ofNullable(now.get().members().get(name)).map(Member::instance);
    }

    /** The instance of that name; throws {@link IllegalArgumentException} with the nearest name if there is none. */
    public Ec2Instance instance(String name) {
        return find(name)
                .orElseThrow(() -> unknown(name, List.copyOf(now.get().members().keySet())));
    }

    private static IllegalArgumentException unknown(String name, List<String> names) {
        return new IllegalArgumentException(
                "expected one of " + names.stream().sorted().collect(Collectors.joining(", ")) + ", found " + name
                        + "; " + Nearest.hint(name, names));
    }

    /** The web servers that ought to serve: all but those that are being terminated. */
    public List<Instance> wanted() {
        return topology().web().stream()
                .filter(web -> !leaving.contains(web.name()))
                .toList();
    }

    /**
     * Refuses launches that would fail for want of addresses or memory, before the first of them.
     *
     * @throws io.failoverlab.document.InvalidInput with what is missing
     */
    void requireRoomFor(List<Zone> zones) {
        Topology all = topology();
        for (Zone zone : zones) {
            all = all.withWeb(all.nextWeb(zone, type));
        }
        memory.require(all);
    }

    /**
     * Sets EC2's attribute {@code disableApiTermination}: people cannot terminate the instance then; its operating system
     * and an Auto Scaling group still can (EC2 guide: "Enable termination protection").
     *
     * @throws IllegalArgumentException if there is no such web server
     */
    public synchronized void protect(String name, boolean on) {
        web(name);
        if (on) {
            protectedNames.add(name);
        } else {
            protectedNames.remove(name);
        }
        record();
    }

    Set<String> protectedNames() {
        return Set.copyOf(protectedNames);
    }

    /** @throws IllegalArgumentException in AWS's words, if people may not terminate it */
    void requireUnprotected(String name) {
        web(name);
        if (protectedNames.contains(name)) {
            throw new IllegalArgumentException("OperationNotPermitted: the instance " + name + " ("
                    + plan.identities().of(name) + ") may not be terminated; modify its disableApiTermination attribute"
                    + " and try again: `lab protect " + name + " --off`");
        }
    }

    private Instance web(String name) {
        List<Instance> web = topology().web();
        return web.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> unknown(name, web.stream().map(Instance::name).toList()));
    }

    /**
     * Launches a web server and registers it with the target group; returns as soon as its first process runs.
     *
     * @throws io.failoverlab.document.InvalidInput if the zone's subnet is full, or the machine's memory would not do
     * @throws EngineException if its container cannot be started; nothing is left of it then
     */
    public Ec2Instance launch(Zone zone) {
        Instance web = reserve(zone);
        tell(web, InstanceState.PENDING, "launched in " + web.zone().azName());
        try {
            Ec2Instance instance = launcher.start(web);
            watch(instance);
            controller.register(launcher.target(web));
            changed();
            return instance;
        } catch (RuntimeException failure) {
            plan.engine().find(plan.owner().run(), web.name()).ifPresent(half -> half.remove());
            tell(web, InstanceState.TERMINATED, "the launch failed: " + failure.getMessage());
            release(web.name());
            throw failure;
        }
    }

    private synchronized Instance reserve(Zone zone) {
        Topology before = topology();
        Instance web = before.nextWeb(zone, type);
        Topology after = before.withWeb(web);
        memory.require(after);
        plan.identities().launch(web.name());
        now.updateAndGet(it -> it.withTopology(after));
        record();
        return web;
    }

    private synchronized void release(String name) {
        now.updateAndGet(it -> it.without(name));
        plan.identities().forget(name);
        leaving.remove(name);
        protectedNames.remove(name);
        record();
    }

    synchronized void recordNow() {
        record();
    }

    private void record() {
        record(plan, topology(), protectedNames, leaving);
    }

    /** Writes down what a lab that takes over needs, before it is done. */
    static void record(Launch.Plan plan, Topology topology, Set<String> protectedNames, Set<String> leaving) {
        new StackFile(plan.folder())
                .write(new StackState(
                        topology,
                        plan.images(),
                        plan.identities().instances(),
                        plan.identities().loadBalancer(),
                        plan.identities().targetGroup(),
                        plan.servicePort(),
                        protectedNames,
                        leaving));
    }

    /**
     * Terminates a web server: no new requests, those under way end, then it shuts down and is gone; its name and addresses
     * are free again. Returns when that is done.
     *
     * @throws IllegalArgumentException if there is no such web server, or it is being terminated already
     */
    public void terminate(String name, String cause) {
        Instance web = leave(name);
        Member member = now.get().members().get(name);
        try {
            controller.deregister(name);
            Duration limit = topology()
                    .loadBalancer()
                    .targetGroup()
                    .deregistrationDelay()
                    .plus(DEREGISTRATION_SLACK);
            plan.scheduler().await(limit, () -> isRegistered(name) ? Optional.empty() : Optional.of(true));
            tell(web, InstanceState.SHUTTING_DOWN, cause);
            member.monitor().close();
            member.instance().terminate();
        } catch (RuntimeException failure) {
            stay(name);
            throw failure;
        }
        tell(web, InstanceState.TERMINATED, cause);
        release(name);
        changed();
    }

    private synchronized Instance leave(String name) {
        Instance found = web(name);
        if (find(name).isEmpty()) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be running, found it pending; wait until it is");
        }
        if (!leaving.add(name)) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be running, found it being terminated already");
        }
        record();
        return found;
    }

    private synchronized void stay(String name) {
        leaving.remove(name);
        record();
    }

    private boolean isRegistered(String name) {
        return controller.health().keySet().stream().map(Target::name).anyMatch(name::equals);
    }

    private void tell(Instance web, InstanceState state, String cause) {
        plan.telemetry()
                .happened(new StackEvent.InstanceStateChanged(
                        plan.scheduler().instant(),
                        web.name(),
                        plan.identities().of(web.name()),
                        web.zone().azName(),
                        state.word(),
                        cause));
    }

    private void changed() {
        for (Listener listener : listeners) {
            try {
                listener.changed(topology());
            } catch (RuntimeException failure) {
                plan.telemetry()
                        .happened(new StackEvent.Trouble(
                                plan.scheduler().instant(),
                                "a change of the fleet was not taken in: " + failure.getMessage()));
            }
        }
    }

    void stopWatching() {
        new ArrayList<>(now.get().members().values())
                .forEach(member -> member.monitor().close());
    }
}
