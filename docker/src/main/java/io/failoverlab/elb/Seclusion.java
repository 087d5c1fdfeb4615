package io.failoverlab.elb;

import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Shuts the balancer off from addresses of targets that are gone, without a reload. The address of a dead container answers
 * nobody, so that a connection to it waits for its time-out, and a frozen one answers nothing; with its route made unreachable
 * the kernel refuses a connection at once, and nginx goes on to the next target. Connections that exist are ended in the same
 * moment, which nginx takes as a reason to go on as well.
 */
final class Seclusion {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Set<String> addresses = new HashSet<>();
    private Optional<EngineContainer> balancer = Optional.empty();

    /** The balancer runs, or runs again: routes that were made before are gone with its network. */
    synchronized void begin(EngineContainer container) {
        balancer = Optional.of(container);
        addresses.clear();
    }

    /**
     * The balancer was left by an earlier lab, with what that one shut off.
     *
     * @throws EngineException if the balancer does not take it
     */
    synchronized void goOn(EngineContainer container) {
        begin(container);
        run("ip route flush type unreachable");
    }

    /**
     * No way to that address any more.
     *
     * @throws EngineException if the balancer does not take it
     */
    synchronized void shutOff(String address, Absence absence) {
        // What a frozen one may still have had ends when it dies.
        if (addresses.add(address) || absence == Absence.DEAD) {
            run("ip route replace unreachable " + address + "/32 && ss -HK dst " + address + spared(address, absence));
        }
    }

    /** Those that the balancer opened for what may not be repeated: they alone have the kernel's keep-alive timer. */
    private static String spared(String address, Absence absence) {
        return switch (absence) {
            case DEAD -> "";
            case FROZEN ->
                " $(ss -Hton dst " + address
                        + " | sed -n 's/^[^:]*:\\([0-9]*\\) .*timer:(keepalive.*/and sport != :\\1/p')";
        };
    }

    /**
     * The address is reached again; does nothing if it never was shut off.
     *
     * @throws EngineException if the balancer does not take it
     */
    synchronized void open(String address) {
        if (addresses.remove(address)) {
            run("ip route del unreachable " + address + "/32");
        }
    }

    private void run(String line) {
        EngineContainer container = balancer.orElseThrow(() -> new EngineException("the balancer is not up yet"));
        ExecResult result = container.execPrivileged(LIMIT, "sh", "-c", line);
        if (result.exitCode() != 0) {
            throw new EngineException("`" + line + "` in the balancer ended with exit code " + result.exitCode() + ": "
                    + (result.stderr() + result.stdout()).strip());
        }
    }
}
