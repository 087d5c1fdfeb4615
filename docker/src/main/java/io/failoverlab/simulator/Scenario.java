package io.failoverlab.simulator;

import io.failoverlab.topology.Adjustment;
import io.failoverlab.topology.Algorithm;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.CodeMatcher;
import io.failoverlab.topology.GroupClocks;
import io.failoverlab.topology.GroupRules;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.HealthCheckType;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.ScalingPolicy;
import io.failoverlab.topology.TargetGroupAttributes;
import io.failoverlab.topology.TerminationPolicy;
import io.failoverlab.topology.WarmPool;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * What is simulated: a group of one to three zones by the lab's clocks, more or less.
 *
 * @param zoneCapacity how many instances a zone's subnet has addresses for
 * @param faultEvery the mean time between two faults, in milliseconds
 */
record Scenario(
        List<Zone> zones,
        AutoScaling group,
        HealthCheck check,
        TargetGroupAttributes attributes,
        int zoneCapacity,
        long faultEvery) {

    static final String SIMPLE = "simple";
    static final String STEP = "step";
    private static final List<String> LETTERS = List.of("a", "c", "d");

    static Scenario random(RandomGenerator random) {
        List<Zone> zones = LETTERS.subList(0, random.nextInt(1, 4)).stream()
                .map(letter -> new Zone(Zone.DEFAULT_REGION, letter))
                .toList();
        AutoScaling group = group(random);
        int even = Math.ceilDiv(group.size().max(), zones.size());
        int capacity = random.nextInt(3) == 0 ? 2 * even + 3 : Integer.MAX_VALUE;
        Duration slowStart = Duration.ofSeconds(random.nextInt(4) == 0 ? 30 : 0);
        return new Scenario(
                zones,
                group,
                new HealthCheck(
                        new HealthCheck.Question.Http("/healthz", CodeMatcher.parse("200")),
                        OptionalInt.empty(),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        random.nextInt(2, 5),
                        random.nextInt(2, 5)),
                new TargetGroupAttributes(
                        Algorithm.ROUND_ROBIN,
                        random.nextBoolean(),
                        Duration.ofSeconds(random.nextInt(0, 20)),
                        slowStart,
                        Optional.empty()),
                capacity,
                random.nextLong(20_000, 300_000));
    }

    private static AutoScaling group(RandomGenerator random) {
        int desired = random.nextInt(1, 7);
        int min = random.nextInt(0, desired + 1);
        int max = desired + random.nextInt(0, 5);
        TerminationPolicy[] terminations = TerminationPolicy.values();
        return new AutoScaling(
                "web",
                new GroupSize(min, desired, max),
                random.nextInt(4) == 0 ? HealthCheckType.EC2 : HealthCheckType.ELB,
                new GroupClocks(
                        Duration.ofSeconds(random.nextInt(0, 20)),
                        Duration.ofSeconds(random.nextInt(0, 10)),
                        Duration.ofSeconds(random.nextInt(0, 6)),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5)),
                pool(random),
                List.of(terminations[random.nextInt(terminations.length)]),
                new GroupRules(policies(random), List.of(), hooks(random)));
    }

    private static Optional<WarmPool> pool(RandomGenerator random) {
        if (random.nextInt(3) != 0) {
            return Optional.empty();
        }
        WarmPool.State state = random.nextBoolean() ? WarmPool.State.STOPPED : WarmPool.State.RUNNING;
        OptionalInt prepared = random.nextBoolean() ? OptionalInt.of(random.nextInt(0, 8)) : OptionalInt.empty();
        return Optional.of(new WarmPool(random.nextInt(0, 3), state, prepared, random.nextBoolean()));
    }

    private static List<ScalingPolicy> policies(RandomGenerator random) {
        List<ScalingPolicy> policies = new ArrayList<>();
        int amount = random.nextBoolean() ? 1 : -1;
        policies.add(new ScalingPolicy.Simple(
                SIMPLE, new Adjustment(Adjustment.Type.CHANGE_IN_CAPACITY, amount, 1), Optional.empty()));
        policies.add(new ScalingPolicy.Step(
                STEP,
                List.of(
                        step(Double.NEGATIVE_INFINITY, -10, -30),
                        step(-10, 0, -10),
                        step(0, 20, 20),
                        step(20, Double.POSITIVE_INFINITY, 60))));
        if (random.nextBoolean()) {
            policies.add(new ScalingPolicy.TargetTracking(
                    "cpu", ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION, 50, random.nextInt(4) == 0));
        }
        return policies;
    }

    private static ScalingPolicy.Range step(double lower, double upper, int percent) {
        return new ScalingPolicy.Range(
                lower, upper, new Adjustment(Adjustment.Type.PERCENT_CHANGE_IN_CAPACITY, percent, 1));
    }

    private static List<LifecycleHook> hooks(RandomGenerator random) {
        List<LifecycleHook> hooks = new ArrayList<>();
        for (LifecycleHook.Transition transition : LifecycleHook.Transition.values()) {
            if (random.nextInt(6) == 0) {
                hooks.add(new LifecycleHook(
                        transition.name().toLowerCase(Locale.ROOT),
                        transition,
                        Optional.of(Duration.ofSeconds(random.nextInt(1, 10))),
                        LifecycleHook.Result.CONTINUE));
            }
        }
        return hooks;
    }

    boolean tracks() {
        return group.rules().policies().stream().anyMatch(ScalingPolicy.TargetTracking.class::isInstance);
    }

    /**
     * How long recovering from one fault may take, in milliseconds: what the clocks add up to when every instance is
     * replaced after the other, after launches had failed for a while.
     */
    long recovery() {
        long perInstance = 2 * group.clocks().gracePeriod().toMillis()
                + attributes.deregistrationDelay().toMillis()
                + (check.healthyThreshold() + check.unhealthyThreshold())
                        * check.interval().toMillis()
                + 20_000;
        long backoff = 3 * 64 * group.clocks().launchRetry().toMillis();
        return backoff + SimulatedEngine.SLOWEST_START + (group.size().max() + 4) * perInstance;
    }

    /** How long the longest fault may last and all recover from it, twice. */
    long rest() {
        return RandomFaults.LONGEST + 2 * recovery();
    }

    @Override
    public String toString() {
        return "zones %s, %s, deregistration delay %s, unhealthy after %d, a fault every %d s"
                .formatted(
                        zones.stream().map(Zone::letter).toList(),
                        group,
                        attributes.deregistrationDelay(),
                        check.unhealthyThreshold(),
                        faultEvery / 1000);
    }
}
