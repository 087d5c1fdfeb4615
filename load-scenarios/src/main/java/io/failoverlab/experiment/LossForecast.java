package io.failoverlab.experiment;

import io.failoverlab.document.DurationText;
import io.failoverlab.fault.Cut;
import io.failoverlab.fault.Deaf;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Hang;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.KillProcess;
import io.failoverlab.fault.NetworkFault;
import io.failoverlab.fault.Pause;
import io.failoverlab.fault.Reboot;
import io.failoverlab.fault.ReplicaLag;
import io.failoverlab.fault.ServiceFault;
import io.failoverlab.fault.Slow;
import io.failoverlab.fault.Stop;
import io.failoverlab.fault.Stress;
import io.failoverlab.fault.ZoneFault;
import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.Retry;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.util.Optional;

/**
 * How many requests a dying target costs where only its health checks find out and nothing is repeated: by AWS's clocks with
 * the retry policy {@code alb}. Known before the load from the parameters alone, but for the moment of the fault within the
 * interval of the health checks. Pure.
 *
 * <pre>
 * lost  =  rate / targets  x  (until the next check  +  (unhealthy threshold - 1) x interval  +  how long a failing check takes)
 * </pre>
 *
 * How long a lost request takes to fail makes no difference: none of them comes back.
 *
 * @param rate requests a second
 * @param targets that share them equally
 * @param failing how long a failing check takes: its time-out where the address is silent, nothing where it refuses
 */
record LossForecast(int rate, int targets, Duration interval, int unhealthyThreshold, Duration failing) {
    LossForecast {
        if (rate < 1 || targets < 1 || unhealthyThreshold < 1) {
            throw new IllegalArgumentException("expected a rate, targets and a threshold of 1 or more, found " + rate
                    + ", " + targets + " and " + unhealthyThreshold);
        }
    }

    /** Empty where requests are repeated, where faults are known at once, or where not all that is lost is lost at once. */
    static Optional<LossForecast> of(Topology topology, int rate, Fault fault) {
        var balancer = topology.loadBalancer();
        boolean onlyChecks = balancer.timing().clocks() == Timing.Clocks.AWS
                && balancer.balancing() == Balancing.TUNED
                && balancer.forwarding().retry() == Retry.ALB;
        HealthCheck check = balancer.healthCheck();
        // AWS replaces an instance that does not run at once, and gives no figure for it.
        boolean replaced = topology.autoScaling().isPresent() && fault instanceof Kill;
        return onlyChecks && !replaced
                ? failing(fault, check)
                        .map(failing -> new LossForecast(
                                rate, topology.web().size(), check.interval(), check.unhealthyThreshold(), failing))
                : Optional.empty();
    }

    private static Optional<Duration> failing(Fault fault, HealthCheck check) {
        return switch (fault) {
            case Kill kill -> Optional.of(check.timeout());
            case KillProcess refuses ->
                refuses.equals(new KillProcess()) ? Optional.of(Duration.ZERO) : Optional.empty();
            // What is under way ends, what is stuck may yet be answered, what is slow is answered.
            case Stop stop -> Optional.empty();
            case Reboot reboot -> Optional.empty();
            case Pause pause -> Optional.empty();
            case Cut cut -> Optional.empty();
            case Hang hang -> Optional.empty();
            case Deaf deaf -> Optional.empty();
            case Slow slow -> Optional.empty();
            case Stress stress -> Optional.empty();
            case NetworkFault network -> Optional.empty();
            case ReplicaLag delay -> Optional.empty();
            case ServiceFault service -> Optional.empty();
            // More than one target, and the database may be among them.
            case ZoneFault zone -> Optional.empty();
        };
    }

    /** With the next check so long after the fault. */
    long lost(Duration untilNextCheck) {
        return Math.round(perSecond() * seconds(outOfService(untilNextCheck)));
    }

    /** From the fault until the target is unhealthy. */
    Duration outOfService(Duration untilNextCheck) {
        return untilNextCheck
                .plus(interval.multipliedBy(unhealthyThreshold - 1L))
                .plus(failing);
    }

    private double perSecond() {
        return (double) rate / targets;
    }

    /** The reckoning in words, before it is known when within the interval the fault comes. */
    String inAdvance(String instance) {
        return "forecast: " + instance
                + " costs %d to %d requests, %d on average: %s x (0 to %s to its next health check%s)"
                        .formatted(
                                lost(Duration.ZERO),
                                lost(interval),
                                lost(interval.dividedBy(2)),
                                share(instance),
                                DurationText.print(interval),
                                rest());
    }

    /** The reckoning in words. */
    String reckoning(String instance, Duration untilNextCheck) {
        return "%d requests = %s x (%.2f s to its next health check%s)"
                .formatted(lost(untilNextCheck), share(instance), seconds(untilNextCheck), rest());
    }

    private String share(String instance) {
        return rate + " a second x 1/" + targets + " to " + instance;
    }

    private String rest() {
        return " + %d x %s interval + %s until a check fails"
                .formatted(unhealthyThreshold - 1, DurationText.print(interval), DurationText.print(failing));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
