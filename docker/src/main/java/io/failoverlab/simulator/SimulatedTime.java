package io.failoverlab.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** A clock that jumps from event to event. Events of the same time happen in the order in which they were planned. */
final class SimulatedTime implements InstantSource {
    /** Any will do; it is the same in every run. */
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long elapsed;
    private long planned;

    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(START + elapsed);
    }

    /** In milliseconds since the start. */
    long elapsed() {
        return elapsed;
    }

    /** How many events have been planned: a measure of the work. */
    long planned() {
        return planned;
    }

    void after(long millis, Runnable what) {
        events.add(new Event(elapsed + millis, planned++, what));
    }

    /** Lets the next event happen, if it is not later than the end. */
    boolean step(long end) {
        Event next = events.peek();
        if (next == null || next.at() > end) {
            elapsed = end;
            return false;
        }
        events.remove();
        elapsed = next.at();
        next.what().run();
        return true;
    }
}
