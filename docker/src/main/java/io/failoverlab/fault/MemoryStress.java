package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process takes memory until so much of the instance's is in use, and keeps it. Where that is more than there is, the kernel
 * ends the largest process of the instance, as on EC2.
 *
 * @param percent of the instance's memory that is in use then, 1 to 100
 * @param limit how long, at least a second
 */
public record MemoryStress(int percent, Duration limit) implements Stress {
    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(30);

    public MemoryStress {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("expected 1 to 100 percent, found " + percent);
        }
        Stress.requireLimit(limit);
    }

    @Override
    public String name() {
        return "memory-stress";
    }

    @Override
    public String standsFor() {
        return "a memory leak on an EC2 instance (AWSFIS-Run-Memory-Stress)";
    }

    @Override
    public Optional<Duration> endsAfter() {
        return Optional.of(limit);
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        MemoryUse before = MemoryUse.of(instance);
        long missing = before.missing(percent);
        if (missing <= 0) {
            throw new NotRunning("expected less than " + percent + " % of " + instance.name()
                    + "'s memory in use, found " + before + "; a higher percent takes more");
        }
        Workers workers = Workers.of(instance, "memory", scheduler.instant());
        return Injection.of(instance, Undo.EndStress.of(workers, ""), () -> act(workers, missing, scheduler));
    }

    private Effect act(Workers workers, long bytes, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        String failure = workers.start(1, limit, script(bytes, limit));
        // Either it has taken it all, or the kernel has ended it.
        scheduler.await(
                EFFECT_LIMIT,
                () -> MemoryUse.of(workers.instance()).reaches(percent) || workers.running() == 0
                        ? Optional.of(true)
                        : Optional.empty());
        MemoryUse now = MemoryUse.of(workers.instance());
        boolean running = workers.running() == 1;
        return new Effect(
                injectedAt,
                running && now.reaches(percent),
                "in use: " + now + (running ? "" : "; the process that took it has ended" + because(failure)));
    }

    private static String because(String failure) {
        return failure.isEmpty() ? ", or the kernel has ended it" : ": " + failure;
    }

    /** {@code tail} keeps the last bytes until its input ends, and that is when the sleep does. */
    static String script(long bytes, Duration limit) {
        return "{ head -c %d /dev/zero; sleep %d; } | tail -c %d > /dev/null"
                .formatted(bytes, limit.toSeconds(), bytes);
    }
}
