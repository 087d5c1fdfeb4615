package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** How long one GetMetricData of many series takes a client of the SDK, from the call until it has read the answer. */
final class ReadTime {
    private static final int METRICS_IN_A_REQUEST = 1_000;
    private static final int WARM_UP = 20;

    private final Sizes.Reading size;
    private final URI monitor;
    private final LabScheduler clock;

    ReadTime(Sizes.Reading size, URI monitor, LabScheduler clock) {
        this.size = size;
        this.monitor = monitor;
        this.clock = clock;
    }

    List<Row> measure() {
        try (CloudWatchClient client = CloudWatch.client(monitor)) {
            Instant end = clock.instant().truncatedTo(ChronoUnit.MINUTES);
            put(client, end);
            GetMetricDataRequest request = request(end);
            List<Double> millis = new ArrayList<>();
            for (int read = -WARM_UP; read < size.reads(); read++) {
                Instant begin = clock.instant();
                GetMetricDataResponse answer = client.getMetricData(request);
                Duration took = Duration.between(begin, clock.instant());
                check(answer);
                if (read >= 0) {
                    millis.add(took.toNanos() / 1e6);
                }
            }
            return List.of(Row.alone(
                    Figure.GET,
                    "monitor, " + size.series() + " series x " + size.minutes() + " min",
                    Spread.of(millis)));
        }
    }

    private void put(CloudWatchClient client, Instant end) {
        List<MetricDatum> batch = new ArrayList<>();
        for (int minute = 1; minute <= size.minutes(); minute++) {
            for (int series = 0; series < size.series(); series++) {
                batch.add(MetricDatum.builder()
                        .metricName("Get")
                        .dimensions(CloudWatch.dimension(series))
                        .timestamp(end.minus(minute, ChronoUnit.MINUTES))
                        .value(series + minute / 8.0)
                        .build());
                if (batch.size() == METRICS_IN_A_REQUEST) {
                    send(client, batch);
                }
            }
        }
        if (!batch.isEmpty()) {
            send(client, batch);
        }
    }

    private static void send(CloudWatchClient client, List<MetricDatum> batch) {
        client.putMetricData(request -> request.namespace(CloudWatch.NAMESPACE).metricData(batch));
        batch.clear();
    }

    private GetMetricDataRequest request(Instant end) {
        List<MetricDataQuery> queries = IntStream.range(0, size.series())
                .mapToObj(series -> MetricDataQuery.builder()
                        .id("m" + series)
                        .metricStat(stat -> stat.metric(CloudWatch.metric("Get", series))
                                .stat("Average")
                                .period(60))
                        .build())
                .toList();
        return GetMetricDataRequest.builder()
                .startTime(end.minus(size.minutes(), ChronoUnit.MINUTES))
                .endTime(end)
                .metricDataQueries(queries)
                .build();
    }

    /** What is fast because it is incomplete is no figure. */
    private void check(GetMetricDataResponse answer) {
        long found = answer.metricDataResults().stream()
                .mapToLong(result -> result.values().size())
                .sum();
        long expected = (long) size.series() * size.minutes();
        if (found != expected || answer.nextToken() != null) {
            throw new BenchFailed("expected " + expected + " datapoints in one answer, found " + found);
        }
    }
}
