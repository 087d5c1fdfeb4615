package io.failoverlab.report;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import io.failoverlab.verdict.Percentile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The requests of each point of the axis, added up. A request belongs to the point at which it was due, so that its loss
 * and its latency appear where the client began to wait.
 */
final class Seconds {

    /**
     * One point.
     *
     * @param from seconds since the start of the load
     * @param ok answered requests
     * @param failed lost requests
     * @param latencies in ascending order
     */
    record Point(long from, long ok, long failed, List<Duration> latencies) {

        /** Milliseconds; null where there was no request. */
        Long percentile(int percent) {
            return latencies.isEmpty()
                    ? null
                    : Percentile.of(latencies, percent).toMillis();
        }
    }

    private Seconds() {}

    static List<Point> of(History history, Axis axis) {
        List<List<RequestSample>> byPoint = Stream.<List<RequestSample>>generate(ArrayList::new)
                .limit(axis.points())
                .toList();
        for (RequestSample request : history.requests()) {
            int point = axis.pointOf(request.start());
            if (point >= 0 && point < byPoint.size()) {
                byPoint.get(point).add(request);
            }
        }
        List<Point> points = new ArrayList<>();
        for (List<RequestSample> requests : byPoint) {
            long ok = requests.stream().filter(RequestSample::ok).count();
            points.add(new Point(
                    (long) points.size() * axis.step(),
                    ok,
                    requests.size() - ok,
                    requests.stream().map(RequestSample::duration).sorted().toList()));
        }
        return points;
    }
}
