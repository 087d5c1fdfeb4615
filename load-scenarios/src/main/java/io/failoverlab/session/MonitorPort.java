package io.failoverlab.session;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.environment.CannotTakeOver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;

/** The port of the monitor of a lab that died. */
final class MonitorPort {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private MonitorPort() {}

    /**
     * The dead lab's monitor ends with it, but not in the same moment.
     *
     * @throws CannotTakeOver if it does not
     */
    static void awaitFree(int port, LabScheduler scheduler) {
        boolean free = scheduler
                .await(LIMIT, () -> isFree(port) ? Optional.of(true) : Optional.empty())
                .isPresent();
        if (!free) {
            throw new CannotTakeOver("expected port " + port
                    + " of 127.0.0.1, where the monitor was, to be free within " + LIMIT.toSeconds()
                    + " s, found it in use; `ss -ltnp 'sport = :" + port + "'` shows who has it");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
