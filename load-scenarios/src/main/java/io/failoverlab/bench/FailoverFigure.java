package io.failoverlab.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A time of a failover, in the order in which they are shown. */
enum FailoverFigure {
    WRITES("no acknowledged order", "ms", 1e6, trial -> Optional.of(trial.writes())),
    READS("no page answered", "ms", 1e6, FailoverTrial::reads),
    DETECT("detect", "ms", 1e6, trial -> Optional.of(trial.phases().detect())),
    PROMOTE("promote", "ms", 1e6, trial -> Optional.of(trial.phases().promote())),
    ENDPOINT("endpoint", "ms", 1e6, trial -> Optional.of(trial.phases().endpoint())),
    CLIENT("client", "ms", 1e6, trial -> Optional.of(trial.phases().client())),
    REDUNDANT("redundant again", "s", 1e9, FailoverTrial::redundant);

    private final String title;
    private final String unit;
    private final double nanos;
    private final Function<FailoverTrial, Optional<Duration>> time;

    /** @param nanos of the unit */
    FailoverFigure(String title, String unit, double nanos, Function<FailoverTrial, Optional<Duration>> time) {
        this.title = title;
        this.unit = unit;
        this.nanos = nanos;
        this.time = time;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /** In its unit; empty if the trial has none. */
    Optional<Double> of(FailoverTrial trial) {
        return time.apply(trial).map(it -> it.toNanos() / nanos);
    }
}
