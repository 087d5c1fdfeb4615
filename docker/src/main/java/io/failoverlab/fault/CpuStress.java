package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * That many {@code yes > /dev/null} inside the instance.
 *
 * @param yes number of processes, 1 to {@value #MOST}
 * @param percent of the instance's processors that they take together, 1 to 100; with 100 each takes what it gets
 * @param limit how long each runs at the most, at least a second
 */
public record CpuStress(int yes, int percent, Duration limit) implements Stress {
    static final int MOST = 64;

    /** Long against the start of a process, short against the second of a metric. */
    private static final int CYCLE_MILLIS = 200;

    public CpuStress {
        if (yes < 1 || yes > MOST) {
            throw new IllegalArgumentException("expected 1 to " + MOST + " `yes` processes, found " + yes);
        }
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("expected 1 to 100 percent, found " + percent);
        }
        Stress.requireLimit(limit);
    }

    /** With all that they get. */
    public CpuStress(int yes, Duration limit) {
        this(yes, 100, limit);
    }

    @Override
    public String name() {
        return "cpu-stress";
    }

    @Override
    public String standsFor() {
        return "a runaway process on an EC2 instance (AWSFIS-Run-CPU-Stress)";
    }

    @Override
    public Optional<Duration> endsAfter() {
        return Optional.of(limit);
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        Workers workers = Workers.of(instance, "stress", scheduler.instant());
        return Injection.of(instance, Undo.EndStress.of(workers, ""), () -> act(workers, instance.cores(), scheduler));
    }

    private Effect act(Workers workers, double cores, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        int busy = busyMillis(cores);
        String failure = workers.start(yes, limit, script(busy));
        int running = workers.running();
        return new Effect(
                injectedAt,
                running == yes,
                running + " of " + yes + " `yes > /dev/null` run in the instance"
                        + (busy == CYCLE_MILLIS ? "" : ", each " + busy * 100 / CYCLE_MILLIS + " % of the time")
                        + (failure.isEmpty() ? "" : ": " + failure));
    }

    /** How much of a cycle each of them is to run. */
    int busyMillis(double cores) {
        if (percent == 100) {
            return CYCLE_MILLIS;
        }
        double share = Math.min(1, percent / 100.0 * cores / yes);
        return Math.max(1, (int) Math.round(share * CYCLE_MILLIS));
    }

    static String script(int busyMillis) {
        return busyMillis >= CYCLE_MILLIS
                ? "exec yes"
                : String.format(
                        Locale.ROOT,
                        "while :; do timeout %.3f yes > /dev/null; sleep %.3f; done",
                        busyMillis / 1000.0,
                        (CYCLE_MILLIS - busyMillis) / 1000.0);
    }
}
