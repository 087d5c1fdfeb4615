package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.time.Instant;

/**
 * Every packet that an instance sends is late, on all its networks. Where the kernel has no netem a relay holds back what the
 * instance answers on connections that others open to it: between balancer and web server, or web server and database.
 *
 * @param delay above 0
 * @param jitter by which it varies, not above the delay
 */
public record Latency(Duration delay, Duration jitter) implements NetworkFault {
    private static final String PROBE = "tc qdisc add dev lo root netem delay 0ms && tc qdisc del dev lo root";
    private static final String DELAY = """
            for d in $(ip -o link show | sed -n 's/^[0-9]*: \\(eth[0-9]*\\).*/\\1/p'); do
                tc qdisc replace dev "$d" root netem delay "$1"ms "$2"ms || exit 1
            done
            tc qdisc show | grep -c netem
            """;

    public Latency {
        if (!delay.isPositive() || jitter.isNegative() || jitter.compareTo(delay) > 0) {
            throw new IllegalArgumentException(
                    "expected a delay above 0 and a jitter up to it, found " + delay + " and " + jitter);
        }
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String standsFor() {
        return "a slow network (AWSFIS-Run-Network-Latency)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        return NetworkFault.run(instance, PROBE).exitCode() == 0
                ? Injection.of(instance, new Undo.RemoveDelay(instance.name()), () -> act(instance, scheduler))
                : new LatencyByRelay(this, instance, scheduler).prepare();
    }

    private Effect act(Ec2Instance instance, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        ExecResult made =
                NetworkFault.run(instance, DELAY, Long.toString(delay.toMillis()), Long.toString(jitter.toMillis()));
        String interfaces = made.stdout().strip();
        boolean late = made.exitCode() == 0 && !interfaces.equals("0");
        return new Effect(
                injectedAt,
                late,
                late
                        ? delay.toMillis() + " ms on " + interfaces
                                + (interfaces.equals("1") ? " interface" : " interfaces")
                        : "no delay: " + made.stderr().strip());
    }
}
