package io.failoverlab.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C while something is up: the first one has everything taken down, a second one leaves at once and the next command
 * cleans up.
 *
 * <p>The JVM's own way, shutdown hooks, knows no second one. Its signal interface is used by reflection, since the compiler
 * warns of it in a way that cannot be silenced; where it is missing, Ctrl-C falls back to the JVM's way.
 */
final class Interrupts {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final Terminal terminal;
    private final Thread worker;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    private Interrupts(Terminal terminal, Thread worker) {
        this.terminal = terminal;
        this.worker = worker;
    }

    /**
     * Runs the work on this thread, which is interrupted by the first signal.
     *
     * @throws UserError with exit code 130 if it was, once the work has cleaned up
     */
    static <T> T guard(Terminal terminal, Callable<T> work) throws Exception {
        Interrupts interrupts = new Interrupts(terminal, Thread.currentThread());
        interrupts.install();
        try {
            return work.call();
        } catch (Exception failure) {
            if (interrupts.interrupted.get()) {
                throw UserError.interrupted("interrupted; everything was taken down");
            }
            throw failure;
        }
    }

    private void signalled() {
        if (interrupted.compareAndSet(false, true)) {
            terminal.say("interrupted: taking everything down; once more leaves at once");
            worker.interrupt();
        } else {
            terminal.say("left; the next `lab` command cleans up");
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    private void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler onCall = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    signalled();
                    return null;
                }
                return method.invoke(this, arguments);
            };
            Object mine = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onCall);
            for (String name : SIGNALS) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), mine);
            }
        } catch (ReflectiveOperationException notThisJvm) {
            Runtime.getRuntime().addShutdownHook(new Thread(worker::interrupt));
        }
    }
}
