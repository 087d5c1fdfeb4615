package io.failoverlab.environment;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Instances that may be launched some time: container and networks are there, which take a good part of a launch to make,
 * and no server runs in them. They belong to no tier, and nobody watches them.
 */
final class PreparedInstances {
    /** One that only has to be launched. */
    record Ready(Instance web, EngineContainer container) {}

    record Slot(Instance web, CompletableFuture<Optional<EngineContainer>> container) {}

    /** A container is made within a second; after so long the engine hangs, and nobody must hang with it. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Function<Instance, EngineContainer> maker;
    private final Duration limit;
    private final Map<String, Slot> byName = new ConcurrentHashMap<>();

    /** @param limit how long one that is being made is waited for */
    PreparedInstances(Function<Instance, EngineContainer> maker, Duration limit) {
        this.maker = maker;
        this.limit = limit;
    }

    boolean contains(String name) {
        return byName.containsKey(name);
    }

    /** What the question finds in the topology beside them; where nothing is free beside them they give way. */
    Instance next(Topology topology, Function<Topology, Instance> question) {
        try {
            Topology all = topology;
            for (Slot slot : byName.values()) {
                all = all.withWeb(slot.web());
            }
            return question.apply(all);
        } catch (InvalidInput full) {
            discard();
            return question.apply(topology);
        }
    }

    /** From now on name and addresses are taken; {@link #make} makes the rest. */
    Slot reserve(Instance web) {
        Slot slot = new Slot(web, new CompletableFuture<>());
        byName.put(web.name(), slot);
        return slot;
    }

    /**
     * Returns when it is done. Where it fails, the launch will make its own container and tell why it cannot. A slot that was
     * handed out meanwhile is made nevertheless, for whoever waits for it; if he has given up, nothing is left of it.
     */
    void make(Slot slot) {
        Optional<EngineContainer> made = Optional.empty();
        try {
            made = Optional.of(maker.apply(slot.web()));
        } catch (EngineException failure) {
            // nothing is left of it
        } finally {
            if (!slot.container().complete(made)) {
                made.ifPresent(EngineContainer::remove);
            }
        }
    }

    /** Hands one out, once; waits while it is being made. Empty if there is none, or it is not made within the limit. */
    Optional<Ready> take(String name) {
        Slot slot = byName.remove(name);
        if (slot == null) {
            return Optional.empty();
        }
        return slot.container()
                .completeOnTimeout(Optional.empty(), limit.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .map(it -> new Ready(slot.web(), it));
    }

    /** Removes them all; what they were made for would find them unfit. */
    void discard() {
        for (String name : byName.keySet()) {
            take(name).ifPresent(it -> it.container().remove());
        }
    }

    /** Removes what an earlier lab had prepared in a run: whatever it kept no account of. */
    static void removeOthers(Engine engine, String run, Set<String> known) {
        engine.containers(run).stream()
                .filter(container -> !known.contains(container.name()))
                .forEach(EngineContainer::remove);
    }
}
