package io.failoverlab.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.AutoScaling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of a group whose decisions cannot all be carried out. */
class GroupControllerTest {
    private final List<String> done = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final Clock clock = new Clock();
    private final AutoScalingGroup group = new AutoScalingGroup(
            AutoScaling.of(2, 2, 6), List.of(GroupBench.A, GroupBench.C), new Ids()::next, clock.now);
    private final GroupController controller = new GroupController(
            group,
            new Actions(),
            () -> clock.now,
            event -> {},
            (decision, failure) -> troubles.add(decision.instance() + ": " + failure.getMessage()));

    private static final class Clock {
        private Instant now = GroupBench.START;
    }

    private static final class Ids {
        private int last;

        private String next() {
            return "i-" + ++last;
        }
    }

    private final class Actions implements InstanceActions {
        private void act(String what) {
            if (refused.remove(what)) {
                throw new IllegalStateException("the disk is full");
            }
            done.add(what);
        }

        @Override
        public void launch(Decision.Launch it) {
            act("launch " + it.instance());
        }

        @Override
        public void start(Decision.Start it) {
            act("start " + it.instance());
        }

        @Override
        public void stop(Decision.Stop it) {
            act("stop " + it.instance());
        }

        @Override
        public void register(Decision.Register it) {
            act("register " + it.instance());
        }

        @Override
        public void deregister(Decision.Deregister it) {
            act("deregister " + it.instance());
        }

        @Override
        public void terminate(Decision.Terminate it) {
            act("terminate " + it.instance());
        }
    }

    @Test
    void aLaunchThatIsRefusedHoldsUpNoOtherAndIsTriedAgain() {
        refused.add("launch web-1a");
        controller.tick();
        assertThat(done).containsExactly("launch web-1c");
        assertThat(troubles).containsExactly("web-1a: the disk is full");

        controller.running("web-1c");
        controller.targetHealth("web-1c", true);
        clock.now = clock.now.plusSeconds(2);
        controller.tick();
        assertThat(done).hasSize(3).startsWith("launch web-1c", "register web-1c");
        assertThat(done.getLast())
                .as("one more, for which it still has no capacity")
                .startsWith("launch web-2");
    }

    @Test
    void whoCannotBeRegisteredIsReplacedAndWhoCannotBeTerminatedIsTriedAgain() {
        controller.tick();
        refused.addAll(List.of("register web-1a", "terminate web-1a"));
        controller.running("web-1a");
        controller.running("web-1c");
        controller.targetHealth("web-1c", true);
        controller.tick();
        assertThat(troubles).containsExactly("web-1a: the disk is full", "web-1a: the disk is full");
        assertThat(controller.instances())
                .extracting(it -> it.name() + " " + it.state().word())
                .contains("web-1a Terminating", "web-1c InService");

        clock.now = clock.now.plusSeconds(2);
        controller.tick();
        assertThat(done).contains("terminate web-1a").anyMatch(it -> it.startsWith("launch web-2"));
    }
}
