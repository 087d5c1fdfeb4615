package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * How much PutMetricData takes a second from several clients, each of which sends its next request when the last was answered. Every
 * request carries as many metrics as CloudWatch allows, each client its own; counted are the answers in each whole second.
 */
final class PutRate {
    /** CloudWatch's limit of metrics in a request. */
    private static final int METRICS = 1_000;
    /** CloudWatch's limit of values in an array, and as many metrics as fit with them into its megabyte. */
    private static final int VALUES = 150;

    private static final int METRICS_WITH_VALUES = 300;

    private static final int WARM_UP_SECONDS = 2;

    private final Sizes.Putting size;
    private final URI monitor;
    private final long monitorPid;
    private final LabScheduler clock;

    PutRate(Sizes.Putting size, URI monitor, long monitorPid, LabScheduler clock) {
        this.size = size;
        this.monitor = monitor;
        this.monitorPid = monitorPid;
        this.clock = clock;
    }

    List<Row> measure() throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        String clients = size.clients() + " clients";
        double monitorBefore = ProcessUse.of(monitorPid).cpuSeconds();
        double clientsBefore = ProcessUse.of(ProcessHandle.current().pid()).cpuSeconds();
        Instant begin = clock.instant();
        rows.add(Row.alone(Figure.PUT, "monitor, " + clients + ", " + METRICS + " a request", rate(METRICS, 1)));
        double seconds = Duration.between(begin, clock.instant()).toNanos() / 1e9;
        double monitorCpu = 100 * (ProcessUse.of(monitorPid).cpuSeconds() - monitorBefore) / seconds;
        double clientsCpu = 100 * (ProcessUse.of(ProcessHandle.current().pid()).cpuSeconds() - clientsBefore) / seconds;
        rows.add(Row.alone(Figure.PUT_CPU, "monitor", Spread.of(List.of(monitorCpu))));
        rows.add(Row.alone(Figure.PUT_CPU, "the " + clients, Spread.of(List.of(clientsCpu))));
        rows.add(Row.alone(
                Figure.PUT_VALUES,
                "monitor, " + clients + ", " + METRICS_WITH_VALUES + " x " + VALUES + " a request",
                rate(METRICS_WITH_VALUES, VALUES)));
        return rows;
    }

    /** Values a second, of each whole second after the warm-up. */
    private Spread rate(int metrics, int values) throws InterruptedException {
        int seconds = WARM_UP_SECONDS + Math.toIntExact(size.duration().toSeconds());
        AtomicLongArray taken = new AtomicLongArray(seconds);
        Instant begin = clock.instant();
        Workers.run(size.clients(), number -> {
            try (CloudWatchClient client = CloudWatch.client(monitor)) {
                for (int second = second(begin); second < seconds; ) {
                    Instant now = clock.instant();
                    List<MetricDatum> data = data(number, metrics, values, now);
                    client.putMetricData(
                            request -> request.namespace(CloudWatch.NAMESPACE).metricData(data));
                    second = second(begin);
                    if (second < seconds) {
                        taken.addAndGet(second, (long) metrics * values);
                    }
                }
            }
        });
        return Spread.of(IntStream.range(WARM_UP_SECONDS, seconds)
                .mapToObj(second -> (double) taken.get(second))
                .toList());
    }

    private int second(Instant begin) {
        return Math.toIntExact(Duration.between(begin, clock.instant()).toSeconds());
    }

    private static List<MetricDatum> data(int client, int metrics, int values, Instant now) {
        List<MetricDatum> data = new ArrayList<>(metrics);
        for (int metric = 0; metric < metrics; metric++) {
            MetricDatum.Builder datum = MetricDatum.builder()
                    .metricName(values == 1 ? "Put" : "PutValues")
                    .dimensions(CloudWatch.dimension(client * METRICS + metric))
                    .timestamp(now)
                    .storageResolution(1);
            data.add(
                    values == 1
                            ? datum.value(metric + 0.5).build()
                            : datum.values(values(values, metric)).build());
        }
        return data;
    }

    private static List<Double> values(int count, int metric) {
        return IntStream.range(0, count).mapToObj(i -> metric + i / 8.0).toList();
    }
}
