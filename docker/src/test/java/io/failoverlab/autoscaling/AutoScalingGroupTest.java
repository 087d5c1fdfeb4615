package io.failoverlab.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupRules;
import io.failoverlab.topology.HealthCheckType;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.TerminationPolicy;
import io.failoverlab.topology.WarmPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AutoScalingGroupTest {
    private static final AutoScaling TWO_TO_SIX = AutoScaling.of(2, 2, 6);

    @Test
    void launchesWhatIsDesiredEvenlyOverTheZones() {
        GroupBench bench = new GroupBench(AutoScaling.of(2, 3, 6), GroupBench.A, GroupBench.C);
        assertThat(bench.decide()).containsExactly("launch web-1a", "launch web-1c", "launch web-2a");
        assertThat(bench.states()).containsExactly("web-1a Pending", "web-1c Pending", "web-2a Pending");
        assertThat(bench.decide()).isEmpty();
        bench.group.running("web-1a", bench.now);
        assertThat(bench.decide()).containsExactly("register web-1a");
        assertThat(bench.group.instance("web-1a").orElseThrow().state()).isEqualTo(LifecycleState.IN_SERVICE);
        assertThat(bench.eventTypes()).containsExactly("EC2 Instance Launch Successful web-1a");
    }

    @Test
    void replacesADeadInstanceAtOnceEvenInItsGracePeriod() {
        GroupBench bench = GroupBench.settled(TWO_TO_SIX);
        bench.group.gone("web-1c", "exit code 137", bench.now);
        assertThat(bench.decide()).containsExactly("terminate web-1c", "launch web-2c");
        assertThat(bench.states()).containsExactly("web-1a InService", "web-1c Terminating", "web-2c Pending");
        bench.group.terminated("web-1c", bench.now);
        bench.group.running("web-2c", bench.now);
        assertThat(bench.decide()).containsExactly("register web-2c");
        assertThat(bench.eventTypes())
                .containsExactly("EC2 Instance Terminate Successful web-1c", "EC2 Instance Launch Successful web-2c");
        assertThat(bench.events.getFirst().cause())
                .isEqualTo("At 2026-01-01T00:00:00Z an instance was taken out of service in response to"
                        + " an EC2 health check indicating it has been terminated or stopped.");
        assertThat(bench.events.getLast().description()).isEqualTo("Launching a new EC2 instance: i-3");
        assertThat(bench.events.getLast().cause())
                .isEqualTo("At 2026-01-01T00:00:00Z an instance was started in response to a difference between"
                        + " desired and actual capacity, increasing the capacity from 1 to 2.");
    }

    @Test
    void anUnhealthyTargetCountsOnlyAfterTheGracePeriodAndOnlyWithElbChecks() {
        GroupBench elb = GroupBench.settled(TWO_TO_SIX);
        elb.group.targetHealth("web-1a", false);
        assertThat(elb.after("9.9S").decide()).isEmpty();
        assertThat(elb.after("0.1S").decide()).containsExactly("terminate web-1a", "launch web-2a");

        GroupBench ec2 = GroupBench.settled(TWO_TO_SIX.withHealthCheckType(HealthCheckType.EC2));
        ec2.group.targetHealth("web-1a", false);
        assertThat(ec2.after("1H").decide()).isEmpty();
    }

    @Test
    void anImpairedInstanceIsWatchedForAWhile() {
        GroupBench bench = GroupBench.settled(TWO_TO_SIX.withHealthCheckType(HealthCheckType.EC2));
        bench.after("60S").group.impaired("web-1a", true, bench.now);
        assertThat(bench.after("4.9S").decide()).isEmpty();
        bench.group.impaired("web-1a", false, bench.now);
        assertThat(bench.after("10S").decide()).isEmpty();
        bench.group.impaired("web-1a", true, bench.now);
        assertThat(bench.after("5S").decide()).containsExactly("terminate web-1a", "launch web-2a");
    }

    @Test
    void whereEverythingIsUnhealthyOneIsReplacedAtATime() {
        GroupBench bench = GroupBench.settled(AutoScaling.of(3, 3, 6));
        bench.after("60S");
        bench.names().forEach(name -> bench.group.targetHealth(name, false));
        assertThat(bench.decide()).containsExactly("terminate web-1a", "launch web-3a");
        bench.group.terminated("web-1a", bench.now);
        bench.group.running("web-3a", bench.now);
        assertThat(bench.decide()).containsExactly("register web-3a");
        assertThat(bench.after("5S").decide()).isEmpty();
        bench.group.targetHealth("web-3a", true);
        assertThat(bench.decide()).containsExactly("terminate web-1c", "launch web-2c");
    }

    @Test
    void aFailedLaunchIsTriedInAnotherZoneAndTheZonesAreEvenInTheEnd() {
        GroupBench bench = new GroupBench(TWO_TO_SIX, GroupBench.A, GroupBench.C);
        bench.decide();
        bench.group.running("web-1a", bench.now);
        bench.group.launchFailed("web-1c", "the subnet web-c has no free address", bench.now);
        assertThat(bench.decide()).containsExactly("register web-1a", "launch web-2a");
        bench.group.targetHealth("web-1a", true);
        bench.group.running("web-2a", bench.now);
        bench.calm();
        assertThat(bench.names()).containsExactly("web-1a", "web-2a");
        assertThat(bench.group.activities().get(1).status()).isEqualTo(Activity.Status.FAILED);
        assertThat(bench.group.activities().get(1).statusMessage()).isEqualTo("the subnet web-c has no free address");
        assertThat(bench.after("1S").calm())
                .as("rebalancing launches before it terminates")
                .containsExactly("launch web-2c", "register web-2c", "terminate web-1a");
    }

    @Test
    void launchesThatFailEverywhereBecomeRarer() {
        GroupBench bench = new GroupBench(AutoScaling.of(1, 1, 1), GroupBench.A);
        int launches = 0;
        for (int second = 0; second < 3600; second++) {
            for (String decision : bench.after("1S").decide()) {
                launches++;
                bench.group.launchFailed(decision.substring("launch ".length()), "no memory", bench.now);
            }
        }
        assertThat(launches).isEqualTo(62);
    }

    /** Found by the simulation: what serves for long must not vouch for a zone again and again. */
    @Test
    void launchesBecomeRarerEvenBesideInstancesThatServe() {
        WarmPool pool = new WarmPool(4, WarmPool.State.RUNNING, OptionalInt.of(0), false);
        GroupBench bench = new GroupBench(AutoScaling.of(1, 1, 1).withWarmPool(pool), GroupBench.A);
        bench.decide();
        bench.group.running("web-1a", bench.now);
        bench.group.targetHealth("web-1a", true);
        int launches = 0;
        for (int second = 0; second < 600; second++) {
            for (GroupInstance it : bench.group.instances()) {
                bench.group.launchFailed(it.name(), "no memory", bench.now);
            }
            launches += (int) bench.after("1S").decide().stream()
                    .filter(it -> it.startsWith("warm"))
                    .count();
        }
        assertThat(launches).isBetween(10, 20);
    }

    @Test
    void scalesInFromTheFullestZoneByItsPolicy() {
        assertThat(scaledIn(TerminationPolicy.DEFAULT)).containsExactly("terminate web-1a", "terminate web-1c");
        assertThat(scaledIn(TerminationPolicy.OLDEST_INSTANCE)).containsExactly("terminate web-1a", "terminate web-1c");
        assertThat(scaledIn(TerminationPolicy.NEWEST_INSTANCE)).containsExactly("terminate web-3a", "terminate web-2c");
    }

    @Test
    void theOneClosestToItsNextHourGoesFirst() {
        GroupBench bench = GroupBench.settled(
                AutoScaling.of(1, 2, 6).withTerminationPolicies(TerminationPolicy.CLOSEST_TO_NEXT_INSTANCE_HOUR));
        bench.after("50M").group.setDesiredCapacity(4, bench.now);
        bench.calm();
        bench.after("15M").group.setDesiredCapacity(3, bench.now);
        assertThat(bench.calm())
                .as("15 minutes into its first hour is later than 5 into the second")
                .containsExactly("terminate web-2a");
    }

    @Test
    void theDefaultIsTheOldestTemplateAndThenTheNextHour() {
        GroupBench bench = GroupBench.settled(AutoScaling.of(1, 2, 6));
        bench.after("50M").group.setDesiredCapacity(4, bench.now);
        bench.calm();
        bench.after("15M").group.setDesiredCapacity(3, bench.now);
        assertThat(bench.calm()).containsExactly("terminate web-2a");
    }

    @Test
    void nothingComesFromALaunchConfigurationSoThatTheNextPolicyDecides() {
        GroupBench bench = GroupBench.settled(AutoScaling.of(1, 4, 6)
                .withTerminationPolicies(
                        TerminationPolicy.OLDEST_LAUNCH_CONFIGURATION, TerminationPolicy.NEWEST_INSTANCE));
        bench.group.setDesiredCapacity(3, bench.now);
        assertThat(bench.calm()).containsExactly("terminate web-2c");
    }

    @Test
    void instancesGoBackToThePoolThatReusesThem() {
        WarmPool pool = new WarmPool(0, WarmPool.State.STOPPED, OptionalInt.of(4), true);
        GroupBench bench = GroupBench.settled(AutoScaling.of(1, 4, 6).withWarmPool(pool));
        bench.group.setDesiredCapacity(3, bench.now);
        assertThat(bench.calm()).containsExactly("deregister web-1a", "stop web-1a");
        assertThat(bench.states())
                .containsExactly("web-1a Warmed:Stopped", "web-1c InService", "web-2a InService", "web-2c InService");
        bench.group.setDesiredCapacity(4, bench.now);
        assertThat(bench.calm()).containsExactly("start web-1a", "register web-1a");
    }

    @Test
    void theTerminatingHookHoldsOneOnItsWayBackToThePool() {
        WarmPool pool = new WarmPool(0, WarmPool.State.RUNNING, OptionalInt.of(2), true);
        LifecycleHook hook = new LifecycleHook(
                "save-logs",
                LifecycleHook.Transition.TERMINATING,
                Optional.of(Duration.ofSeconds(30)),
                LifecycleHook.Result.CONTINUE);
        GroupBench bench =
                GroupBench.settled(AutoScaling.of(1, 2, 6).withWarmPool(pool).withRules(GroupRules.ofHooks(hook)));
        bench.group.setDesiredCapacity(1, bench.now);
        assertThat(bench.calm()).containsExactly("deregister web-1a");
        assertThat(bench.states()).containsExactly("web-1a Terminating:Wait", "web-1c InService");
        bench.group.completeLifecycleAction("web-1a", LifecycleHook.Result.CONTINUE, bench.now);
        assertThat(bench.calm()).isEmpty();
        assertThat(bench.states()).containsExactly("web-1a Warmed:Running", "web-1c InService");
    }

    @Test
    void whatComesNextIsKnownBeforeItIsLaunched() {
        GroupBench bench = GroupBench.settled(TWO_TO_SIX);
        List<Upcoming> next = bench.group.upcoming();
        assertThat(next).map(Upcoming::instance).containsExactly("web-2a", "web-2c");
        assertThat(bench.group.upcoming()).isEqualTo(next);
        bench.group.gone("web-1a", "exit code 137", bench.now);
        bench.calm();
        assertThat(bench.group.instance("web-2a").orElseThrow().instanceId())
                .isEqualTo(next.getFirst().instanceId());
        assertThat(bench.group.upcoming()).map(Upcoming::instance).containsExactly("web-3a", "web-2c");
    }

    private static List<String> scaledIn(TerminationPolicy policy) {
        GroupBench bench = GroupBench.settled(AutoScaling.of(1, 5, 6).withTerminationPolicies(policy));
        bench.group.setDesiredCapacity(3, bench.now);
        return bench.calm();
    }

    @Test
    void aProtectedInstanceStaysWhenTheGroupScalesInButNotWhenItIsUnhealthy() {
        GroupBench bench = GroupBench.settled(TWO_TO_SIX);
        bench.group.setLimits(0, 6, bench.now);
        bench.names().forEach(name -> bench.group.protectFromScaleIn(name, true));
        bench.group.setDesiredCapacity(1, bench.now);
        assertThat(bench.calm()).isEmpty();
        assertThat(bench.after("1S").calm()).isEmpty();
        assertThat(bench.group.activities().getFirst().status()).isEqualTo(Activity.Status.CANCELLED);
        assertThat(bench.group.activities()).as("told once").hasSize(3);
        bench.group.gone("web-1a", "exit code 137", bench.now);
        assertThat(bench.calm()).containsExactly("terminate web-1a");
    }

    @Test
    void refusesADesiredCapacityOutsideTheLimits() {
        GroupBench bench = GroupBench.settled(TWO_TO_SIX);
        assertThatThrownBy(() -> bench.group.setDesiredCapacity(7, bench.now))
                .hasMessage("expected a desired capacity of 2 to 6 for web, found 7;"
                        + " `lab scale web 7 --max 7` changes the limit, too");
        bench.group.setLimits(3, 8, bench.now);
        assertThat(bench.group.desiredCapacity()).isEqualTo(3);
        assertThat(bench.calm()).containsExactly("launch web-2a", "register web-2a");
    }

    @Test
    void theWarmPoolIsFilledAndTakenFrom() {
        WarmPool pool = new WarmPool(1, WarmPool.State.STOPPED, OptionalInt.of(0), false);
        GroupBench bench = new GroupBench(TWO_TO_SIX.withWarmPool(pool), GroupBench.A, GroupBench.C);
        assertThat(bench.calm())
                .containsExactly(
                        "launch web-1a",
                        "launch web-1c",
                        "register web-1a",
                        "register web-1c",
                        "warm web-2a",
                        "stop web-2a");
        assertThat(bench.states().getLast()).isEqualTo("web-2a Warmed:Stopped");
        bench.group.gone("web-1a", "exit code 137", bench.now);
        assertThat(bench.calm())
                .containsExactly("terminate web-1a", "start web-2a", "register web-2a", "warm web-3a", "stop web-3a");
        assertThat(bench.states()).containsExactly("web-1c InService", "web-2a InService", "web-3a Warmed:Stopped");
    }

    @Test
    void aRunningInstanceOfTheWarmPoolServesAtOnceAndThePoolIsFilledOnceItDoes() {
        WarmPool pool = new WarmPool(1, WarmPool.State.RUNNING, OptionalInt.of(0), false);
        GroupBench bench = GroupBench.settled(TWO_TO_SIX.withWarmPool(pool));
        bench.group.gone("web-1a", "exit code 137", bench.now);
        assertThat(bench.decide()).containsExactly("terminate web-1a", "register web-2a");
        assertThat(bench.after("1S").decide()).isEmpty();
        bench.group.targetHealth("web-2a", true);
        assertThat(bench.decide()).containsExactly("warm web-3a");
        assertThat(metric(bench, "WarmPoolPendingCapacity")).isEqualTo(1);
    }

    @Test
    void hooksHoldAnInstanceUntilTheyAreCompletedOrTimeOut() {
        LifecycleHook launching = new LifecycleHook(
                "install",
                LifecycleHook.Transition.LAUNCHING,
                Optional.of(Duration.ofSeconds(30)),
                LifecycleHook.Result.ABANDON);
        LifecycleHook terminating = new LifecycleHook(
                "save-logs",
                LifecycleHook.Transition.TERMINATING,
                Optional.of(Duration.ofSeconds(30)),
                LifecycleHook.Result.CONTINUE);
        GroupBench bench = new GroupBench(
                AutoScaling.of(0, 1, 1).withRules(GroupRules.ofHooks(launching, terminating)), GroupBench.A);
        bench.calm();
        assertThat(bench.states()).containsExactly("web-1a Pending:Wait");
        bench.group.completeLifecycleAction("web-1a", LifecycleHook.Result.CONTINUE, bench.now);
        assertThat(bench.calm()).containsExactly("register web-1a");
        bench.group.setDesiredCapacity(0, bench.now);
        assertThat(bench.calm()).containsExactly("deregister web-1a");
        assertThat(bench.states()).containsExactly("web-1a Terminating:Wait");
        assertThat(bench.after("30S").calm()).containsExactly("terminate web-1a");
        assertThat(bench.eventTypes())
                .containsExactly(
                        "EC2 Instance-launch Lifecycle Action web-1a",
                        "EC2 Instance Launch Successful web-1a",
                        "EC2 Instance-terminate Lifecycle Action web-1a",
                        "EC2 Instance Terminate Successful web-1a");
    }

    @Test
    void anInstanceInStandbyIsReplacedOrTheCapacityGoesDownWithIt() {
        GroupBench bench = GroupBench.settled(AutoScaling.of(1, 2, 6));
        bench.group.enterStandby("web-1a", true, bench.now);
        assertThat(bench.calm()).containsExactly("deregister web-1a");
        assertThat(bench.group.desiredCapacity()).isEqualTo(1);
        bench.group.exitStandby("web-1a", bench.now);
        assertThat(bench.calm()).containsExactly("register web-1a");
        bench.group.enterStandby("web-1a", false, bench.now);
        assertThat(bench.calm()).containsExactly("deregister web-1a", "launch web-2a", "register web-2a");
    }

    @Test
    void aSuspendedProcessRestsUntilItIsResumed() {
        GroupBench bench = GroupBench.settled(TWO_TO_SIX);
        bench.group.suspend(ScalingProcess.LAUNCH);
        bench.group.gone("web-1a", "exit code 137", bench.now);
        assertThat(bench.calm()).containsExactly("terminate web-1a");
        bench.group.resume(ScalingProcess.LAUNCH);
        assertThat(bench.calm()).containsExactly("launch web-2a", "register web-2a");
    }

    @Test
    void aRefreshReplacesEveryInstanceAndKeepsEnoughInService() {
        GroupBench bench = GroupBench.settled(AutoScaling.of(2, 4, 6));
        bench.group.startInstanceRefresh(new RefreshPreferences(75, 100), bench.now);
        assertThat(bench.decide()).containsExactly("terminate web-1a", "launch web-3a");
        bench.group.terminated("web-1a", bench.now);
        bench.group.running("web-3a", bench.now);
        bench.calm();
        assertThat(bench.names()).containsExactly("web-3a", "web-3c", "web-4a", "web-4c");
        assertThat(bench.group.isRefreshing()).isFalse();
        assertThat(bench.eventTypes())
                .startsWith("EC2 Auto Scaling Instance Refresh Started")
                .endsWith("EC2 Auto Scaling Instance Refresh Succeeded");
    }

    @Test
    void aRefreshAboveAHundredPercentLaunchesFirst() {
        GroupBench bench = GroupBench.settled(AutoScaling.of(2, 2, 2));
        bench.group.startInstanceRefresh(new RefreshPreferences(100, 150), bench.now);
        assertThat(bench.calm())
                .containsExactly(
                        "launch web-2a",
                        "register web-2a",
                        "terminate web-1a",
                        "launch web-2c",
                        "register web-2c",
                        "terminate web-1c");
    }

    @Test
    void aGroupThatBeginsAnewTakesOverWhatItFinds() {
        GroupBench bench = new GroupBench(TWO_TO_SIX, GroupBench.A, GroupBench.C);
        bench.group.adopt("web-7a", "i-7", GroupBench.A, bench.now);
        assertThat(bench.calm()).containsExactly("launch web-1c", "register web-1c");
        bench.group.gone("web-7a", "exit code 137", bench.now);
        assertThat(bench.calm()).as("a number never comes back").contains("launch web-8a");
    }

    @Test
    void whatCouldNotBeTerminatedBelongsToTheGroupAndIsTriedAgainLessAndLessOften() {
        GroupBench bench = GroupBench.settled(TWO_TO_SIX);
        bench.group.gone("web-1a", "it died", bench.now);
        assertThat(bench.decide()).containsExactly("terminate web-1a", "launch web-2a");
        bench.group.running("web-2a", bench.now);
        bench.group.targetHealth("web-2a", true);
        bench.calm();

        for (String pause : List.of("0.999S", "1.999S", "3.999S")) {
            bench.group.terminationFailed("web-1a", "the engine is busy", bench.now);
            assertThat(bench.after(pause).decide()).isEmpty();
            assertThat(bench.after("0.001S").decide()).containsExactly("terminate web-1a");
        }
        assertThat(bench.states()).contains("web-1a Terminating");
        bench.group.terminated("web-1a", bench.now);
        assertThat(bench.after("1H").decide()).isEmpty();
        assertThat(bench.names()).containsExactly("web-1c", "web-2a");
        assertThat(bench.eventTypes())
                .filteredOn(it -> it.endsWith("web-1a"))
                .containsExactly(
                        "EC2 Instance Terminate Unsuccessful web-1a",
                        "EC2 Instance Terminate Unsuccessful web-1a",
                        "EC2 Instance Terminate Unsuccessful web-1a",
                        "EC2 Instance Terminate Successful web-1a");
        assertThat(bench.group.activities())
                .filteredOn(it -> it.instance().equals("web-1a"))
                .filteredOn(it -> it.description().startsWith("Terminating"))
                .extracting(it -> it.status().word(), Activity::statusMessage)
                .containsExactly(
                        tuple("Successful", ""),
                        tuple("Failed", "the engine is busy"),
                        tuple("Failed", "the engine is busy"),
                        tuple("Failed", "the engine is busy"));
    }

    @Test
    void metricsAreAFunctionOfTheState() {
        GroupBench bench = GroupBench.settled(TWO_TO_SIX);
        bench.group.gone("web-1a", "exit code 137", bench.now);
        bench.decide();
        assertThat(metric(bench, "GroupDesiredCapacity")).isEqualTo(2);
        assertThat(metric(bench, "GroupInServiceInstances")).isEqualTo(1);
        assertThat(metric(bench, "GroupPendingInstances")).isEqualTo(1);
        assertThat(metric(bench, "GroupTerminatingInstances")).isEqualTo(1);
        assertThat(metric(bench, "GroupTotalInstances")).isEqualTo(3);
        assertThat(bench.group.metrics(bench.now)).hasSize(13);
    }

    private static double metric(GroupBench bench, String name) {
        return bench.group.metrics(bench.now).stream()
                .filter(it -> it.name().equals(name))
                .map(Measurement::values)
                .findFirst()
                .orElseThrow()
                .getFirst();
    }
}
