package io.failoverlab.environment;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceMonitor;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetState;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The instances that there are now. Web servers come with {@link #launch} and go with {@link #terminate}, several at once
 * if need be.
 */
public final class Fleet {
    /** Beyond the deregistration delay: the balancer's own steps. */
    private static final Duration DEREGISTRATION_SLACK = Duration.ofSeconds(10);

    private static final Duration STARTING_LIMIT = Duration.ofSeconds(60);

    /** Told of every change of the fleet, after it; may take its time. */
    public interface Listener {
        /** Asks the fleet for what it has to know: another change may have followed. */
        void changed(Fleet fleet);
    }

    private final Launch.Plan plan;
    private final WebLauncher launcher;
    private final LoadBalancerController controller;
    final LaunchRoom room;
    private final InstanceType type;
    final Roster roster;
    private final PreparedInstances prepared;
    final FleetNews news;
    /** By id, since names are used again. */
    private final Set<String> established = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Fleet(Launch.Plan plan, WebLauncher launcher, LoadBalancerController controller) {
        this.plan = plan;
        this.launcher = launcher;
        this.controller = controller;
        this.room = new LaunchRoom(MemoryBudget.of(plan.engine()));
        this.type =
                plan.topology().web().stream().findFirst().map(Instance::type).orElse(InstanceType.T3_SMALL);
        this.roster = new Roster(plan);
        this.news = new FleetNews(this, plan);
        this.prepared = new PreparedInstances(launcher::prepare, PreparedInstances.LIMIT);
    }

    /** Begins to watch an instance that runs; {@code usage} is told of every reading of its counters. */
    void watch(Ec2Instance instance, Consumer<ContainerUsage> usage) {
        roster.find(instance.name()).ifPresent(before -> before.monitor().close());
        InstanceMonitor monitor = new InstanceMonitor(instance, plan.scheduler(), plan.telemetry(), usage);
        roster.add(new Roster.Member(instance, monitor));
        monitor.start();
        Optional<Instance> web = topology().web().stream()
                .filter(it -> it.name().equals(instance.name()))
                .findFirst();
        web.ifPresentOrElse(
                it -> plan.scheduler().launch(() -> settle(instance, it.type())), () -> established.add(instance.id()));
    }

    /** Ends what was granted for the start once the instance serves; one that does not will not have it for ever. */
    private void settle(Ec2Instance instance, InstanceType typeOfIt) {
        plan.scheduler()
                .await(
                        STARTING_LIMIT,
                        () -> closed || isHealthy(instance.name()) ? Optional.of(true) : Optional.empty());
        if (closed || find(instance.name()).isEmpty()) {
            return;
        }
        established.add(instance.id());
        news.changed();
        try {
            launcher.settle(instance, typeOfIt);
        } catch (EngineException failure) {
            if (instance.state() != InstanceState.TERMINATED) {
                news.trouble(instance.name() + " keeps the processors of its start: " + failure.getMessage());
            }
        }
    }

    private boolean isHealthy(String name) {
        return controller.health().entrySet().stream()
                .anyMatch(it -> it.getKey().name().equals(name) && it.getValue().state() == TargetState.HEALTHY);
    }

    /** Another server is in the place of one of that name, with another id. */
    void replaced(Ec2Instance instance, Consumer<ContainerUsage> usage) {
        watch(instance, usage);
        roster.change(now -> now); // writes the new id down
        news.changed();
    }

    /** Takes in what the engine reports of an instance's container. */
    void happened(ContainerEvent event) {
        Optional<Roster.Member> member = roster.find(event.container());
        if (member.isEmpty()) {
            return;
        }
        switch (event.action()) {
            case "die" ->
                controller.instanceEnded(
                        event.container(), member.get().instance().isToStop(), event.exitCode());
            case "pause" -> controller.instanceFrozen(event.container());
            case "unpause" -> controller.instanceBack(event.container());
            case "start" -> {
                controller.instanceBack(event.container());
                if (event.container().equals(topology().loadBalancer().name())) {
                    controller.balancerStarted(event.at());
                }
            }
            default -> {
                // create, attach, exec and the like change nothing for the balancer
            }
        }
        // The end of one that is leaving was asked for, and is told as such.
        if (!isLeaving(event.container())) {
            member.get().monitor().happened(event);
        }
    }

    /** Told of every change from now on. */
    public void onChange(Listener listener) {
        news.listen(listener);
    }

    /** The topology as it is now; web servers that are being launched or terminated are in it. */
    public Topology topology() {
        return roster.now().topology();
    }

    /** Every instance that runs or ran, by name. */
    public List<Ec2Instance> instances() {
        return roster.now().members().values().stream()
                .map(Roster.Member::instance)
                .toList();
    }

    public Optional<Ec2Instance> find(String name) {
        return roster.find(name).map(Roster.Member::instance);
    }

    /** The instance of that name; throws {@link IllegalArgumentException} with the nearest name if there is none. */
    public Ec2Instance instance(String name) {
        return roster.member(name).instance();
    }

    /** The web servers that ought to serve: those that are registered, or will be in this moment, and not leaving. */
    public List<Instance> wanted() {
        return roster.wanted();
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
        room.requireMemory(all);
    }

    /**
     * Sets EC2's attribute {@code disableApiTermination}: people cannot terminate the instance then; its operating system
     * and an Auto Scaling group still can (EC2 guide: "Enable termination protection").
     *
     * @throws IllegalArgumentException if there is no such web server
     */
    public void protect(String name, boolean on) {
        roster.web(name);
        roster.change(now -> now.protectedName(name, on));
    }

    Set<String> protectedNames() {
        return roster.now().protectedNames();
    }

    /** @throws IllegalArgumentException in AWS's words, if people may not terminate it */
    public void requireUnprotected(String name) {
        roster.web(name);
        if (protectedNames().contains(name)) {
            throw new IllegalArgumentException("OperationNotPermitted: the instance " + name + " ("
                    + plan.identities().of(name) + ") may not be terminated; modify its disableApiTermination attribute"
                    + " and try again: `lab protect " + name + " --off`");
        }
    }

    /**
     * Launches a web server and registers it with the target group; returns as soon as its first process runs.
     *
     * @throws io.failoverlab.document.InvalidInput if the zone's subnet is full, or the machine's memory would not do
     * @throws EngineException if its container cannot be started; nothing is left of it then
     */
    public Ec2Instance launch(Zone zone) {
        Instance web = reserve(it -> prepared.next(it, all -> all.nextWeb(zone, type)), plan.identities()::launch);
        Ec2Instance instance = run(web, () -> launcher.start(web));
        register(instance.name());
        return instance;
    }

    /**
     * As {@link #launch(Zone)}, with a name and an id that somebody else keeps account of, and not registered.
     *
     * @throws io.failoverlab.topology.InvalidTopology if the name is taken
     */
    public Ec2Instance launch(String name, String id, Zone zone) {
        Optional<PreparedInstances.Ready> ready = prepared.take(name);
        try {
            Instance web = reserve(
                    it -> ready.map(PreparedInstances.Ready::web)
                            .orElseGet(() -> prepared.next(it, topology -> topology.nextWeb(name, zone, type))),
                    it -> plan.identities().launch(it, id));
            return run(
                    web,
                    () -> ready.map(it -> launcher.launch(web, it.container())).orElseGet(() -> launcher.start(web)));
        } catch (RuntimeException refused) {
            ready.ifPresent(it -> it.container().remove());
            throw refused;
        }
    }

    /**
     * Makes ready what a launch of that name and id will need, if there is room for it.
     *
     * @throws io.failoverlab.document.InvalidInput if the zone's subnet is full
     */
    void prepare(String name, String id, Zone zone) {
        PreparedInstances.Slot slot;
        synchronized (this) {
            slot = prepared.reserve(prepared.next(topology(), it -> it.nextWeb(name, zone, type)));
            plan.identities().launch(name, id);
        }
        prepared.make(slot);
    }

    PreparedInstances prepared() {
        return prepared;
    }

    private synchronized Instance reserve(Function<Topology, Instance> next, Consumer<String> identify) {
        return roster.reserve(topology -> {
            Instance web = next.apply(topology);
            room.requireZone(web.zone().azName());
            room.requireMemory(topology.withWeb(web));
            identify.accept(web.name());
            return web;
        });
    }

    private Ec2Instance run(Instance web, Supplier<Ec2Instance> start) {
        news.tell(web, InstanceState.PENDING, "launched in " + web.zone().azName());
        try {
            Ec2Instance instance = start.get();
            watch(instance, counters -> {});
            // Whoever takes his time to take this in must not keep the instance from being registered.
            plan.scheduler().launch(news::changed);
            return instance;
        } catch (RuntimeException failure) {
            plan.engine().find(plan.owner().run(), web.name()).ifPresent(EngineContainer::remove);
            news.tell(web, InstanceState.TERMINATED, "the launch failed: " + failure.getMessage());
            release(web.name());
            throw failure;
        }
    }

    /** Registers a running web server with the target group; nothing happens if it is. */
    public void register(String name) {
        Target target = launcher.target(roster.web(name));
        roster.change(now -> now.unregistered(name, false));
        controller.register(target);
    }

    /** Takes a web server out of the target group, its requests ended in peace; it goes on running. */
    public void deregister(String name) {
        roster.web(name);
        roster.change(now -> now.unregistered(name, true));
        controller.deregister(name);
    }

    /** Ends to watch an instance that is gone; its name and addresses are free again. */
    synchronized void release(String name) {
        roster.find(name).ifPresent(member -> member.monitor().close());
        plan.identities().forget(name);
        roster.change(now -> now.without(name));
    }

    /**
     * Terminates a web server: no new requests, those under way end, then it shuts down and is gone; its name and addresses
     * are free again. Returns when that is done.
     *
     * @throws IllegalArgumentException if there is no such web server, or it is being terminated already
     */
    public void terminate(String name, String cause) {
        leave(name);
        end(name, cause);
    }

    /** The rest of {@link #terminate}, for one that is leaving. */
    void end(String name, String cause) {
        Instance web = roster.web(name);
        Roster.Member member = roster.member(name);
        try {
            news.changed();
            // Where its end fails it does not serve all the same.
            deregister(name);
            awaitDeregistered(name);
            news.tell(web, InstanceState.SHUTTING_DOWN, cause);
            member.monitor().close();
            member.instance().terminate();
        } catch (RuntimeException failure) {
            roster.change(now -> now.leaving(name, false));
            throw failure;
        }
        news.tell(web, InstanceState.TERMINATED, cause);
        established.remove(member.instance().id());
        release(name);
        news.changed();
    }

    /** Stops a web server that is in the target group no more, as soon as its requests have ended. */
    void stop(String name) {
        awaitDeregistered(name);
        instance(name).stop();
    }

    private void awaitDeregistered(String name) {
        Duration limit =
                topology().loadBalancer().targetGroup().deregistrationDelay().plus(DEREGISTRATION_SLACK);
        plan.scheduler().await(limit, () -> isRegistered(name) ? Optional.empty() : Optional.of(true));
    }

    private synchronized void leave(String name) {
        roster.web(name);
        if (find(name).isEmpty()) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be running, found it pending; wait until it is");
        }
        if (isLeaving(name)) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be running, found it being terminated already");
        }
        roster.change(now -> now.leaving(name, true));
    }

    boolean isLeaving(String name) {
        return roster.now().leaving().contains(name);
    }

    private boolean isRegistered(String name) {
        return controller.health().keySet().stream().map(Target::name).anyMatch(name::equals);
    }

    /** The names of the instances that are past their start and not leaving. */
    public Set<String> established() {
        Roster.Now now = roster.now();
        return now.members().values().stream()
                .map(Roster.Member::instance)
                .filter(it -> established.contains(it.id()) || isHealthy(it.name()))
                .filter(it -> !now.leaving().contains(it.name()))
                .map(Ec2Instance::name)
                .collect(Collectors.toSet());
    }

    /** Goes on with what another lab had meant to do with the instances; those that leave have to be {@link #end}ed. */
    void goOn(Set<String> protectedByIt, List<String> leaving) {
        roster.change(now -> now.goOn(protectedByIt, leaving));
    }

    void stopWatching() {
        closed = true;
        roster.now().members().values().forEach(member -> member.monitor().close());
    }
}
