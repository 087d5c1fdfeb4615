package io.failoverlab.environment;

import io.failoverlab.engine.Engine;
import io.failoverlab.engine.Leftover;
import io.failoverlab.engine.Owner;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What labs that are gone left on the engine. Known by label; nothing else is ever touched. */
public final class Leftovers {
    private final Engine engine;

    public Leftovers(Engine engine) {
        this.engine = engine;
    }

    /** Owners that live, other than this process: labs that are up. */
    public List<Owner> livingOwners() {
        long self = ProcessHandle.current().pid();
        return engine.labObjects().stream()
                .map(Leftover::owner)
                .filter(owner -> owner.isAlive() && owner.pid() != self)
                .distinct()
                .toList();
    }

    /** Runs of which containers still run though their owner is gone. */
    public Set<String> deadButRunning() {
        return engine.labObjects().stream()
                .map(Leftover::owner)
                .filter(owner -> !owner.isAlive())
                .map(Owner::run)
                .distinct()
                .filter(run -> engine.containers(run).stream()
                        .anyMatch(it -> it.state().running()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Removes everything whose owner is gone and returns the runs it belonged to. */
    public Set<String> removeDead() {
        List<Leftover> dead = engine.labObjects().stream()
                .filter(object -> !object.owner().isAlive())
                .toList();
        remove(dead);
        return dead.stream().map(object -> object.owner().run()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Removes everything of one run, whoever owns it. */
    public void removeRun(String run) {
        remove(engine.labObjects().stream()
                .filter(object -> object.owner().run().equals(run))
                .toList());
    }

    private void remove(List<Leftover> objects) {
        for (Leftover.Type type : Leftover.Type.values()) {
            List<Leftover> ofType =
                    objects.stream().filter(object -> object.type() == type).toList();
            // Together, since each removal takes a good part of a second; networks only after all containers.
            ofType.parallelStream().forEach(engine::remove);
        }
    }
}
