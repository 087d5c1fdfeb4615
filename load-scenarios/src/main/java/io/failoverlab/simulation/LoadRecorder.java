package io.failoverlab.simulation;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes what happens from Gatling's threads, without holding them up, until the reporter fetches it. */
final class LoadRecorder {

    /** Something that happened at the customers' side. */
    sealed interface Happening {
        /** A customer set out, which is when the one request starts that each of them makes. */
        record Started(long epochMillis) implements Happening {}

        /** A request came to its end. */
        record Ended(Answer answer) implements Happening {}
    }

    private final InstantSource clock;
    private final ConcurrentLinkedQueue<Happening> happenings = new ConcurrentLinkedQueue<>();

    LoadRecorder(InstantSource clock) {
        this.clock = clock;
    }

    void started() {
        happenings.add(new Happening.Started(clock.millis()));
    }

    void ended(Answer answer) {
        happenings.add(new Happening.Ended(answer));
    }

    /** A request that could not even be built; it counts, since its customer was due. */
    void crashed(String name, String error) {
        long now = clock.millis();
        ended(new Answer(name, now, now, false, 0, error));
    }

    /** What happened since the last call. */
    List<Happening> drain() {
        List<Happening> drained = new ArrayList<>();
        for (Happening next = happenings.poll(); next != null; next = happenings.poll()) {
            drained.add(next);
        }
        return drained;
    }
}
