package io.failoverlab.profile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A load as it is planned: an open model, so requests start on schedule however slow the answers are. What starts in its
 * first part, in which everything warms up, is not judged.
 *
 * @param unjudged whole seconds from the start of the load, 0 or more, less than it lasts
 * @param orderShare share of the requests that are orders, or new prices, 0 to 1; 0 for a simulation that only reads
 * @param seed decides what each customer does; equal seeds make equal requests, order keys excepted
 * @param paths that are requested by {@link Simulations#GET}, 1 to {@value #MOST_PATHS}; none by another
 * @param own what {@link Simulations#OWN} is; empty for another
 */
public record LoadProfile(
        Simulations simulation,
        Rates rates,
        Duration unjudged,
        double orderShare,
        long seed,
        LoadTarget target,
        List<String> paths,
        Optional<OwnSimulation> own) {

    /** Each is counted by itself, also in the monitor. */
    public static final int MOST_PATHS = 20;

    /** What one generator was measured to deliver on two cores without becoming the bottleneck itself. */
    public static final int MAX_RATE = 10_000;

    static final int MAX_RAMP_SECONDS = 600;
    private static final Duration LONGEST = Duration.ofDays(1);

    public LoadProfile {
        requireNonNull(simulation, "simulation");
        requireNonNull(target, "target");
        List<String> problems = new ArrayList<>();
        wholeSeconds("warm-up", unjudged, problems);
        if (unjudged.compareTo(rates.length()) >= 0) {
            problems.add("warm-up: expected less than the load's "
                    + rates.length().toSeconds() + " s, found " + unjudged.toSeconds() + " s");
        }
        orderShare(simulation, orderShare, problems);
        paths = List.copyOf(paths);
        problems.addAll(problemsOf(simulation, paths));
        if ((simulation == Simulations.OWN) != own.isPresent()) {
            problems.add("own simulation: expected " + (own.isPresent() ? "none" : "one") + " for " + simulation.label()
                    + ", found " + own.map(OwnSimulation::className).orElse("none"));
        }
        throwIfAny(problems);
    }

    /** With customers that the lab knows. */
    public LoadProfile(
            Simulations simulation,
            Rates rates,
            Duration unjudged,
            double orderShare,
            long seed,
            LoadTarget target,
            List<String> paths) {
        this(simulation, rates, unjudged, orderShare, seed, target, paths, Optional.empty());
    }

    /** Without paths of its own. */
    public LoadProfile(
            Simulations simulation, Rates rates, Duration unjudged, double orderShare, long seed, LoadTarget target) {
        this(simulation, rates, unjudged, orderShare, seed, target, List.of());
    }

    /** What is wrong with the paths that a simulation is to request, a sentence each. */
    public static List<String> problemsOf(Simulations simulation, List<String> paths) {
        List<String> problems = new ArrayList<>();
        int most = simulation == Simulations.GET ? MOST_PATHS : 0;
        int least = Math.min(1, most);
        if (paths.size() < least || paths.size() > most) {
            problems.add("paths: expected " + (most == 0 ? "none" : least + " to " + most) + " for "
                    + simulation.label() + ", found " + paths.size());
        }
        paths.stream()
                .filter(path -> !path.matches("/[!-~]{0,1023}") || path.contains("#{"))
                .forEach(path -> problems.add("paths: expected a path such as /index.html, found \"" + path + '"'));
        return problems;
    }

    /**
     * One rate, after a rise from nothing.
     *
     * @param rate requests started a second once the ramp is over, 1 to {@value #MAX_RATE}
     * @param ramp whole seconds, 0 to {@value #MAX_RAMP_SECONDS}; not judged
     * @param warmUp whole seconds at the full rate after the ramp, 0 or more; not judged
     * @param duration the whole load, ramp and warm-up included: whole seconds, longer than both together, at most a day
     */
    public LoadProfile(
            Simulations simulation,
            int rate,
            Duration ramp,
            Duration warmUp,
            Duration duration,
            double orderShare,
            long seed,
            LoadTarget target) {
        this(
                simulation,
                steady(simulation, rate, ramp, warmUp, duration, orderShare),
                ramp.plus(warmUp),
                orderShare,
                seed,
                target);
    }

    /** Everything that is wrong is told at once. */
    private static Rates steady(
            Simulations simulation, int rate, Duration ramp, Duration warmUp, Duration duration, double orderShare) {
        List<String> problems = new ArrayList<>();
        if (rate < 1 || rate > MAX_RATE) {
            problems.add("rate: expected 1 to " + MAX_RATE + " requests a second, found " + rate);
        }
        wholeSeconds("ramp", ramp, problems);
        wholeSeconds("warm-up", warmUp, problems);
        wholeSeconds("duration", duration, problems);
        if (ramp.toSeconds() > MAX_RAMP_SECONDS) {
            problems.add("ramp: expected at most " + MAX_RAMP_SECONDS + " s, found " + ramp.toSeconds() + " s");
        }
        if (duration.compareTo(ramp.plus(warmUp)) <= 0 || duration.compareTo(LONGEST) > 0) {
            problems.add("duration: expected more than ramp and warm-up together ("
                    + ramp.plus(warmUp).toSeconds() + " s) and at most " + LONGEST.toHours() + " h, found "
                    + duration.toSeconds() + " s");
        }
        orderShare(requireNonNull(simulation, "simulation"), orderShare, problems);
        throwIfAny(problems);
        return Rates.steady(rate, ramp, duration);
    }

    private static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void wholeSeconds(String name, Duration value, List<String> problems) {
        if (value.isNegative() || value.getNano() != 0) {
            problems.add(name + ": expected whole seconds, 0 or more, found " + value.toMillis() + " ms");
        }
    }

    /** What is wrong with a share of orders; nothing if it fits the simulation. */
    public static List<String> orderProblems(Simulations simulation, double share) {
        List<String> problems = new ArrayList<>();
        orderShare(simulation, share, problems);
        return problems;
    }

    private static void orderShare(Simulations simulation, double share, List<String> problems) {
        if (!(share >= 0 && share <= 1)) {
            problems.add("share of orders: expected 0 to 1, found " + share);
        } else if (share > 0 && !simulation.writing()) {
            problems.add("share of orders: " + simulation.label() + " places no orders, so expected 0, found " + share);
        }
    }

    /**
     * How many requests should have been started once that time has passed since the start of the load. What the generator
     * really started is compared with it: a generator that falls behind would otherwise hide the wait from its latencies.
     */
    public long due(Duration elapsed) {
        return rates.due(elapsed);
    }

    /** The highest rate, in requests started a second. */
    public int rate() {
        return rates.peak();
    }

    /** The whole load. */
    public Duration duration() {
        return rates.length();
    }

    /** When judging begins, for a load that started then. */
    public Instant judgedFrom(Instant started) {
        return started.plus(unjudged);
    }

    /** When the last request is due, for a load that started then; judging ends there, exclusively. */
    public Instant judgedUntil(Instant started) {
        return started.plus(duration());
    }
}
