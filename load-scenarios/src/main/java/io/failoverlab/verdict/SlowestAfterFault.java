package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The slowest judged request that was under way at the fault or due after it; one that failed counts as well. */
final class SlowestAfterFault implements Check {

    @Override
    public Finding find(History history) {
        return Windows.of(history)
                .filter(windows -> windows.fault().isPresent())
                .flatMap(windows -> Stream.of(Windows.Part.DURING, Windows.Part.AFTER)
                        .flatMap(part -> windows.judged(history, part).stream())
                        .max(Comparator.comparing(RequestSample::duration)))
                .map(SlowestAfterFault::finding)
                .orElseGet(() -> Finding.missing("no judged request followed a fault"));
    }

    private static Finding finding(RequestSample slowest) {
        return new Finding(
                new Measurement.Time(slowest.duration()),
                slowest.name() + ", due at " + Wording.exactMoment(slowest.start())
                        + (slowest.ok() ? "" : ", which failed"),
                List.of());
    }
}
