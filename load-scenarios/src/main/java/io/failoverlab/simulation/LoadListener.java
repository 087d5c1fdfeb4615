package io.failoverlab.simulation;

/** Hears of every second of a load, in order, on a thread of the generator's; an exception ends the load. */
@FunctionalInterface
public interface LoadListener {
    void second(LoadSecond second);
}
