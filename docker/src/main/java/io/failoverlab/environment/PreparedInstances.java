package io.failoverlab.environment;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Instances that may be launched some time: container and networks are there, which take a good part of a launch to make,
 * and no server runs in them. They belong to no tier, and nobody watches them.
 */
final class PreparedInstances {
    /** One that only has to be launched. */
    record Ready(Instance web, EngineContainer container) {}

    private record Slot(Instance web, CompletableFuture<Optional<EngineContainer>> container) {}

    private final Function<Instance, EngineContainer> maker;
    private final Map<String, Slot> byName = new ConcurrentHashMap<>();

    PreparedInstances(Function<Instance, EngineContainer> maker) {
        this.maker = maker;
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
    void reserve(Instance web) {
        byName.put(web.name(), new Slot(web, new CompletableFuture<>()));
    }

    /** Returns when it is done. Where it fails, the launch will make its own container and tell why it cannot. */
    void make(String name) {
        Slot slot = byName.get(name);
        Optional<EngineContainer> made = Optional.empty();
        try {
            made = Optional.of(maker.apply(slot.web()));
        } catch (EngineException failure) {
            // nothing is left of it
        } finally {
            slot.container().complete(made);
        }
    }

    /** Hands one out, once; waits for the engine while it is being made. */
    Optional<Ready> take(String name) {
        Slot slot = byName.remove(name);
        return slot == null ? Optional.empty() : slot.container().join().map(it -> new Ready(slot.web(), it));
    }

    private void discard() {
        for (String name : byName.keySet()) {
            take(name).ifPresent(it -> it.container().remove());
        }
    }

    /** Removes what an earlier lab had prepared in a run: its own containers are all in its topology. */
    static void removeOthers(Engine engine, String run, Set<String> known) {
        engine.containers(run).stream()
                .filter(container -> !known.contains(container.name()))
                .forEach(EngineContainer::remove);
    }
}
