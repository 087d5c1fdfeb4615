package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.List;

/**
 * A percentile of the latency in one part of the run: nearest rank, over every request, failed ones included.
 *
 * @param percent 1 to 100; 100 is the slowest request
 * @param always false: measured only where something is expected of it, since the phases of a run show it anyway
 */
record Latency(Windows.Part part, int percent, boolean always) implements Check {

    static Latency shown(Windows.Part part, int percent) {
        return new Latency(part, percent, true);
    }

    static Latency expected(Windows.Part part, int percent) {
        return new Latency(part, percent, false);
    }

    @Override
    public boolean appliesTo(History history) {
        return always;
    }

    @Override
    public Finding find(History history) {
        List<RequestSample> requests = Windows.of(history)
                .map(windows -> windows.judged(history, part))
                .orElse(List.of());
        if (requests.isEmpty()) {
            return Finding.missing("no request was made " + part);
        }
        List<Duration> latencies =
                requests.stream().map(RequestSample::duration).sorted().toList();
        return new Finding(
                new Measurement.Time(Percentile.of(latencies, percent)),
                "of the " + Wording.count(requests.size()) + " requests " + part,
                List.of());
    }
}
