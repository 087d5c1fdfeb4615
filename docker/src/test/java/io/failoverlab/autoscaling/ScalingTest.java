package io.failoverlab.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.topology.Adjustment;
import io.failoverlab.topology.Adjustment.Type;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupRules;
import io.failoverlab.topology.Recurrence;
import io.failoverlab.topology.ScalingPolicy;
import io.failoverlab.topology.ScheduledAction;
import io.failoverlab.topology.ScheduledAction.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ScalingTest {
    private static final ScalingPolicy.Metric CPU = ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION;
    private static final ScalingPolicy CPU_AT_50 = new ScalingPolicy.TargetTracking("cpu", CPU, 50, false);

    /** The example of the guide: 10 instances, 10 % more from 60 on, 30 % more from 70 on; 10 % and 30 % fewer below. */
    private static final ScalingPolicy STEPS = new ScalingPolicy.Step(
            "steps",
            List.of(
                    step(0, 10, 10),
                    step(10, Double.POSITIVE_INFINITY, 30),
                    step(-20, -10, -10),
                    step(Double.NEGATIVE_INFINITY, -20, -30)));

    private static ScalingPolicy.Range step(double lower, double upper, int percent) {
        return new ScalingPolicy.Range(lower, upper, new Adjustment(Type.PERCENT_CHANGE_IN_CAPACITY, percent, 1));
    }

    private static GroupBench with(int min, int desired, int max, ScalingPolicy... policies) {
        return GroupBench.settled(AutoScaling.of(min, desired, max).withRules(GroupRules.ofPolicies(policies)));
    }

    @Test
    void aSimplePolicyRestsForItsCooldown() {
        Adjustment one = new Adjustment(Type.CHANGE_IN_CAPACITY, 1, 1);
        GroupBench bench = with(1, 2, 6, new ScalingPolicy.Simple("more", one, Optional.empty()));
        assertThat(bench.group.execute("more", "busy", 1, bench.now).scaled()).isTrue();
        assertThat(bench.group.execute("more", "busy", 1, bench.now).refusal())
                .isEqualTo("the group is in its cooldown, or a scaling activity goes on");
        bench.calm();
        assertThat(bench.events.getFirst().cause())
                .startsWith(
                        "At 2026-01-01T00:00:00Z monitor alarm busy triggered policy more,"
                                + " changing the desired capacity from 2 to 3.  At 2026-01-01T00:00:00Z an instance was started");
        assertThat(bench.after("4.9S")
                        .group
                        .execute("more", "busy", 1, bench.now)
                        .scaled())
                .isFalse();
        assertThat(bench.after("0.1S")
                        .group
                        .execute("more", "busy", 1, bench.now)
                        .after())
                .isEqualTo(4);
    }

    @Test
    void aStepPolicyCountsInstancesThatWarmUpOnce() {
        GroupBench bench = with(1, 10, 20, STEPS);
        bench.after("60S");
        assertThat(bench.group.execute("steps", "busy", 3, bench.now).after()).isEqualTo(11);
        bench.calm();
        assertThat(bench.after("1S")
                        .group
                        .execute("steps", "busy", 12, bench.now)
                        .after())
                .as("30 % of the 10 that are warm are 3, of which one is on its way")
                .isEqualTo(13);
        bench.calm();
        assertThat(bench.group.execute("steps", "idle", -30, bench.now).refusal())
                .isEqualTo("no scale-in while 3 instances warm up");
        assertThat(bench.after("3S")
                        .group
                        .execute("steps", "idle", -30, bench.now)
                        .after())
                .as("3.9 fewer are 3 fewer")
                .isEqualTo(10);
        assertThat(bench.group.execute("steps", "idle", -5, bench.now).refusal())
                .isEqualTo("no step for a distance of -5.0 from the threshold");
    }

    @Test
    void percentsAreRoundedAsOnAws() {
        assertThat(new Adjustment(Type.PERCENT_CHANGE_IN_CAPACITY, 127, 1).applyTo(10))
                .isEqualTo(22);
        assertThat(new Adjustment(Type.PERCENT_CHANGE_IN_CAPACITY, 3, 1).applyTo(10))
                .isEqualTo(11);
        assertThat(new Adjustment(Type.PERCENT_CHANGE_IN_CAPACITY, -58, 1).applyTo(1))
                .isEqualTo(0);
        assertThat(new Adjustment(Type.PERCENT_CHANGE_IN_CAPACITY, -67, 1).applyTo(10))
                .isEqualTo(4);
        assertThat(new Adjustment(Type.PERCENT_CHANGE_IN_CAPACITY, 25, 2).applyTo(4))
                .isEqualTo(6);
    }

    @Test
    void targetTrackingScalesOutInProportionAfterThreeDatapoints() {
        GroupBench bench = with(1, 2, 10, CPU_AT_50);
        bench.after("60S");
        measure(bench, 2, 90);
        assertThat(bench.group.desiredCapacity()).isEqualTo(2);
        measure(bench, 1, 90);
        assertThat(bench.group.desiredCapacity()).as("2 x 90 / 50").isEqualTo(4);
        assertThat(bench.calm()).filteredOn(it -> it.startsWith("launch")).hasSize(2);
        measure(bench, 2, 90);
        assertThat(bench.group.desiredCapacity())
                .as("newcomers warm up, their load is not in the metric yet")
                .isEqualTo(4);
    }

    @Test
    void targetTrackingScalesInSlowlyByTheHighestDatapoint() {
        GroupBench bench = with(1, 6, 10, CPU_AT_50);
        bench.after("60S");
        measure(bench, 1, 29);
        measure(bench, 13, 10);
        assertThat(bench.group.desiredCapacity()).isEqualTo(6);
        measure(bench, 1, 10);
        assertThat(bench.group.desiredCapacity()).as("6 x 29 / 50").isEqualTo(4);
        measure(bench, 14, 44);
        assertThat(bench.group.desiredCapacity()).isEqualTo(4);
        measure(bench, 1, 45);
        assertThat(bench.group.desiredCapacity())
                .as("45 is no less than nine tenths of 50")
                .isEqualTo(4);
    }

    @Test
    void targetTrackingDoesNothingWithoutData() {
        GroupBench bench = with(1, 6, 10, CPU_AT_50);
        measure(bench, 14, 5);
        bench.after("10S");
        measure(bench, 14, 5);
        assertThat(bench.group.desiredCapacity()).isEqualTo(6);
    }

    @Test
    void severalTrackersScaleOutForOneAndInForAll() {
        ScalingPolicy requests = new ScalingPolicy.TargetTracking(
                "requests", ScalingPolicy.Metric.ALB_REQUEST_COUNT_PER_TARGET, 100, false);
        GroupBench bench = with(1, 4, 20, CPU_AT_50, requests);
        bench.after("60S");
        for (int i = 0; i < 15; i++) {
            bench.after("1S").group.measured(CPU, 10, bench.now);
            bench.group.measured(ScalingPolicy.Metric.ALB_REQUEST_COUNT_PER_TARGET, 95, bench.now);
        }
        assertThat(bench.group.desiredCapacity()).isEqualTo(4);
        for (int i = 0; i < 3; i++) {
            bench.after("1S").group.measured(CPU, 10, bench.now);
            bench.group.measured(ScalingPolicy.Metric.ALB_REQUEST_COUNT_PER_TARGET, 210, bench.now);
        }
        assertThat(bench.group.desiredCapacity()).isEqualTo(9);
    }

    private static TrackingAlarm alarm(GroupBench bench, String policy, TrackingAlarm.Side side) {
        return bench.group.trackingAlarms().stream()
                .filter(it -> it.policy().name().equals(policy) && it.side() == side)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theAlarmsOfATrackingPolicyAreNamedAsOnAwsAndDecideAlone() {
        GroupBench bench = with(1, 2, 10, CPU_AT_50);
        TrackingAlarm high = alarm(bench, "cpu", TrackingAlarm.Side.HIGH);
        assertThat(high.name()).matches("TargetTracking-web-AlarmHigh-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        bench.group.leaveTrackingToAlarms();
        bench.after("60S");
        measure(bench, 20, 90);
        assertThat(bench.group.desiredCapacity())
                .as("the monitor has not said so")
                .isEqualTo(2);
        assertThat(bench.group.fired(high, 1.8, bench.now).after())
                .as("2 x 90 / 50")
                .isEqualTo(4);
        bench.calm();
        assertThat(bench.events.getFirst().cause())
                .contains("monitor alarm " + high.name() + " triggered policy cpu, changing the desired capacity");
        assertThat(bench.group.fired(high, 1.8, bench.now).scaled())
                .as("newcomers warm up")
                .isFalse();
    }

    @Test
    void theAlarmBelowTheTargetScalesInWhenNothingWarmsUp() {
        GroupBench bench = with(1, 6, 10, CPU_AT_50);
        bench.group.leaveTrackingToAlarms();
        TrackingAlarm low = alarm(bench, "cpu", TrackingAlarm.Side.LOW);
        assertThat(bench.group.fired(low, 0.5, bench.now).refusal())
                .isEqualTo("no scale-in while instances come, go or warm up");
        assertThat(bench.after("60S").group.fired(low, 0.5, bench.now).after()).isEqualTo(3);
    }

    /** The monitor repeats what it said a minute ago. */
    @Test
    void anAlarmThatLastsScalesByTheNewestDatapoints() {
        GroupBench bench = with(1, 6, 10, CPU_AT_50);
        bench.group.leaveTrackingToAlarms();
        bench.after("60S");
        measure(bench, 15, 10);
        assertThat(bench.group
                        .fired(alarm(bench, "cpu", TrackingAlarm.Side.LOW), 0.9, bench.now)
                        .after())
                .as("6 x 10 / 50")
                .isEqualTo(2);
    }

    @Test
    void aPolicyThatDoesNotScaleInHasNoAlarmForIt() {
        GroupBench bench = with(1, 6, 10, new ScalingPolicy.TargetTracking("cpu", CPU, 50, true));
        assertThat(bench.group.trackingAlarms()).map(TrackingAlarm::side).containsExactly(TrackingAlarm.Side.HIGH);
    }

    @Test
    void aCountOfAMinuteIsLessInAShorterPeriod() {
        GroupBench bench = with(
                1,
                2,
                10,
                new ScalingPolicy.TargetTracking(
                        "requests", ScalingPolicy.Metric.ALB_REQUEST_COUNT_PER_TARGET, 6000, false));
        TrackingAlarm low = alarm(bench, "requests", TrackingAlarm.Side.LOW);
        assertThat(low.threshold(Duration.ofSeconds(1))).isEqualTo(90);
        assertThat(low.threshold(Duration.ofMinutes(1))).isEqualTo(5400);
        assertThat(low.load(45, 90)).as("45 a second are 2700 a minute").isEqualTo(0.45);
    }

    private static void measure(GroupBench bench, int times, double value) {
        for (int i = 0; i < times; i++) {
            bench.after("1S").group.measured(CPU, value, bench.now);
        }
    }

    @Test
    void aScheduledActionHappensOnceAtItsTime() {
        ScheduledAction morning = new ScheduledAction(
                "morning",
                new When.After(Duration.ofMinutes(5)),
                OptionalInt.of(3),
                OptionalInt.empty(),
                OptionalInt.of(4));
        GroupBench bench = GroupBench.settled(AutoScaling.of(1, 2, 6).withRules(GroupRules.ofSchedule(morning)));
        assertThat(bench.after("299S").calm()).isEmpty();
        assertThat(bench.after("1S").calm())
                .filteredOn(it -> it.startsWith("launch"))
                .hasSize(2);
        bench.group.setDesiredCapacity(3, bench.now);
        bench.calm();
        assertThat(bench.after("1H").calm()).isEmpty();
    }

    @Test
    void aRecurringActionHappensAgainAndAgainUntilItsEnd() {
        When tenPast = new When.Recurring(
                new Recurrence("10 * * * *"),
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.of(Instant.parse("2026-01-01T02:30:00Z")));
        ScheduledAction rush =
                new ScheduledAction("rush", tenPast, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(4));
        GroupBench bench = GroupBench.settled(AutoScaling.of(1, 2, 6).withRules(GroupRules.ofSchedule(rush)));
        assertThat(bench.after("599S").calm()).isEmpty();
        for (int hour = 0; hour < 3; hour++) {
            assertThat(bench.after("1S").calm())
                    .filteredOn(it -> it.startsWith("launch"))
                    .hasSize(2);
            bench.group.setDesiredCapacity(2, bench.now);
            bench.calm();
            assertThat(bench.after("3599S").calm()).isEmpty();
        }
        assertThat(bench.after("1S").calm()).as("03:10 is after its end").isEmpty();
    }

    @Test
    void anUnknownPolicyIsAnsweredWithTheNearest() {
        GroupBench bench = with(1, 2, 6, STEPS);
        assertThatThrownBy(() -> bench.group.execute("step", "busy", 1, bench.now))
                .hasMessageContaining("found step; did you mean \"steps\"?");
    }
}
