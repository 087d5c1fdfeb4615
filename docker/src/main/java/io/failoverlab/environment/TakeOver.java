package io.failoverlab.environment;

import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.NginxProcess;
import io.failoverlab.elb.Target;
import io.failoverlab.engine.ContainerState;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.fault.FaultRecord;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Subnet;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes on with a stack whose lab died while it ran. What the dead lab had begun is completed where that is possible; where
 * it is not, the stack is refused and left as it is.
 */
public final class TakeOver {
    private static final Duration BALANCER_LIMIT = Duration.ofSeconds(15);

    private final Launch.Plan plan;
    private final TelemetryTap tap;
    private final StackState state;
    private final Consumer<String> told;
    private final Map<String, EngineContainer> containers;

    private TakeOver(Launch.Plan plan, StackState state, Consumer<String> told) {
        this.tap = new TelemetryTap(plan.telemetry());
        this.plan = plan.withTelemetry(tap);
        this.state = state;
        this.told = told;
        this.containers = plan.engine().containers(plan.owner().run()).stream()
                .collect(Collectors.toMap(EngineContainer::name, Function.identity()));
    }

    /**
     * Takes the stack over. Its clients notice nothing.
     *
     * @param plan with topology, images and identities of the state
     * @param told in words, what was found unfinished and what became of it
     * @throws CannotTakeOver if a part is missing without which it cannot go on
     */
    public static Environment of(Launch.Plan plan, StackState state, Consumer<String> told) {
        return new TakeOver(plan, state, told).run();
    }

    private Environment run() {
        Topology topology = ReplicaPromotion.decided(plan.topology(), new RestoredFile(plan.folder()).read());
        requireNetworks();
        EngineContainer balancer = required(topology.loadBalancer().name());
        required(topology.primaryDatabase().name());
        plan.engine().takeOver(plan.owner());
        runAgain(balancer);
        topology.databaseServers().forEach(this::makeAgain);
        List<FaultRecord> faults = new FaultFile(plan.folder()).read();
        topology.databaseServers().stream()
                .filter(it -> isMeantToRun(it, faults, plan.scheduler().instant()))
                .forEach(it -> runAgain(containers.get(it.identifier())));
        if (topology.hasStandby()) {
            completeConversion(topology);
        }

        PreparedInstances.removeOthers(plan.engine(), plan.owner().run(), known());
        Launch.Plan present = plan.withTopology(withoutUnfinished(topology));
        StackParts parts = new StackParts(present);
        NginxProcess nginx = parts.nginx();
        if (!nginx.takeOver(balancer, BALANCER_LIMIT)) {
            throw new CannotTakeOver("expected the load balancer " + balancer.name() + " to say what it serves within "
                    + BALANCER_LIMIT.toSeconds() + " s, found no answer");
        }
        DbCredentials credentials = DbCredentials.read(parts.containers().databaseSecrets());
        DatabaseTier db = new DatabaseTier(
                present,
                parts,
                credentials,
                topology.databaseServers().stream()
                        .map(it -> parts.database(it, containers.get(it.identifier()), credentials))
                        .toList());
        List<Ec2Instance> instances = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        for (Instance web : present.topology().web()) {
            instances.add(parts.launcher().of(web, containers.get(web.name())));
            if (!state.group().lifecycle().containsKey(web.name())) {
                targets.add(parts.launcher().target(web));
            }
        }
        instances.addAll(db.instances());
        instances.add(parts.balancerInstance(balancer));
        LoadBalancerController controller = parts.controller(nginx);
        Fleet fleet = new Fleet(present, parts.launcher(), controller);
        fleet.roster.recall(state.group());
        Environment environment = new Environment(present, fleet, controller, db, tap);
        try {
            environment.takeOver(instances, targets, balancer);
            // Before anybody writes the roster down anew.
            List<String> leaving = goOn(fleet);
            environment.goOn(told);
            terminate(fleet, leaving);
            tellOfTheRest(environment);
            if (state.group().refreshing()) {
                told.accept("the instance refresh ended with the dead lab; `lab refresh web` begins it anew");
            }
            environment.startGroup();
            return environment;
        } catch (RuntimeException failure) {
            environment.leave();
            throw failure;
        }
    }

    /** The names of all that the dead lab kept account of: the stack's own, and the databases restored beside it. */
    private Set<String> known() {
        Stream<String> restored = new RestoredFile(plan.folder())
                .read().stream().map(it -> it.model().identifier());
        return Stream.concat(plan.topology().nodes().stream().map(Node::name), restored)
                .collect(Collectors.toSet());
    }

