package io.failoverlab.junit;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.profile.Simulations;
import io.failoverlab.topology.Topology;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The stack of a test class, as one of its methods sees it. */
public final class Lab {
    private static final Duration RAMP = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final double ORDERS = 0.2;

    private final Stack stack;
    private final String test;
    private final List<LoadRun> runs = new CopyOnWriteArrayList<>();

    Lab(Stack stack, String test) {
        this.stack = stack;
        this.test = test;
    }

    public Topology topology() {
        return stack.topology();
    }

    /** The load balancer's address, where clients come in. */
    public URI service() {
        return stack.service();
    }

    /** The monitor's page and CloudWatch API, for who has its {@link #monitorToken}. */
    public URI monitor() {
        return stack.monitor();
    }

    /**
     * A secret that the monitor wants of every request: of an AWS client as its access key id, whatever the secret access key,
     * of others as {@code Authorization: Bearer}.
     */
    public String monitorToken() {
        return stack.monitorToken();
    }

    /**
     * Begins a load: a fifth of its requests are orders; its first {@code 5 s}, a ramp of 3 s and 2 s at the rate, are not
     * judged. Returns with the first request.
     *
     * @param rate requests started a second, 1 to 10,000
     * @param duration of all of it, more than 5 s
     */
    public LoadRun load(int rate, Duration duration) throws InterruptedException {
        return load(new Experiment.Load(Simulations.BROWSE_AND_ORDER.label(), rate, RAMP, WARM_UP, duration, ORDERS));
    }

    /**
     * Begins a load of any course; see {@link io.failoverlab.profile.Rates}.
     *
     * @throws IllegalStateException while another load of the same test is under way
     */
    public LoadRun load(Experiment.Load load) throws InterruptedException {
        requireNoOther();
        LoadRun run = stack.begin(new Experiment(test, "", stack.topology(), load, List.of(), Map.of()));
        runs.add(run);
        return run;
    }

    /**
     * Runs a whole experiment on this stack: its load, its faults at their times, its alarms and what it expects.
     *
     * @param experiment of this stack's topology, such as {@code ExperimentFile.read("kill-one-web")} or one made in Java
     * @throws IllegalArgumentException if it is for another topology, or one of FIS's
     * @throws IllegalStateException while another load of the same test is under way
     */
    public LabVerdict run(Experiment experiment) throws InterruptedException {
        if (!experiment.topology().name().equals(stack.topology().name())
                || experiment.fis().isPresent()) {
            throw new IllegalArgumentException(
                    "expected an experiment on " + stack.topology().name()
                            + " without an FIS template, found " + experiment.name() + " on "
                            + experiment.topology().name());
        }
        requireNoOther();
        LoadRun run = stack.begin(experiment);
        runs.add(run);
        return run.asPlanned();
    }

    private void requireNoOther() {
        if (runs.stream().anyMatch(run -> !run.isOver())) {
            throw new IllegalStateException("expected one load at a time in " + test
                    + ", found one under way; ask for its verdict or close it before the next one");
        }
    }

    /** A load that a test leaves behind ends with the test. */
    void endRuns() {
        runs.forEach(LoadRun::close);
    }
}
