package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoScalingReaderTest {
    private static final Adjustment ONE = new Adjustment(Adjustment.Type.CHANGE_IN_CAPACITY, 1, 1);

    @Test
    void thereIsNoGroupUnlessGiven() {
        assertThat(TopologyFile.parse("shop.yaml", "name: shop").autoScaling()).isEmpty();
    }

    @Test
    void aGroupOfNothingButItsNameHasTheDefaults() {
        assertThat(TopologyFile.parse("shop.yaml", "{name: shop, auto-scaling: {}}")
                        .autoScaling())
                .contains(AutoScaling.of(1, 2, 4));
    }

    /** What the comments of the pattern show as defaults must be the defaults. */
    @Test
    void theCommentedGroupOfThePatternIsAGroup() {
        String text = TopologyFile.patternText("two-web-one-db");
        String group = text.substring(text.indexOf("# auto-scaling:"))
                .lines()
                .map(line -> line.replaceFirst("^# ", ""))
                .collect(Collectors.joining("\n"));
        AutoScaling read = TopologyFile.parse("shop.yaml", "name: shop\n" + group)
                .autoScaling()
                .orElseThrow();
        assertThat(read.policies()).map(ScalingPolicy::name).containsExactly("cpu", "requests", "more", "steps");
        assertThat(read)
                .isEqualTo(AutoScaling.of(1, 2, 4)
                        .withWarmPool(new WarmPool(0, WarmPool.State.STOPPED, OptionalInt.of(4)))
                        .withPolicies(read.policies().toArray(ScalingPolicy[]::new))
                        .withSchedule(new ScheduledAction(
                                "rush",
                                Duration.ofSeconds(30),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.of(4))));
    }

    @Test
    void everyKeyCounts() {
        assertThat(TopologyFile.parse("shop.yaml", """
                        name: shop
                        auto-scaling:
                          name: front
                          min: 2
                          max: 7
                          desired: 3
                          health-check-type: ec2
                          health-check-grace-period: 20s
                          default-cooldown: 4s
                          instance-warmup: 6s
                          impaired-wait: 9s
                          termination-policies: [oldest-launch-template, newest-instance]
                          warm-pool: {min-size: 1, state: running}
                          policies:
                            - {name: more, type: simple, adjustment: 1, cooldown: 2s}
                            - {name: cpu, type: target-tracking, metric: ASGAverageCPUUtilization, target: 40, disable-scale-in: true}
                        """).autoScaling())
                .contains(new AutoScaling(
                        "front",
                        2,
                        7,
                        3,
                        HealthCheckType.EC2,
                        new GroupClocks(
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1)),
                        Optional.of(new WarmPool(1, WarmPool.State.RUNNING, OptionalInt.empty())),
                        List.of(TerminationPolicy.OLDEST_LAUNCH_TEMPLATE, TerminationPolicy.NEWEST_INSTANCE),
                        List.of(
                                new ScalingPolicy.Simple("more", ONE, Optional.of(Duration.ofSeconds(2))),
                                new ScalingPolicy.TargetTracking(
                                        "cpu", ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION, 40, true)),
                        List.of(),
                        List.of()));
    }

    @Test
    void theDesiredCapacityIsTheNumberOfWebServers() {
        assertThat(TopologyFile.parse("shop.yaml", "{name: shop, auto-scaling: {desired: 3}}")
                        .web())
                .map(Instance::name)
                .containsExactly("web-1a", "web-1c", "web-2a");
        assertThat(TopologyFile.parse("shop.yaml", "{name: shop, web: {count: 5}, auto-scaling: {max: 6}}")
                        .autoScaling()
                        .orElseThrow()
                        .desired())
                .isEqualTo(5);
    }

    @Test
    void awsClocksReplaceTheGroups() {
        Topology aws = TopologyFile.parse("shop.yaml", "{name: shop, auto-scaling: {}}")
                .withTiming(new Timing(Timing.Clocks.AWS, 10));
        assertThat(aws.autoScaling().orElseThrow().clocks())
                .isEqualTo(new GroupClocks(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(6)));
        assertThat(aws.describe())
                .contains("group     web: 1 to 4, desired 2, health check ELB, grace period 30s, cooldown 30s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {name: x, auto-scaling: {min: 3}} | 1:31: expected min <= desired <= max, found min 3, desired 2, max 4
            {name: x, auto-scaling: {min: 5, desired: 4, max: 6}} | 1:31: expected min <= desired <= max, found min 5, desired 4, max 6
            {name: x, auto-scaling: {min: 1, desired: 4, max: 3}} | 1:51: expected min <= desired <= max, found min 1, desired 4, max 3
            {name: x, web: {count: 3}, auto-scaling: {desired: 4}} | 1:52: expected as many web servers as web has, 3, found 4; name only one of them
            {name: x, auto-scaling: {max: 2000}} | 1:31: expected a whole number from 1 to 1000 for auto-scaling.max, found the number 2000
            {name: x, subnets: {web-a: 10.0.10.0/28}, auto-scaling: {max: 30}} | 1:63: expected at most 11 addresses in web-a 10.0.10.0/28 (16 less the 5 that AWS reserves), found one more for web-11a at the maximum of 30; lower auto-scaling.max or take a larger subnet
            {name: x, auto-scaling: {health-check-type: elbs}} | 1:45: expected one of ec2, elb for auto-scaling.health-check-type, found the text "elbs"; did you mean "elb"?
            {name: x, auto-scaling: {health-check-grace-period: 3h}} | 1:53: expected a duration from 0s to 2h for auto-scaling.health-check-grace-period, found the text "3h"
            {name: x, auto-scaling: {termination-policies: [oldest]}} | 1:49: expected one of default, oldest-instance, newest-instance, oldest-launch-template for auto-scaling.termination-policies, found the text "oldest"
            {name: x, auto-scaling: {termination-policies: []}} | 1:48: expected at least one entry for auto-scaling.termination-policies, found an empty list
            {name: x, auto-scaling: {warm-pool: {size: 1}}} | 1:38: expected a known key of auto-scaling.warm-pool, found "size"; known: min-size, state, max-prepared
            {name: x, auto-scaling: {policies: [{name: a, type: steps}]}} | 1:53: expected one of simple, step, target-tracking for auto-scaling.policies[0].type, found the text "steps"; did you mean "step"?
            {name: x, auto-scaling: {policies: [{name: a, type: simple, adjustment: 1}, {name: a, type: simple, adjustment: 1}]}} | 1:84: expected each name once, found a second a
            {name: x, auto-scaling: {policies: [{name: a, type: step}]}} | 1:44: expected at least one step for a, found none; add steps
            {name: x, auto-scaling: {policies: [{name: a, type: step, steps: [{lower: 3, upper: 1, adjustment: 1}, {upper: 9, adjustment: 2}]}]}} | 1:75: expected a lower bound below the upper one of 1.0, found 3.0
            {name: x, auto-scaling: {schedule: [{name: a, at: 3s}]}} | 1:51: expected min, max or desired for a scheduled action, found none
            {name: x, auto-scaling: {sizes: 3}} | 1:26: expected a known key of auto-scaling, found "sizes"; known: min, max, desired, name, health-check-type, health-check-grace-period, default-cooldown, instance-warmup, impaired-wait, warm-pool, termination-policies, policies, schedule
            """)
    void oneMistakeIsOneProblemWithItsPlace(String yaml, String message) {
        assertThat(problemsOf(yaml)).containsExactly("shop.yaml:" + message);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(problemsOf("""
                        name: shop
                        auto-scaling:
                          min: many
                          default-cooldown: 5
                          policies:
                            - {name: CPU, type: target-tracking, metric: CPU, target: -1}
                        """)).hasSize(5);
    }

    private static List<String> problemsOf(String yaml) {
        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> TopologyFile.parse("shop.yaml", yaml));
        return refused.problems().stream().map(Problem::toString).toList();
    }
}
