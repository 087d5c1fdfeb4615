package io.failoverlab.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Many simulations, one seed after the other, until there are enough hours or one breaks a rule. */
public final class SimulationSuite {
    private SimulationSuite() {}

    /**
     * What came of them.
     *
     * @param simulations that ended
     * @param simulated their time, by their own clocks
     * @param broken the one of the lowest seed that was found to break a rule
     */
    public record Summary(
            int simulations, Duration simulated, long events, long faults, Optional<Simulation.Result> broken) {}

    /**
     * @param hours to simulate at least, unless a rule is broken before
     * @param firstSeed further ones follow it
     * @param workers at once, 1 or more; each simulation is one's alone, so that the seeds stay independent
     */
    public static Summary run(Duration hours, long firstSeed, int workers) {
        AtomicLong nextSeed = new AtomicLong(firstSeed);
        AtomicLong millis = new AtomicLong();
        AtomicLong events = new AtomicLong();
        AtomicLong faults = new AtomicLong();
        AtomicLong ended = new AtomicLong();
        AtomicReference<Simulation.Result> broken = new AtomicReference<>();
        IntStream.range(0, workers).parallel().forEach(worker -> {
            while (millis.get() < hours.toMillis() && broken.get() == null) {
                Simulation.Result result = Simulation.of(nextSeed.getAndIncrement());
                millis.addAndGet(result.simulated().toMillis());
                events.addAndGet(result.events());
                faults.addAndGet(result.faults());
                ended.incrementAndGet();
                if (result.violation().isPresent()) {
                    broken.accumulateAndGet(
                            result, (one, other) -> one == null || other.seed() < one.seed() ? other : one);
                }
            }
        });
        return new Summary(
                Math.toIntExact(ended.get()),
                Duration.ofMillis(millis.get()),
                events.get(),
                faults.get(),
                Optional.ofNullable(broken.get()));
    }
}
