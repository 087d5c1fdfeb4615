package io.failoverlab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.topology.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StackUntilExitTest {
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final List<Thread> hooks = new ArrayList<>();

    private final class FakeHooks implements StackUntilExit.Hooks {
        @Override
        public void add(Thread hook) {
            hooks.add(hook);
        }

        @Override
        public void remove(Thread hook) {
            hooks.remove(hook);
        }
    }

    private Stack up() {
        return new FakeStack(TopologyFile.named("one-web-one-db"), happened::add);
    }

    @Test
    void aJvmThatEndsBeforeTheTestsTakesTheStackDownOnce() {
        Stack stack = StackUntilExit.up(new FakeHooks(), this::up);

        hooks.getFirst().run();
        assertThat(happened).containsExactly("down one-web-one-db");

        stack.close();
        assertThat(happened).containsExactly("down one-web-one-db");
    }

    @Test
    void aStackThatWasTakenDownIsForgotten() {
        StackUntilExit.up(new FakeHooks(), this::up).close();

        assertThat(happened).containsExactly("down one-web-one-db");
        assertThat(hooks).isEmpty();
    }

    @Test
    void aStackOnItsWayUpIsInterruptedAndWaitedFor() throws InterruptedException {
        assertThatThrownBy(() -> StackUntilExit.up(new FakeHooks(), () -> {
                    Thread hook = hooks.getFirst();
                    hook.start();
                    while (!Thread.interrupted()) {
                        Thread.onSpinWait();
                    }
                    happened.add(hook.isAlive() ? "the JVM waits" : "the JVM is gone");
                    throw new IllegalStateException("interrupted");
                }))
                .hasMessage("interrupted");

        assertThat(happened).containsExactly("the JVM waits");
        assertThat(hooks).isEmpty();
    }
}
