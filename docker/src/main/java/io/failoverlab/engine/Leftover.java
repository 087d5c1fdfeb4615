package io.failoverlab.engine;

/** An object on the engine that a lab made. */
public record Leftover(Type type, String id, String name, Owner owner) {
    /** In the order of removal: a network goes only after its containers. */
    public enum Type {
        CONTAINER,
        NETWORK,
        VOLUME
    }
}
