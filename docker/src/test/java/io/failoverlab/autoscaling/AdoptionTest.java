package io.failoverlab.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupRules;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.ScheduledAction;
import io.failoverlab.topology.WarmPool;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A group that goes on with what another lab's group left. */
class AdoptionTest {
    private static final AutoScaling ONE = AutoScaling.of(1, 1, 4);

    private static AutoScaling withPool(WarmPool.State state) {
        return ONE.withWarmPool(new WarmPool(1, state, OptionalInt.of(0), false));
    }

    private static GroupBench bench(AutoScaling settings) {
        GroupBench bench = new GroupBench(settings, GroupBench.A, GroupBench.C);
        bench.group.adopt("web-1a", "i-1", GroupBench.A, bench.now);
        return bench;
    }

    private static void adopt(GroupBench bench, LifecycleState state, boolean runs) {
        bench.group.adopt("web-1c", "i-2", GroupBench.C, state, runs, bench.now);
    }

    @Test
    void anInstanceOfTheWarmPoolStaysInIt() {
        GroupBench running = bench(withPool(WarmPool.State.RUNNING));
        adopt(running, LifecycleState.WARMED_RUNNING, true);
        GroupBench stopped = bench(withPool(WarmPool.State.STOPPED));
        adopt(stopped, LifecycleState.WARMED_STOPPED, false);

        assertThat(running.calm()).isEmpty();
        assertThat(stopped.calm()).isEmpty();
        assertThat(running.states()).containsExactly("web-1a InService", "web-1c Warmed:Running");
        assertThat(stopped.states()).containsExactly("web-1a InService", "web-1c Warmed:Stopped");
        assertThat(running.events).as("nothing was launched").isEmpty();
    }

    @Test
    void whatWasOnItsWayIntoThePoolGoesOn() {
        GroupBench stopped = bench(withPool(WarmPool.State.STOPPED));
        adopt(stopped, LifecycleState.WARMED_PENDING, true);

        assertThat(stopped.calm()).containsExactly("stop web-1c");
        assertThat(stopped.states()).containsExactly("web-1a InService", "web-1c Warmed:Stopped");
    }

    @Test
    void oneOfARunningPoolThatEndedMeanwhileIsReplaced() {
        GroupBench running = bench(withPool(WarmPool.State.RUNNING));
        adopt(running, LifecycleState.WARMED_RUNNING, false);

        assertThat(running.calm()).contains("terminate web-1c").anyMatch(it -> it.startsWith("warm "));
    }

    @Test
    void onePendingIsPutIntoServiceOnceAndOneInServiceThatEndedIsReplaced() {
        GroupBench pending = new GroupBench(ONE, GroupBench.A, GroupBench.C);
        adopt(pending, LifecycleState.PENDING, true);
        GroupBench dead = new GroupBench(ONE, GroupBench.A, GroupBench.C);
        adopt(dead, LifecycleState.IN_SERVICE, false);

        assertThat(pending.calm()).containsExactly("register web-1c");
        assertThat(dead.calm()).containsExactly("terminate web-1c", "launch web-1a", "register web-1a");
    }

    @Test
    void aHookGoesOnHoldingItsInstance() {
        LifecycleHook hook = new LifecycleHook(
                "install",
                LifecycleHook.Transition.LAUNCHING,
                Optional.of(Duration.ofSeconds(30)),
                LifecycleHook.Result.CONTINUE);
        GroupBench bench = new GroupBench(ONE.withRules(GroupRules.ofHooks(hook)), GroupBench.A, GroupBench.C);
        adopt(bench, LifecycleState.PENDING_WAIT, true);

        assertThat(bench.after("29.9S").calm()).isEmpty();
        assertThat(bench.after("0.1S").calm()).containsExactly("register web-1c");
    }

    @Test
    void whatWasDueInTheLifeOfTheOtherLabIsOverAndTheRestComesAtItsTime() {
        ScheduledAction early = at("early", Duration.ofSeconds(30), 4);
        ScheduledAction late = at("late", Duration.ofHours(2), 3);
        GroupBench bench = new GroupBench(
                ONE.withRules(GroupRules.ofSchedule(early, late)),
                GroupBench.START.plus(Duration.ofHours(1)),
                GroupBench.A,
                GroupBench.C);
        bench.group.adopt("web-1a", "i-1", GroupBench.A, bench.now);

        assertThat(bench.after("3599S").calm()).isEmpty();
        assertThat(bench.after("1S").calm())
                .filteredOn(it -> it.startsWith("launch"))
                .hasSize(2);
    }

    private static ScheduledAction at(String name, Duration delay, int desired) {
        return new ScheduledAction(
                name,
                new ScheduledAction.When.After(delay),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(desired));
    }

    @Test
    void aRefreshThatWasUnderWayIsToldToBeOver() {
        GroupBench bench = bench(ONE);
        bench.group.loseInstanceRefresh(bench.now);

        assertThat(bench.calm()).isEmpty();
        assertThat(bench.eventTypes()).containsExactly("EC2 Auto Scaling Instance Refresh Cancelled");
    }

    @Test
    void oneThatIsBeingTerminatedIsTerminatedUntilItIsGone() {
        GroupBench bench = bench(ONE);
        adopt(bench, LifecycleState.TERMINATING, true);
        bench.group.adopt("web-2a", "i-3", GroupBench.A, LifecycleState.WARMED_TERMINATING, false, bench.now);
        bench.group.adopt("web-3a", "i-4", GroupBench.A, LifecycleState.TERMINATED, false, bench.now);

        assertThat(bench.decide()).containsExactly("terminate web-1c", "terminate web-2a");
        bench.group.terminated("web-1c", bench.now);
        bench.group.terminated("web-2a", bench.now);
        assertThat(bench.calm()).isEmpty();
        assertThat(bench.names()).containsExactly("web-1a");
    }
}
