package io.failoverlab.simulation;

/** Hears of every second of a load, in order, on a thread of the generator's; an exception ends the load. */
@FunctionalInterface
public interface LoadListener {
    void second(LoadSecond second);

    /** What the generator itself used, about once a second. */
    default void used(GeneratorUse use) {}
}
