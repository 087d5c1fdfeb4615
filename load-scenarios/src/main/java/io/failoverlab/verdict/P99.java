package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.List;

/** The 99th percentile of the latency in one part of the run: nearest rank, over every request, failed ones included. */
final class P99 implements Check {
    private final Windows.Part part;

    P99(Windows.Part part) {
        this.part = part;
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
                new Measurement.Time(Percentile.of(latencies, 99)),
                "of the " + Wording.count(requests.size()) + " requests " + part,
                List.of());
    }
}
