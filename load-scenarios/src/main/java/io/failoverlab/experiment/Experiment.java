package io.failoverlab.experiment;

import io.failoverlab.document.DurationText;
import io.failoverlab.fault.Fault;
import io.failoverlab.fis.Mapping;
import io.failoverlab.fis.Plan;
import io.failoverlab.fis.Planner;
import io.failoverlab.fis.Stack;
import io.failoverlab.fis.Template;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.OwnSimulation;
import io.failoverlab.profile.Rates;
import io.failoverlab.profile.Simulations;
import io.failoverlab.topology.Topology;
import io.failoverlab.watch.StackAlarms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * One experiment, read and checked: nothing in it can fail any more for being written wrongly.
 *
 * @param alarms beside those that every stack gets; their dimensions may name instances by name
 * @param fis an FIS experiment that runs beside the injections
 * @param seed that chose the injections' targets; empty if nothing of them was left to chance
 * @param expectations name of a figure to what is expected of it, in the order of the file
 */
public record Experiment(
        String name,
        String description,
        Topology topology,
        Load load,
        List<PutMetricAlarmRequest> alarms,
        List<Injection> injections,
        Optional<FisInjection> fis,
        OptionalLong seed,
        Map<String, String> expectations) {

    public Experiment {
        alarms = List.copyOf(alarms);
        injections = List.copyOf(injections);
        expectations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(expectations));
    }

    /** With faults of the lab's own alone. */
    public Experiment(
            String name,
            String description,
            Topology topology,
            Load load,
            List<Injection> injections,
            Map<String, String> expectations) {
        this(
                name,
                description,
                topology,
                load,
                List.of(),
                injections,
                Optional.empty(),
                OptionalLong.empty(),
                expectations);
    }

    /** The same experiment on a changed topology, with another highest rate. */
    public Experiment with(Topology changed, int rate) {
        Load other = new Load(
                load.simulation(),
                load.rates().withPeak(rate),
                load.unjudged(),
                load.orders(),
                load.paths(),
                load.own());
        return new Experiment(name, description, changed, other, alarms, injections, fis, seed, expectations);
    }

    /**
     * The same experiment with requests of these paths and no orders; nothing is expected of writes, since there are none.
     *
     * @throws IllegalArgumentException if they are not paths
     */
    public Experiment requesting(List<String> paths) {
        List<String> problems = LoadProfile.problemsOf(Simulations.GET, paths);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return withoutOrders(new Load(Simulations.GET.label(), load.rates(), load.unjudged(), 0, paths));
    }

    /** The same experiment with a simulation of the user's own; nothing is expected of writes, of which the lab knows nothing. */
    public Experiment simulating(OwnSimulation own) {
        return withoutOrders(
                new Load(Simulations.OWN.label(), load.rates(), load.unjudged(), 0, List.of(), Optional.of(own)));
    }

    private Experiment withoutOrders(Load other) {
        Map<String, String> kept = new LinkedHashMap<>(expectations);
        kept.keySet().removeIf(figure -> figure.startsWith("writes-"));
        return new Experiment(name, description, topology, other, alarms, injections, fis, seed, kept);
    }

    /** The same experiment with further expectations, instead of what it expects of the same figures. */
    public Experiment expecting(Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(expectations);
        all.putAll(further);
        return new Experiment(name, description, topology, load, alarms, injections, fis, seed, all);
    }

    /**
     * The load as the file asks for it.
     *
     * @param unjudged how long from its start on requests are not judged: ramp and warm-up
     * @param orders share of the requests that are orders, 0 to 1
     * @param paths that are requested by the simulation {@code get}
     * @param own what the simulation {@code own} is
     */
    public record Load(
            String simulation,
            Rates rates,
            Duration unjudged,
            double orders,
            List<String> paths,
            Optional<OwnSimulation> own) {
        public Load {
            paths = List.copyOf(paths);
        }

        /** By a simulation of the lab's. */
        public Load(String simulation, Rates rates, Duration unjudged, double orders, List<String> paths) {
            this(simulation, rates, unjudged, orders, paths, Optional.empty());
        }

        /** By a simulation that knows its paths. */
        public Load(String simulation, Rates rates, Duration unjudged, double orders) {
            this(simulation, rates, unjudged, orders, List.of());
        }

        /**
         * One rate, after a rise from nothing.
         *
         * @param rate requests started a second
         * @param ramp rise to that rate
         * @param warmUp at that rate, before judging
         * @param duration all of it, ramp and warm-up included
         */
        public Load(String simulation, int rate, Duration ramp, Duration warmUp, Duration duration, double orders) {
            this(simulation, Rates.steady(rate, ramp, duration), ramp.plus(warmUp), orders);
        }

        /** The highest rate, in requests started a second. */
        public int rate() {
            return rates.peak();
        }

        /** The whole load. */
        public Duration duration() {
            return rates.length();
        }

        /** For people: {@code 300 requests a second for 1m}. */
        @Override
        public String toString() {
            String arrivals = own.isPresent() ? "customers" : "requests";
            return rates.isSteady()
                    ? rate() + " " + arrivals + " a second for " + DurationText.print(duration())
                    : arrivals + " a second: " + rates.summary();
        }
    }

    /**
     * A fault with its time and place.
     *
     * @param where name of the instance, or letter of the zone
     * @param instances that it is to hit
     * @param at after the start of the load
     * @param limit after which it is undone; without one it lasts until the load ends
     */
    public record Injection(Fault fault, String where, List<String> instances, Duration at, Optional<Duration> limit) {
        public Injection {
            instances = List.copyOf(instances);
        }
    }

    /**
     * An FIS experiment with its time.
     *
     * @param alarms names of those that the experiment brings, beside the stack's own
     * @param seed that chooses its targets
     * @param scale that its times of a minute and more are divided by
     * @param at after the start of the load
     */
    public record FisInjection(
            Template template, Mapping mapping, List<String> alarms, long seed, int scale, Duration at) {
        public FisInjection {
            alarms = List.copyOf(alarms);
        }

        /** On a stack with its own alarms alone. */
        public FisInjection(Template template, Mapping mapping, long seed, int scale, Duration at) {
            this(template, mapping, List.of(), seed, scale, at);
        }

        /**
         * What it does to a stack of that topology.
         *
         * @throws io.failoverlab.document.InvalidInput with everything that cannot be done there
         */
        public Plan plan(Topology topology) {
            List<String> known = Stream.concat(StackAlarms.names(topology).stream(), alarms.stream())
                    .toList();
            return Planner.plan(template, Stack.of(topology, known), mapping, seed, scale);
        }
    }
}
