package io.failoverlab.history;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What is known about a run besides its events: enough to repeat it and to judge it again.
 *
 * @param runId the id that labels everything the run created
 * @param startedAt the start of the load, the origin of the elapsed axis; kept to the millisecond, the resolution of the
 *     request samples
 * @param repeatCommand the command line that repeats the run
 */
public record RunInfo(
        String runId,
        Instant startedAt,
        String repeatCommand,
        ExperimentInfo experiment,
        TopologyInfo topology,
        HostInfo host) {

    public RunInfo {
        Require.text("runId", runId);
        startedAt = Require.present("startedAt", startedAt).truncatedTo(ChronoUnit.MILLIS);
        Require.text("repeatCommand", repeatCommand);
        Require.present("experiment", experiment);
        Require.present("topology", topology);
        Require.present("host", host);
    }

    RunInfo withExpectations(Map<String, String> others) {
        return new RunInfo(runId, startedAt, repeatCommand, experiment.withExpectations(others), topology, host);
    }

    /**
     * The experiment as it was planned.
     *
     * @param expectations name of the figure to what is expected of it, as written in the experiment, in its order
     */
    public record ExperimentInfo(
            String name,
            String description,
            LoadPlan load,
            List<PlannedFault> faults,
            Map<String, String> expectations) {

        public ExperimentInfo {
            Require.text("experiment.name", name);
            Require.present("experiment.description", description);
            Require.present("experiment.load", load);
            faults = List.copyOf(faults);
            expectations = Require.ordered("experiment.expectations", expectations);
        }

        /** The same with other expectations, as a run is judged again by. */
        public ExperimentInfo withExpectations(Map<String, String> others) {
            return new ExperimentInfo(name, description, load, faults, others);
        }
    }

    /**
     * The load as it was planned.
     *
     * @param simulation what customers do; after {@value #OWN} the class of a simulation of the user's own
     * @param ratePerSecond requests, or customers of the user's own, started a second once the ramp is over; the highest where the rate changes
     * @param ramp rise from nothing to the rate; may be zero
     * @param warmUp time after the ramp before judging starts; may be zero
     * @param duration the whole load, ramp and warm-up included
     * @param rates the course of the rate in words; empty where it stays the same after the ramp
     */
    public record LoadPlan(
            String simulation, double ratePerSecond, Duration ramp, Duration warmUp, Duration duration, String rates) {

        /** How {@code simulation} begins for one of the user's own. */
        public static final String OWN = "own ";

        /** With one rate after the ramp. */
        public LoadPlan(String simulation, double ratePerSecond, Duration ramp, Duration warmUp, Duration duration) {
            this(simulation, ratePerSecond, ramp, warmUp, duration, "");
        }

        public LoadPlan {
            Require.text("load.simulation", simulation);
            if (!(Require.finite("load.ratePerSecond", ratePerSecond) > 0)) {
                throw new IllegalArgumentException("load.ratePerSecond: expected more than 0, found " + ratePerSecond);
            }
            Require.notNegative("load.ramp", ramp);
            Require.notNegative("load.warmUp", warmUp);
            if (Require.present("load.duration", duration).compareTo(ramp.plus(warmUp)) <= 0) {
                throw new IllegalArgumentException("load.duration: expected more than ramp and warm-up together ("
                        + ramp.plus(warmUp) + "), found " + duration);
            }
            Require.present("load.rates", rates);
        }

        /** Whether customers do what the lab does not know: each may make several requests, and write past the ledger. */
        public boolean own() {
            return simulation.startsWith(OWN);
        }

        /** What is started at the rate, for people: requests, each by a customer of its own, or customers. */
        public String arrivals() {
            return own() ? "customers" : "requests";
        }

        /** For people: {@code 300 requests a second}, or the course of the rate. */
        public String rate() {
            return rates.isEmpty()
                    ? BigDecimal.valueOf(ratePerSecond).stripTrailingZeros().toPlainString() + " " + arrivals()
                            + " a second"
                    : arrivals() + " a second: " + rates;
        }
    }

    /** A fault of the plan: {@code fault} is to hit {@code instance} at {@code at}, elapsed since the start of the load. */
    public record PlannedFault(String fault, String instance, Duration at) {

        public PlannedFault {
            Require.text("fault.fault", fault);
            Require.text("fault.instance", instance);
            Require.notNegative("fault.at", at);
        }
    }

    /**
     * The stack under test.
     *
     * @param summary one short line for people: "2 web servers in zones a and c, 1 database"
     * @param balancer how the load balancer is set up: "nginx, retry idempotent", "nginx-default", …
     * @param timing "lab" or "aws"
     * @param clocks the time-outs and intervals of this run, each beside the value that AWS documents
     * @param expectedInService how many web targets should be in service
     */
    public record TopologyInfo(
            String name,
            String summary,
            String balancer,
            String timing,
            List<ClockSetting> clocks,
            List<InstanceInfo> instances,
            int expectedInService) {
        /** How {@code balancer} begins for one that passes TCP on. */
        public static final String NETWORK = "network balancer";

        /** Whether the load balancer can count requests. */
        public boolean balancerReadsRequests() {
            return !balancer.startsWith(NETWORK);
        }

        public TopologyInfo {
            Require.text("topology.name", name);
            Require.text("topology.summary", summary);
            Require.text("topology.balancer", balancer);
            Require.text("topology.timing", timing);
            clocks = List.copyOf(clocks);
            instances = List.copyOf(instances);
            if (expectedInService < 1) {
                throw new IllegalArgumentException(
                        "topology.expectedInService: expected 1 or more, found " + expectedInService);
            }
        }
    }

    /** One clock of the stack, such as a health check interval, as used here and as documented by AWS. */
    public record ClockSetting(String name, String here, String aws) {

        public ClockSetting {
            Require.text("clock.name", name);
            Require.text("clock.here", here);
            Require.text("clock.aws", aws);
        }
    }

    /**
     * One instance.
     *
     * @param name web-1a, db-1, lb
     * @param instanceId i- and 17 hexadecimal digits
     * @param zone Availability Zone, such as ap-northeast-1a
     */
    public record InstanceInfo(String name, String instanceId, InstanceRole role, String zone) {

        public InstanceInfo {
            Require.text("instance.name", name);
            Require.text("instance.instanceId", instanceId);
            Require.present("instance.role", role);
            Require.text("instance.zone", zone);
        }
    }

    /**
     * Where the run took place: times hold only for one machine at one time.
     *
     * @param memoryBytes memory of the host
     * @param versions what was used, such as engine, nginx, mysql and java, to its version, in the order to be shown
     */
    public record HostInfo(int cores, long memoryBytes, Map<String, String> versions) {

        public HostInfo {
            if (cores < 1) {
                throw new IllegalArgumentException("host.cores: expected 1 or more, found " + cores);
            }
            Require.notNegative("host.memoryBytes", memoryBytes);
            versions = Require.ordered("host.versions", versions);
        }
    }
}
