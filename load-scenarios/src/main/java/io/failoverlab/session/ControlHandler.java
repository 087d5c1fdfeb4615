package io.failoverlab.session;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetHealth;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.WebGroup;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Faults;
import io.failoverlab.rds.MultiAzController;
import io.failoverlab.rds.ReplicaKeeper;
import io.failoverlab.rds.Storage;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.Node;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries requests from other terminals out. What cannot be done is refused with the reason, by exception. */
final class ControlHandler implements Function<ControlRequest, ControlReply> {
    private final Environment environment;
    private final CountDownLatch down;
    private final Activities activities;
    private final DatabaseHandler databases;

    ControlHandler(Environment environment, Activities activities, CountDownLatch down) {
        this.environment = environment;
        this.activities = activities;
        this.down = down;
        this.databases = new DatabaseHandler(environment);
    }

    @Override
    public ControlReply apply(ControlRequest request) {
        return switch (request) {
            case ControlRequest.Inject inject -> inject(inject);
            case ControlRequest.Heal(String instance) -> {
                environment.heal(instance);
                yield ControlReply.done(instance + " runs; it is in service again after its health checks");
            }
            case ControlRequest.HealZone(String zone) -> {
                environment.healZone(zone);
                yield ControlReply.done(
                        "zone " + zone + " is back; its targets are in service again after their health checks");
            }
            case ControlRequest.Scale scale -> scale(scale);
            case ControlRequest.CancelRefresh() -> {
                environment.scaling().cancelRefresh();
                yield ControlReply.done("the instance refresh is cancelled; what it has replaced stays");
            }
            case ControlRequest.Refresh() ->
                ControlReply.done(String.join("\n", environment.scaling().refresh()));
            case ControlRequest.Terminate(String instance) ->
                ControlReply.done(environment.scaling().terminate(instance));
            case ControlRequest.Protect protect -> protect(protect);
            case ControlRequest.Standby(String instance, boolean on) -> standby(instance, on);
            case ControlRequest.OfDatabase ofDatabase -> databases.apply(ofDatabase);
            case ControlRequest.Reboot(String instance)
            when databases.canReboot(instance) -> databases.reboot(instance);
            case ControlRequest.Reboot(String instance) -> {
                environment.instance(instance).reboot();
                yield ControlReply.done(instance + " reboots; it is in service again after its health checks");
            }
            case ControlRequest.CompleteLifecycleAction(String instance, LifecycleHook.Result result) -> {
                environment.requireGroup().completeLifecycleAction(instance, result);
                yield ControlReply.done("the lifecycle action of " + instance + " is completed with " + result
                        + "; `lab status` shows on");
            }
            case ControlRequest.Query(String sql) -> query(sql);
            case ControlRequest.Failover(String database, boolean force) ->
                ControlReply.done(environment.failOver(database, force));
            case ControlRequest.StartLoad(int rate, long millis) ->
                ControlReply.done(activities.startLoad(rate, Duration.ofMillis(millis)));
            case ControlRequest.StopLoad() -> ControlReply.done(activities.stopLoad());
            case ControlRequest.RunExperiment(String experiment) ->
                ControlReply.done(activities.runExperiment(experiment).toString());
            case ControlRequest.Status() -> status();
            case ControlRequest.DownWithSnapshot withSnapshot -> {
                ControlReply kept = databases.finalSnapshot(withSnapshot);
                down.countDown();
                yield kept;
            }
            case ControlRequest.Down() -> {
                down.countDown();
                yield ControlReply.done("the lab is going down");
            }
        };
    }

    private ControlReply inject(ControlRequest.Inject request) {
        Optional<Duration> limit =
                Optional.of(Duration.ofMillis(request.limitMillis())).filter(Duration::isPositive);
        Fault fault = Faults.named(request.fault(), limit, request.values());
        if (request.dryRun()) {
            return ControlReply.done(fault.name() + " would hit "
                    + String.join(", ", environment.wouldHit(fault, request.where())) + " (stands for "
                    + fault.standsFor() + "); nothing was done");
        }
        ActiveFault active = environment.inject(fault, request.where(), limit);
        String message = fault.name() + " " + active.where() + ": " + active.evidence() + " (stands for "
                + fault.standsFor() + ")" + ending(active, request);
        return active.tookEffect() ? ControlReply.done(message) : ControlReply.refused(message);
    }

    private static String ending(ActiveFault active, ControlRequest.Inject request) {
        if (!active.fault().lasts()) {
            return "";
        }
        String undo = Faults.isOfZone(request.fault())
                ? "lab fault az " + request.where() + " --undo"
                : "lab start " + active.instances().getFirst();
        return active.until()
                .map(end -> "; undone after "
                        + Duration.between(active.injectedAt(), end).toSeconds() + " s")
                .orElse("; `" + undo + "` undoes it");
    }

