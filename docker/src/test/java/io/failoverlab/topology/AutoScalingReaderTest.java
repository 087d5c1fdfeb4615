package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.topology.ScheduledAction.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
        assertThat(read.rules().policies())
                .map(ScalingPolicy::name)
                .containsExactly("cpu", "requests", "more", "steps");
        assertThat(read)
                .isEqualTo(AutoScaling.of(1, 2, 4)
                        .withWarmPool(new WarmPool(0, WarmPool.State.STOPPED, OptionalInt.of(4), false))
                        .withRules(new GroupRules(
                                read.rules().policies(),
                                List.of(
                                        rush(new When.After(Duration.ofSeconds(30))),
                                        new ScheduledAction(
                                                "office",
                                                new When.Recurring(
                                                        new Recurrence("30 8 * * MON-FRI"),
                                                        ZoneId.of("Europe/Berlin"),
                                                        Optional.empty(),
                                                        Optional.empty()),
                                                OptionalInt.of(2),
                                                OptionalInt.empty(),
                                                OptionalInt.empty())),
                                List.of(new LifecycleHook(
                                        "install",
                                        LifecycleHook.Transition.LAUNCHING,
                                        Optional.of(Duration.ofMinutes(1)),
                                        LifecycleHook.Result.ABANDON)))));
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
                          warm-pool: {min-size: 1, state: running, reuse-on-scale-in: true}
                          policies:
                            - {name: more, type: simple, adjustment: 1, cooldown: 2s}
                            - {name: cpu, type: target-tracking, metric: ASGAverageCPUUtilization, target: 40, disable-scale-in: true}
                          schedule: [{name: rush, start-time: "2026-03-01T08:30:00Z", desired: 4}]
                          lifecycle-hooks:
                            - {name: install, transition: launching, heartbeat-timeout: 30s, default-result: continue}
                            - {name: save-logs, transition: terminating}
                        """).autoScaling())
                .contains(new AutoScaling(
                        "front",
                        new GroupSize(2, 3, 7),
                        HealthCheckType.EC2,
                        new GroupClocks(
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1)),
                        Optional.of(new WarmPool(1, WarmPool.State.RUNNING, OptionalInt.empty(), true)),
                        List.of(TerminationPolicy.OLDEST_LAUNCH_TEMPLATE, TerminationPolicy.NEWEST_INSTANCE),
                        new GroupRules(
                                List.of(
                                        new ScalingPolicy.Simple("more", ONE, Optional.of(Duration.ofSeconds(2))),
                                        new ScalingPolicy.TargetTracking(
                                                "cpu", ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION, 40, true)),
                                List.of(rush(new When.At(Instant.parse("2026-03-01T08:30:00Z")))),
                                List.of(
                                        new LifecycleHook(
                                                "install",
                                                LifecycleHook.Transition.LAUNCHING,
                                                Optional.of(Duration.ofSeconds(30)),
                                                LifecycleHook.Result.CONTINUE),
                                        new LifecycleHook(
                                                "save-logs",
                                                LifecycleHook.Transition.TERMINATING,
                                                Optional.empty(),
                                                LifecycleHook.Result.ABANDON)))));
    }

    private static ScheduledAction rush(When when) {
        return new ScheduledAction("rush", when, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(4));
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
                        .size()
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
            {name: x, subnets: {web-a: 10.0.10.0/28}, auto-scaling: {max: 20, warm-pool: {min-size: 4}}} | 1:63: expected at most 11 addresses in web-a 10.0.10.0/28 (16 less the 5 that AWS reserves), found one more for web-11a at the maximum of 20 with a warm pool, 24 in all; lower auto-scaling.max or the warm pool, or take a larger subnet
            {name: x, auto-scaling: {health-check-type: elbs}} | 1:45: expected one of ec2, elb for auto-scaling.health-check-type, found the text "elbs"; did you mean "elb"?
            {name: x, auto-scaling: {health-check-grace-period: 3h}} | 1:53: expected a duration from 0s to 2h for auto-scaling.health-check-grace-period, found the text "3h"
            {name: x, auto-scaling: {termination-policies: [oldest]}} | 1:49: expected one of default, oldest-instance, newest-instance, oldest-launch-configuration, oldest-launch-template, closest-to-next-instance-hour for auto-scaling.termination-policies, found the text "oldest"
            {name: x, auto-scaling: {termination-policies: []}} | 1:48: expected at least one entry for auto-scaling.termination-policies, found an empty list
            {name: x, auto-scaling: {warm-pool: {size: 1}}} | 1:38: expected a known key of auto-scaling.warm-pool, found "size"; known: min-size, state, max-prepared, reuse-on-scale-in
            {name: x, auto-scaling: {policies: [{name: a, type: steps}]}} | 1:53: expected one of simple, step, target-tracking for auto-scaling.policies[0].type, found the text "steps"; did you mean "step"?
            {name: x, auto-scaling: {policies: [{name: a, type: simple, adjustment: 1}, {name: a, type: simple, adjustment: 1}]}} | 1:84: expected each name once, found a second a
            {name: x, auto-scaling: {policies: [{name: a, type: step}]}} | 1:44: expected at least one step for a, found none; add steps
            {name: x, auto-scaling: {policies: [{name: a, type: step, steps: [{lower: 3, upper: 1, adjustment: 1}, {upper: 9, adjustment: 2}]}]}} | 1:75: expected a lower bound below the upper one of 1.0, found 3.0
            {name: x, auto-scaling: {schedule: [{name: a, at: 3s}]}} | 1:44: expected min, max or desired for a scheduled action, found none
            {name: x, auto-scaling: {schedule: [{name: a, desired: 3}]}} | 1:44: expected a time: at (after the start of the group), or start-time, or recurrence with or without start-time and end-time, found none
            {name: x, auto-scaling: {schedule: [{name: a, at: 3s, recurrence: "0 * * * *", desired: 3}]}} | 1:44: expected a time: at (after the start of the group), or start-time, or recurrence with or without start-time and end-time, found at and recurrence
            {name: x, auto-scaling: {schedule: [{name: a, recurrence: "0 * * *", desired: 3}]}} | 1:59: expected five fields of cron (minute, hour, day of month, month, day of week), such as "30 8 * * MON-FRI" for auto-scaling.schedule[0].recurrence, found the text "0 * * *"
            {name: x, auto-scaling: {schedule: [{name: a, recurrence: "0 * * * *", time-zone: Mars, desired: 3}]}} | 1:83: expected a time zone such as Europe/Berlin or Etc/UTC for auto-scaling.schedule[0].time-zone, found the text "Mars"
            {name: x, auto-scaling: {schedule: [{name: a, recurrence: "0 * * * *", start-time: "2026-02-01T00:00:00Z", end-time: "2026-01-01T00:00:00Z", desired: 3}]}} | 1:118: expected an end-time after the start-time, 2026-02-01T00:00:00Z, found 2026-01-01T00:00:00Z
            {name: x, auto-scaling: {schedule: [{name: a, at: 3s, end-time: "2026-01-01T00:00:00Z", desired: 3}]}} | 1:65: expected a recurrence with it, found none
            {name: x, auto-scaling: {lifecycle-hooks: [{name: a, transition: launch}]}} | 1:66: expected one of launching, terminating for auto-scaling.lifecycle-hooks[0].transition, found the text "launch"; did you mean "launching"?
            {name: x, auto-scaling: {lifecycle-hooks: [{name: a, transition: launching, heartbeat-timeout: 3h}]}} | 1:96: expected a duration from 1s to 2h for auto-scaling.lifecycle-hooks[0].heartbeat-timeout, found the text "3h"
            {name: x, auto-scaling: {lifecycle-hooks: [{name: a, transition: launching}, {name: b, transition: launching}]}} | 1:100: expected one hook for each transition, found a second; let one hook's script do both
            {name: x, auto-scaling: {termination-policies: [allocation-strategy]}} | 1:49: expected a policy that has a meaning without Spot (default, oldest-instance, newest-instance, oldest-launch-configuration, oldest-launch-template, closest-to-next-instance-hour), found allocation-strategy
            {name: x, auto-scaling: {sizes: 3}} | 1:26: expected a known key of auto-scaling, found "sizes"; known: min, max, desired, name, health-check-type, health-check-grace-period, default-cooldown, instance-warmup, impaired-wait, warm-pool, termination-policies, policies, schedule, lifecycle-hooks
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
