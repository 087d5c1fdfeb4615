package io.failoverlab.simulator;

import io.failoverlab.elb.Rotation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One simulated stack, from its launch through hours of faults, with a rest between them, to a quiet end. Everything in it follows from its seed: a
 * run of the same seed gives the same journal, byte for byte.
 */
public final class Simulation {
    private static final long FAULTS_LAST = Duration.ofMinutes(100).toMillis();
    private static final long TICK = 1_000;

    private final SimulatedTime time = new SimulatedTime();
    private final Journal journal = new Journal(time);
    private final Scenario scenario;
    private final ControlPlane lab;
    private final Invariants rules;
    private final RandomFaults faults;
    private final long seed;

    /**
     * What came of it.
     *
     * @param scenario what was simulated
     * @param simulated how long it was, on its own clock
     * @param events that happened in it
     * @param faults and wishes of users
     * @param violation of the rules, if one was found; it ended the simulation
     * @param journal a line for each thing that came to pass
     */
    public record Result(
            long seed,
            String scenario,
            Duration simulated,
            long events,
            int faults,
            Optional<Violation> violation,
            String journal) {}

    Simulation(long seed, Variant variant) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        this.scenario = Scenario.random(random);
        SimulatedEngine engine = new SimulatedEngine(time, random, journal, scenario.zoneCapacity());
        SimulatedBalancer.Network network = new SimulatedBalancer.Network(new Rotation(List.of(), List.of()));
        this.rules = new Invariants(time, scenario, engine, network);
        this.lab = new ControlPlane(time, random, journal, scenario, variant, engine, network, rules);
        this.faults = new RandomFaults(time, random, journal, scenario, engine, network, lab, rules);
    }

    /** Simulates one stack with its faults. */
    public static Result of(long seed) {
        return new Simulation(seed, Variant.REAL).run();
    }

    Result run() {
        Optional<Violation> violation = Optional.empty();
        try {
            journal.tell(scenario.toString());
            lab.begin(scenario.group());
            time.after(TICK, this::tick);
            pass(scenario.recovery());
            faults.begin();
            pass(FAULTS_LAST / 2);
            faults.rest();
            pass(scenario.rest());
            rules.afterARest();
            faults.goOn();
            pass(FAULTS_LAST / 2);
            faults.end();
            pass(scenario.rest());
            rules.atTheEnd(lab);
        } catch (Violation.Found found) {
            violation = Optional.of(found.violation());
            journal.tell("BROKEN: " + found.violation());
        }
        return new Result(
                seed,
                scenario.toString(),
                Duration.ofMillis(time.elapsed()),
                time.planned(),
                faults.injected(),
                violation,
                journal.toString());
    }

    private void pass(long millis) {
        long end = time.elapsed() + millis;
        long seen = journal.lines();
        while (time.step(end)) {
            if (journal.lines() != seen) {
                seen = journal.lines();
                rules.traffic(lab);
            }
        }
    }

    private void tick() {
        lab.tick();
        rules.traffic(lab);
        rules.recovered(lab);
        time.after(TICK, this::tick);
    }
}