    private ControlReply protect(ControlRequest.Protect request) {
        String instance = request.instance();
        return switch (request.from()) {
            case TERMINATION -> {
                environment.fleet().protect(instance, request.on());
                yield ControlReply.done(
                        instance + (request.on() ? " is protected from" : " can be given to") + " termination");
            }
            case SCALE_IN -> {
                environment.requireGroup().protectFromScaleIn(instance, request.on());
                yield ControlReply.done(instance
                        + (request.on()
                                ? " stays when the group scales in; it is replaced all the same if it fails"
                                : " may go when the group scales in"));
            }
        };
    }

    private ControlReply standby(String instance, boolean on) {
        WebGroup group = environment.requireGroup();
        if (on) {
            group.enterStandby(instance);
            return ControlReply.done(
                    instance + " is in standby: it runs and gets no requests, and another takes its place;"
                            + " `lab standby " + instance + " --exit` puts it into service again");
        }
        group.exitStandby(instance);
        return ControlReply.done(instance + " is in service again after its health checks; desired capacity "
                + group.size().desired());
    }

    private ControlReply scale(ControlRequest.Scale request) {
        List<String> lines = new ArrayList<>(
                environment.scaling().scaleTo(request.desired(), limit(request.min()), limit(request.max())));
        lines.add(request.desired() + " web servers");
        return ControlReply.done(String.join("\n", lines));
    }

    private static OptionalInt limit(int given) {
        return given < 0 ? OptionalInt.empty() : OptionalInt.of(given);
    }

    private ControlReply query(String sql) {
        try {
            return ControlReply.done(environment.database().query(sql).stream()
                    .map(row -> String.join("\t", row))
                    .collect(Collectors.joining("\n")));
        } catch (SQLException failure) {
            return ControlReply.refused(failure.getMessage());
        }
    }

    private ControlReply status() {
        Map<Target, TargetHealth> targets = environment.targets();
        List<ControlReply.InstanceStatus> instances = new ArrayList<>();
        for (Node node : environment.topology().nodes()) {
            instances.add(environment
                    .fleet()
                    .find(node.name())
                    .map(instance -> status(instance, node, targets))
                    .orElseGet(() -> pending(node)));
        }
        environment
                .databases()
                .restored()
                .forEach(it -> instances.add(status(it.server().instance(), it.model(), targets)));
        instances.sort(Comparator.comparing(ControlReply.InstanceStatus::name));
        List<FaultStatus> faults =
                environment.faults().stream().map(FaultStatus::of).toList();
        return new ControlReply(
                true,
                "",
                instances,
                faults,
                environment.group().map(GroupStatus::of).stream().toList());
    }

    /** What keeps a server tells its role where a target has its health; a full one is told with RDS's status. */
    private ControlReply.InstanceStatus status(Ec2Instance instance, DbInstance node) {
        Optional<String> kept = switch (node.role()) {
            case READ_REPLICA -> environment.readReplica().map(ReplicaKeeper::state);
            case PRIMARY, STANDBY ->
                environment.multiAz().filter(pair -> isOwn(node)).map(MultiAzController::state);
        };
        Stream<String> full = environment.databases().storage().stream()
                .filter(it -> it == Storage.State.FULL && isOwn(node))
                .map(it -> "storage-full");
        return new ControlReply.InstanceStatus(
                instance.name(),
                instance.id(),
                instance.zone(),
                node.primary().address().toString(),
                instance.state().word(),
                kept.map(it -> word(node.role())).orElse(""),
                Stream.concat(kept.stream(), full).collect(Collectors.joining(", ")));
    }

    /** Not one that was restored beside it, nor a read replica. */
    private boolean isOwn(DbInstance node) {
        return environment.topology().databases().stream()
                .anyMatch(it -> it.identifier().equals(node.identifier()));
    }

    private static String word(DbInstance.Role role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ControlReply.InstanceStatus status(Ec2Instance instance, Node node, Map<Target, TargetHealth> targets) {
        if (node instanceof DbInstance database) {
            return status(instance, database);
        }
        Optional<TargetHealth> health = targets.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(instance.name()))
                .map(Map.Entry::getValue)
                .findFirst();
        return new ControlReply.InstanceStatus(
                instance.name(),
                instance.id(),
                instance.zone(),
                node.primary().address().toString(),
                instance.state().word(),
                health.map(it -> it.state().word()).orElse(""),
                health.map(TargetHealth::description).orElse(""));
    }

    /** Its container is being made. */
    private static ControlReply.InstanceStatus pending(Node node) {
        return new ControlReply.InstanceStatus(
                node.name(), "", "", node.primary().address().toString(), InstanceState.PENDING.word(), "", "");
    }
}
