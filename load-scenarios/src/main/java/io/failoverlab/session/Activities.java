package io.failoverlab.session;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.history.RunFolder;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.simulation.LoadGeneratorFailed;
import io.failoverlab.simulation.RunningLoad;
import io.failoverlab.watch.ClientMetrics;
import io.failoverlab.watch.MonitorFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What the lab itself does to its stack, one thing at a time: it sends a load, or runs an experiment. */
final class Activities implements AutoCloseable {
    /** As of {@code lab load}. */
    private static final Duration RAMP = Duration.ofSeconds(3);

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final double ORDERS = 0.2;
    private static final long SEED = 1;
    private static final Duration GRACE = Duration.ofMinutes(1);

    private sealed interface Activity {
        /** Its generator takes seconds to start. */
        record Starting(int rate) implements Activity {}

        record Load(RunningLoad running, int rate) implements Activity {}

        record Experiment(String name, Thread thread) implements Activity {}
    }

    private final LabSession lab;
    private final Path runs;
    private final LabScheduler scheduler;
    private final Consumer<String> trouble;
    private volatile Optional<Experiments> experiments = Optional.empty();
    private Optional<Activity> activity = Optional.empty();
    private boolean ended;

    /**
     * @param runs folder of all runs
     * @param trouble told in words what goes wrong in the background
     */
    Activities(LabSession lab, Path runs, LabScheduler scheduler, Consumer<String> trouble) {
        this.lab = lab;
        this.runs = runs;
        this.scheduler = scheduler;
        this.trouble = trouble;
    }

    void offer(Experiments some) {
        experiments = Optional.of(some);
    }

    Optional<Experiments> experiments() {
        return experiments;
    }

    synchronized Offers.Activity now() {
        return activity.map(it -> switch (it) {
                    case Activity.Starting starting -> Offers.Activity.LOAD;
                    case Activity.Load load -> Offers.Activity.LOAD;
                    case Activity.Experiment experiment -> Offers.Activity.EXPERIMENT;
                })
                .orElse(Offers.Activity.NONE);
    }

    /** What is under way, in words; empty if nothing is. */
    synchronized String inWords() {
        return activity.map(it -> switch (it) {
                    case Activity.Starting(int rate) -> "load of " + rate + " requests a second";
                    case Activity.Load(RunningLoad running, int rate) -> "load of " + rate + " requests a second";
                    case Activity.Experiment(String name, Thread thread) -> "experiment " + name;
                })
                .orElse("");
    }

    /** Whoever comes second is refused, however soon. */
    private synchronized void begin(Activity one) {
        if (ended) {
            throw new IllegalArgumentException("the lab goes down");
        }
        if (activity.isPresent()) {
            throw new IllegalArgumentException(
                    "expected nothing under way that the lab does itself, found: " + inWords());
        }
        activity = Optional.of(one);
    }

