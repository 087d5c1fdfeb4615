package io.failoverlab.junit;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.topology.Topology;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A stack that is taken down when the JVM ends before its tests do, as by Ctrl-C: also one that is on its way up. */
final class StackUntilExit implements Stack {
    private static final int BRING_UP_SECONDS = 60;

    /** What a JVM runs at its end. */
    interface Hooks {
        void add(Thread hook);

        void remove(Thread hook);
    }

    /** Of this JVM. */
    enum OfJvm implements Hooks {
        HOOKS;

        @Override
        public void add(Thread hook) {
            Runtime.getRuntime().addShutdownHook(hook);
        }

        @Override
        public void remove(Thread hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // It runs already.
            }
        }
    }

    private final Stack stack;
    private final Runnable forget;
    private final AtomicBoolean down = new AtomicBoolean();

    private StackUntilExit(Stack stack, Runnable forget) {
        this.stack = stack;
        this.forget = forget;
    }

    static Stack up(Hooks hooks, Supplier<Stack> bringUp) {
        Thread worker = Thread.currentThread();
        AtomicReference<StackUntilExit> there = new AtomicReference<>();
        CountDownLatch decided = new CountDownLatch(1);
        Thread hook = new Thread(() -> end(worker, decided, there), "lab stack down");
        hooks.add(hook);
        try {
            there.set(new StackUntilExit(bringUp.get(), () -> hooks.remove(hook)));
            return there.get();
        } catch (RuntimeException failed) {
            hooks.remove(hook);
            throw failed;
        } finally {
            decided.countDown();
        }
    }

    /** Whoever brings a stack up and is interrupted leaves nothing. */
    private static void end(Thread worker, CountDownLatch decided, AtomicReference<StackUntilExit> there) {
        if (decided.getCount() > 0) {
            worker.interrupt();
        }
        try {
            if (decided.await(BRING_UP_SECONDS, TimeUnit.SECONDS) && there.get() != null) {
                there.get().down();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Topology topology() {
        return stack.topology();
    }

    @Override
    public URI service() {
        return stack.service();
    }

    @Override
    public URI monitor() {
        return stack.monitor();
    }

    @Override
    public String monitorToken() {
        return stack.monitorToken();
    }

    @Override
    public LoadRun begin(Experiment experiment) throws InterruptedException {
        return stack.begin(experiment);
    }

    @Override
    public void close() {
        forget.run();
        down();
    }

    private void down() {
        if (down.compareAndSet(false, true)) {
            stack.close();
        }
    }
}
