package io.failoverlab.report;

import io.failoverlab.history.History;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The seconds of the run as {@code series.csv}, for spreadsheets: the same numbers as the charts of
 * a page whose run is short enough for a point a second, up to 20 minutes; of a longer one a point of the charts gathers several
 * of these.
 */
final class SeriesCsv {
    private static final String HEADER = "second,answered,failed,p50_ms,p95_ms,p99_ms,max_ms\n";

    private SeriesCsv() {}

    static String render(History history) {
        List<Seconds.Point> points = Seconds.of(history, Axis.of(history).perSecond());
        return points.stream().map(SeriesCsv::line).collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(Seconds.Point point) {
        return point.from() + "," + point.ok() + "," + point.failed() + "," + cell(point.percentile(50)) + ","
                + cell(point.percentile(95)) + "," + cell(point.percentile(99)) + "," + cell(point.percentile(100))
                + "\n";
    }

    private static String cell(Long value) {
        return value == null ? "" : value.toString();
    }
}
