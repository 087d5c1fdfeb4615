package io.failoverlab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.net.URI;
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

    private final class FakeStack implements Stack {
        @Override
        public Topology topology() {
            return TopologyFile.named("one-web-one-db");
        }

        @Override
        public URI service() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public URI monitor() {
            return URI.create("http://127.0.0.1:2");
        }

        @Override
        public String monitorToken() {
            return "0123";
        }

        @Override
        public LoadRun begin(Experiment experiment) {
            throw new UnsupportedOperationException("nothing is loaded here");
        }

        @Override
        public void close() {
            happened.add("down");
        }
    }

    @Test
    void aJvmThatEndsBeforeTheTestsTakesTheStackDownOnce() {
        Stack stack = StackUntilExit.up(new FakeHooks(), FakeStack::new);

        hooks.getFirst().run();
        assertThat(happened).containsExactly("down");

        stack.close();
        assertThat(happened).containsExactly("down");
    }

    @Test
    void aStackThatWasTakenDownIsForgotten() {
        StackUntilExit.up(new FakeHooks(), FakeStack::new).close();

        assertThat(happened).containsExactly("down");
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