    /**
     * Starts a load, and returns when its first request is due; other requests are answered meanwhile.
     *
     * @throws IllegalArgumentException if something is under way, or the stack does not serve the shop
     */
    String startLoad(int rate, Duration duration) {
        requireShop();
        begin(new Activity.Starting(rate));
        boolean follows = false;
        try {
            String answer = started(rate, duration);
            follows = true;
            return answer;
        } catch (IOException failure) {
            throw new UncheckedIOException("the load cannot be kept in " + runs + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the load started", interrupted);
        } finally {
            if (!follows) {
                over();
            }
        }
    }

    private void requireShop() {
        if (lab.images().own().isPresent()) {
            throw new IllegalArgumentException("expected a stack that serves the sample shop, whose customers' requests"
                    + " this load is; found an application of its own, which `lab load --get PATH` loads");
        }
    }

    private String started(int rate, Duration duration) throws IOException, InterruptedException {
        LoadProfile profile = new LoadProfile(
                Simulations.BROWSE_AND_ORDER,
                rate,
                RAMP,
                WARM_UP,
                duration,
                ORDERS,
                SEED,
                new TargetPolicy(lab.session().subnets(), InetAddress::getAllByName)
                        .check(lab.session().service()));
        RunFolder folder = RunFolder.create(runs, "load", scheduler);
        RunningLoad load = LoadGenerator.start(
                profile,
                folder.path(),
                LoadGenerator.HtmlReport.LEAVE_OUT,
                second -> lab.telemetry().measured(ClientMetrics.of(second)));
        if (!runs(load, rate)) {
            load.close();
            throw new IllegalArgumentException("the lab goes down");
        }
        tell(load.startedAt(), "Load Started", rate);
        Thread.ofVirtual().name("load").start(() -> follow(load, rate, duration));
        return rate + " requests a second for " + duration.toSeconds() + " s; kept in " + folder.path();
    }

    /** @return false if the lab went down meanwhile */
    private synchronized boolean runs(RunningLoad load, int rate) {
        if (!ended) {
            activity = Optional.of(new Activity.Load(load, rate));
        }
        return !ended;
    }

    private void follow(RunningLoad load, int rate, Duration duration) {
        // Closed, it has ended, though it was not over in time.
        try (load) {
            load.await(duration.plus(GRACE));
        } catch (LoadGeneratorFailed broken) {
            trouble.accept(broken.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            over();
            tell(scheduler.instant(), "Load Ended", rate);
        }
    }

    private synchronized void over() {
        activity = Optional.empty();
    }

    private void tell(Instant at, String what, int rate) {
        try {
            lab.monitor().loadEvent(at, what, Simulations.BROWSE_AND_ORDER.label(), rate);
        } catch (MonitorFailed silent) {
            trouble.accept(silent.getMessage());
        }
    }

    /** @throws IllegalArgumentException if the lab sends no load */
    synchronized String stopLoad() {
        if (activity.orElse(null) instanceof Activity.Load(RunningLoad running, int rate)) {
            running.stop();
            return "the load of " + rate + " requests a second ends";
        }
        if (activity.orElse(null) instanceof Activity.Starting(int rate)) {
            throw new IllegalArgumentException("the load of " + rate + " requests a second is about to start; it can be"
                    + " stopped in some seconds");
        }
        throw new IllegalArgumentException("expected a load that the lab sends, found none; `lab load` in another"
                + " terminal ends with Ctrl-C there");
    }

    /**
     * Runs an experiment to its end.
     *
     * @return the folder that the run is kept in
     * @throws RuntimeException with the reason, if it cannot be run
     */
    Path runExperiment(String name) {
        Experiments some = requireExperiments();
        begin(new Activity.Experiment(name, Thread.currentThread()));
        return run(some, name);
    }

    private Experiments requireExperiments() {
        return experiments.orElseThrow(() -> new IllegalArgumentException(
                "expected a lab that runs experiments on its stack, which `lab up` and `lab adopt` start"));
    }

    private Path run(Experiments some, String name) {
        try {
            return some.run(lab, name);
        } catch (IOException failure) {
            throw new UncheckedIOException("the run cannot be kept: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("the experiment was interrupted, since the lab goes down", interrupted);
        } finally {
            over();
        }
    }

    /** Runs an experiment in the background; what becomes of it is told as an event. */
    String beginExperiment(String name) {
        Experiments some = requireExperiments();
        Thread thread = Thread.ofPlatform().daemon().name("experiment").unstarted(() -> {
            try {
                run(some, name);
            } catch (RuntimeException failure) {
                trouble.accept("experiment " + name + ": " + failure.getMessage());
                note(name, failure.getMessage());
            }
        });
        begin(new Activity.Experiment(name, thread));
        thread.start();
        return "experiment " + name + " begins";
    }

    private void note(String name, String message) {
        try {
            lab.monitor().note(scheduler.instant(), "Experiment Ended", name, message);
        } catch (MonitorFailed silent) {
            trouble.accept(silent.getMessage());
        }
    }

    @Override
    public void close() {
        Optional<Activity> last;
        synchronized (this) {
            ended = true;
            last = activity;
        }
        last.ifPresent(it -> {
            switch (it) {
                case Activity.Starting(int rate) -> {
                    // whoever starts it finds that the lab goes down
                }
                case Activity.Load(RunningLoad running, int rate) -> running.close();
                case Activity.Experiment(String name, Thread thread) -> thread.interrupt();
            }
        });
    }
}
