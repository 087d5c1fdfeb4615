package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineContainer.Plug;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that a server acknowledges nothing any more, whatever it does: it is killed. One that does not die, since it waits for
 * a disk that does not answer, is taken off all its networks, so that nobody hears of what it does.
 */
final class Fence {
    /** SIGKILL takes milliseconds. The engine waits for its effect for ten seconds, and then refuses it. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final LabScheduler scheduler;
    private final Map<EngineContainer, List<Plug>> cutOff = new ConcurrentHashMap<>();

    Fence(LabScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Returns when it cannot acknowledge anything any more; throws {@link IllegalStateException} if it still can. */
    void raise(EngineContainer server) {
        var state = server.state();
        if (state.paused()) {
            server.unpause();
        }
        if (state.running() && !dies(server)) {
            List<Plug> plugs = server.plugs();
            cutOff.put(server, plugs);
            plugs.forEach(server::unplug);
            var left = server.state();
            if (left.running() && left.connected()) {
                throw new IllegalStateException(server.name() + " still runs " + LIMIT.toSeconds()
                        + " s after SIGKILL, and cannot be taken off its networks");
            }
        }
    }

    private boolean dies(EngineContainer server) {
        CompletableFuture<Void> killed = CompletableFuture.runAsync(
                () -> server.signal("KILL"),
                task -> Thread.ofVirtual().name("fence").start(task));
        return scheduler
                .await(LIMIT, () -> {
                    if (!server.state().running()) {
                        return Optional.of(true);
                    }
                    return killed.isCompletedExceptionally() ? Optional.of(false) : Optional.empty();
                })
                .orElse(false);
    }

    /** Before the server may go on: it is on its networks again, if it was taken off. */
    void lower(EngineContainer server) {
        Optional.ofNullable(cutOff.remove(server)).ifPresent(plugs -> plugs.forEach(server::plugIn));
    }
}
