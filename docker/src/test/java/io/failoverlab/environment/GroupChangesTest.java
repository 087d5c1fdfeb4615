package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.autoscaling.GroupInstance;
import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.topology.Zone;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupChangesTest {
    @Test
    void aChangeIsDoneWhenAsManyServeAsAreDesiredAndNoneComesOrGoes() {
        assertThat(done(2, LifecycleState.IN_SERVICE, LifecycleState.IN_SERVICE))
                .isTrue();
        assertThat(done(2, LifecycleState.IN_SERVICE, LifecycleState.PENDING)).isFalse();
        assertThat(done(1, LifecycleState.IN_SERVICE, LifecycleState.TERMINATING))
                .isFalse();
        assertThat(done(1, LifecycleState.IN_SERVICE, LifecycleState.TERMINATING_WAIT))
                .isFalse();
    }

    @Test
    void whoStandsByOrWaitsInThePoolIsNotWaitedFor() {
        assertThat(done(1, LifecycleState.IN_SERVICE, LifecycleState.STANDBY)).isTrue();
        assertThat(done(1, LifecycleState.IN_SERVICE, LifecycleState.WARMED_STOPPED))
                .isTrue();
        assertThat(done(2, LifecycleState.IN_SERVICE, LifecycleState.STANDBY)).isFalse();
    }

    private static boolean done(int desired, LifecycleState... states) {
        List<GroupInstance> instances = Stream.of(states)
                .map(it -> new GroupInstance("web", "i-1", new Zone(Zone.DEFAULT_REGION, "a"), it, true, false, 1))
                .toList();
        return GroupChanges.areDone(instances, desired);
    }
}
