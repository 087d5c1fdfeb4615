package io.failoverlab.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An object on the engine that a lab made. */
public record Leftover(Type type, String id, String name, Owner owner) {
    /** In the order of removal: a network goes only after its containers. */
    public enum Type {
        CONTAINER,
        NETWORK,
        VOLUME
    }

    /** The same objects, each with the living owner of its run if there is one. */
    static List<Leftover> ofLivingOwners(List<Leftover> objects) {
        Map<String, Owner> living = new HashMap<>();
        objects.stream()
                .map(Leftover::owner)
                .distinct()
                .filter(Owner::isAlive)
                .forEach(owner -> living.put(owner.run(), owner));
        return objects.stream()
                .map(it -> new Leftover(it.type, it.id, it.name, living.getOrDefault(it.owner.run(), it.owner)))
                .toList();
    }
}
