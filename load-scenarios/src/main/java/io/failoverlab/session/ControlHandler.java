package io.failoverlab.session;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.elb.Target;
import io.failoverlab.elb.TargetHealth;
import io.failoverlab.environment.Environment;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Faults;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Carries requests from other terminals out. What cannot be done is refused with the reason, by exception. */
final class ControlHandler implements Function<ControlRequest, ControlReply> {
    private final Environment environment;
    private final CountDownLatch down;

    ControlHandler(Environment environment, CountDownLatch down) {
        this.environment = environment;
        this.down = down;
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
            case ControlRequest.Status() -> status();
            case ControlRequest.Down() -> {
                down.countDown();
                yield ControlReply.done("the lab is going down");
            }
        };
    }

    private ControlReply inject(ControlRequest.Inject request) {
        Optional<Duration> limit =
                Optional.of(Duration.ofMillis(request.limitMillis())).filter(Duration::isPositive);
        int yes = request.yes() == 0 ? Faults.STRESS_PROCESSES : request.yes();
        ActiveFault fault = environment.inject(Faults.named(request.fault(), limit, yes), request.where(), limit);
        String until = limit.map(time -> "; undone after " + time.toSeconds() + " s")
                .orElse("; `" + undo(request) + "` undoes it");
        String message = request.fault() + " " + fault.where() + ": " + fault.evidence() + " (stands for "
                + fault.fault().standsFor() + ")" + until;
        return fault.tookEffect() ? ControlReply.done(message) : ControlReply.refused(message);
    }

    private static String undo(ControlRequest.Inject request) {
        return Faults.isOfZone(request.fault())
                ? "lab fault az " + request.where() + " --undo"
                : "lab start " + request.where();
    }

    private ControlReply status() {
        Map<Target, TargetHealth> targets = environment.targets();
        List<ControlReply.InstanceStatus> instances = environment.instances().stream()
                .map(instance -> status(instance, targets))
                .toList();
        List<String> faults =
                environment.faults().stream().map(ControlHandler::line).toList();
        return new ControlReply(true, "", instances, faults);
    }

    private static String line(ActiveFault fault) {
        boolean ofOne = fault.instances().equals(List.of(fault.where()));
        return fault.fault().name() + " " + fault.where()
                + (ofOne ? "" : " (" + String.join(", ", fault.instances()) + ")");
    }

    private ControlReply.InstanceStatus status(Ec2Instance instance, Map<Target, TargetHealth> targets) {
        Optional<TargetHealth> health = targets.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(instance.name()))
                .map(Map.Entry::getValue)
                .findFirst();
        Topology topology = environment.topology();
        return new ControlReply.InstanceStatus(
                instance.name(),
                instance.id(),
                instance.zone(),
                topology.node(instance.name()).primary().address().toString(),
                instance.state().word(),
                health.map(it -> it.state().word()).orElse(""),
                health.map(TargetHealth::description).orElse(""));
    }
}