    private void requireNetworks() {
        List<String> found = plan.engine().networks(plan.owner().run());
        List<String> missing = plan.topology().subnets().stream()
                .map(Subnet::name)
                .filter(name -> !found.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new CannotTakeOver("expected a network for each subnet of "
                    + plan.topology().name() + ", found none for " + String.join(", ", missing));
        }
    }

    private EngineContainer required(String name) {
        return Optional.ofNullable(containers.get(name))
                .orElseThrow(() -> new CannotTakeOver("expected a container for " + name + ", found none"));
    }

    /** A standby or a read replica was being replaced; the empty one is filled as after a failover. */
    private void makeAgain(DbInstance server) {
        if (!containers.containsKey(server.name())) {
            StackParts parts = new StackParts(plan);
            parts.createVolume(server);
            containers.put(server.name(), plan.engine().start(parts.containers().database(server), plan.owner()));
            told.accept(server.name() + " had no container and was made again, as an empty "
                    + (server.role() == DbInstance.Role.READ_REPLICA ? "read replica" : "standby"));
        }
    }

    /** The dead lab may have been about to give the database its standby. */
    private void completeConversion(Topology topology) {
        StackParts parts = new StackParts(plan);
        DbCredentials.keepShut(parts.containers().databaseSecrets());
        topology.nodes()
                .forEach(it -> Optional.ofNullable(containers.get(it.name()))
                        .ifPresent(container -> parts.connect(it, container)));
    }

    /** Not one that is stopped while it stands by, or that a fault keeps down. */
    static boolean isMeantToRun(DbInstance database, List<FaultRecord> faults, Instant now) {
        boolean asleep = database.role() == DbInstance.Role.STANDBY
                && !database.options().redundancy().runs();
        return !asleep && faults.stream().noneMatch(it -> !it.isOver(now) && it.keepsDown(database.identifier()));
    }

    /** Where one of these has ended there is no service, and nothing to be careful with. */
    private void runAgain(EngineContainer container) {
        if (!container.state().running()) {
            container.start();
            told.accept(container.name() + " had ended and was started again");
        }
    }

    /** Web servers without a container, or with one that never ran, are given up: their launch had no end. */
    private Topology withoutUnfinished(Topology topology) {
        Topology present = topology;
        for (Instance web : topology.web()) {
            Optional<EngineContainer> container = Optional.ofNullable(containers.get(web.name()));
            if (container.flatMap(EngineContainer::startedAt).isEmpty()) {
                container.ifPresent(EngineContainer::remove);
                present = present.withoutWeb(web.name());
                plan.identities().forget(web.name());
                told.accept("the launch of " + web.name() + " had no end and was given up");
            }
        }
        return present;
    }

    /** What nobody will bring back: neither a fault's end, nor a group, nor a failover. */
    private void tellOfTheRest(Environment environment) {
        Set<String> ofFaults = environment.faults().stream()
                .flatMap(fault -> fault.instances().stream())
                .collect(Collectors.toSet());
        Set<String> asleep = environment.topology().databases().stream()
                .filter(it -> !isMeantToRun(it, List.of(), Instant.EPOCH))
                .map(DbInstance::identifier)
                .collect(Collectors.toSet());
        Predicate<String> othersCare =
                name -> ofFaults.contains(name) || state.group().lifecycle().containsKey(name) || asleep.contains(name);
        for (Ec2Instance instance : environment.instances()) {
            if (othersCare.test(instance.name())) {
                continue;
            }
            ContainerState found = instance.container().state();
            if (found.paused() || !found.running()) {
                told.accept(instance.name() + " is " + (found.paused() ? "paused" : "stopped") + "; `lab start "
                        + instance.name() + "` brings it back");
            }
        }
    }

    /** @return the names of those whose termination has to go on */
    private List<String> goOn(Fleet fleet) {
        List<String> leaving =
                leaving().filter(name -> fleet.find(name).isPresent()).toList();
        fleet.goOn(state.protectedNames(), leaving);
        return leaving;
    }

    private void terminate(Fleet fleet, List<String> leaving) {
        for (String name : leaving) {
            told.accept("the termination of " + name + " goes on");
            plan.scheduler().launch(() -> fleet.end(name, "its termination was under way when the lab died"));
        }
    }

    private Stream<String> leaving() {
        Stream<String> byGroup = state.group().lifecycle().entrySet().stream()
                .filter(it -> it.getValue() == LifecycleState.TERMINATING
                        || it.getValue() == LifecycleState.WARMED_TERMINATING)
                .map(Map.Entry::getKey);
        return Stream.concat(state.leaving().stream(), byGroup).distinct();
    }
}
