package io.failoverlab.simulation;

import io.failoverlab.profile.LoadProfile;
import io.failoverlab.simulation.LoadRecorder.Happening;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Once a second: every ended request into {@code requests.csv}, the counts of the second to the lab. */
final class LoadReporter implements Runnable {
    private static final long MILLIS = 1000;
    /** How long after its end a second is published, so that what happened in it has been handed in. */
    private static final long GRACE_MILLIS = 50;

    private final Instant started;
    private final LoadRecorder recorder;
    private final AppendFile requests;
    private final Consumer<LoadEvent> out;
    private final InstantSource clock;
    private final SecondsTally tally;
    private final GeneratorMeter meter = new GeneratorMeter();
    private final CountDownLatch over = new CountDownLatch(1);
    private long next;

    LoadReporter(
            LoadProfile profile,
            Instant started,
            LoadRecorder recorder,
            AppendFile requests,
            Consumer<LoadEvent> out,
            InstantSource clock) {
        this.started = started;
        this.recorder = recorder;
        this.requests = requests;
        this.out = out;
        this.clock = clock;
        this.tally = new SecondsTally(profile, started);
        this.next = started.getEpochSecond();
    }

    /** Reports the start, every second until {@link #end}, and then what is left. */
    @Override
    public void run() {
        // Not earlier: the first line of JSON takes a cold JVM long, and requests wait for whoever starts the schedule.
        out.accept(new LoadEvent.Started(started.toEpochMilli()));
        try {
            while (!over.await(untilNext(), TimeUnit.MILLISECONDS)) {
                collect();
                publishBefore((clock.millis() - GRACE_MILLIS) / MILLIS);
                out.accept(meter.read(next - 1));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        collect();
        publishRest();
    }

    void end() {
        over.countDown();
    }

    /** Saves what ended so far; also called when this process must go at once. */
    synchronized void collect() {
        List<Happening> happenings = recorder.drain();
        StringBuilder lines = new StringBuilder();
        for (Happening happening : happenings) {
            tally.add(happening);
            if (happening instanceof Happening.Ended ended) {
                lines.append(ended.answer().csvLine());
            }
        }
        requests.append(lines.toString());
    }

    private synchronized void publishBefore(long epochSecond) {
        while (next < epochSecond) {
            out.accept(tally.take(next));
            next++;
        }
    }

    private synchronized void publishRest() {
        publishBefore(Math.max(clock.millis() / MILLIS, tally.lastSecond()) + 1);
    }

    private long untilNext() {
        return Math.max(1, (next + 1) * MILLIS + GRACE_MILLIS - clock.millis());
    }
}
