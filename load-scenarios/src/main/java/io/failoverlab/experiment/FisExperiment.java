package io.failoverlab.experiment;

import io.failoverlab.experiment.Experiment.FisInjection;
import io.failoverlab.experiment.Experiment.Load;
import io.failoverlab.fis.Plan;
import io.failoverlab.profile.Simulations;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes an experiment of an FIS template alone: the load goes on before it and after it, and it is expected to complete. */
public final class FisExperiment {
    /** After the start of the load; with ramp and warm-up before it, and a while of calm to compare with. */
    public static final Duration AT = Duration.ofSeconds(20);

    private static final Duration RAMP = Duration.ofSeconds(8);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration AFTERWARDS = Duration.ofSeconds(15);
    /** Of every template, unless something else is expected of its end. */
    static final Map<String, String> EXPECTED = Map.of("experiment", "completed");

    private static final List<String> OF_WRITES = List.of("writes-lost", "writes-duplicated", "writes-unexpected");

    private FisExperiment() {}

    /**
     * The experiment.
     *
     * @param rate requests started a second
     * @param orders share of the requests that are orders; empty for a fifth where the simulation has orders at all
     * @param duration of the load; empty for as long as the template takes, with a while before and after
     * @param expectations beside those that hold for every template, and instead of them
     * @throws io.failoverlab.document.InvalidInput with everything of the template that cannot be done there
     */
    public static Experiment of(
            String name,
            FisInjection fis,
            Topology topology,
            Simulations simulation,
            int rate,
            Optional<Double> orders,
            Optional<Duration> duration,
            Map<String, String> expectations) {
        Plan plan = fis.plan(topology);
        boolean writes = orders.map(share -> share > 0).orElse(simulation.writing());
        Map<String, String> expected = new LinkedHashMap<>(EXPECTED);
        if (writes) {
            OF_WRITES.forEach(figure -> expected.put(figure, "0"));
        }
        expected.putAll(expectations);
        Load load = new Load(
                simulation.label(),
                rate,
                RAMP,
                WARM_UP,
                duration.orElse(fis.at().plus(plan.length()).plus(AFTERWARDS)),
                orders.orElse(simulation.writing() ? 0.2 : 0));
        return new Experiment(
                name,
                plan.description(),
                topology,
                load,
                List.of(),
                List.of(),
                Optional.of(fis),
                OptionalLong.empty(),
                expected);
    }

    /** The load has to last until after the experiment's begin. */
    public static Duration shortest() {
        return AT.plus(AFTERWARDS);
    }
}
