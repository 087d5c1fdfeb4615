package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * How long the monitor takes to evaluate all of many alarms, as it tells itself in {@code FailoverLab/Monitor}. Each alarm is on a
 * metric of its own with a datapoint in every period, 3 of 5 periods of 10 s, the shortest that CloudWatch has; none changes its
 * state while it is measured.
 */
final class EvaluationTime {
    private static final int PERIOD = 10;
    private static final int PERIODS = 5;
    private static final int SETTLED = 2;
    private static final int CLIENTS = 4;
    private static final int METRICS_IN_A_REQUEST = 1_000;
    private static final String OWN_NAMESPACE = "FailoverLab/Monitor";

    private final Sizes.Evaluating size;
    private final URI monitor;
    private final LabScheduler clock;

    EvaluationTime(Sizes.Evaluating size, URI monitor, LabScheduler clock) {
        this.size = size;
        this.monitor = monitor;
        this.clock = clock;
    }

    List<Row> measure() throws InterruptedException {
        try (CloudWatchClient client = CloudWatch.client(monitor)) {
            long defined = period(clock.instant());
            for (int period = 0; period < PERIODS; period++) {
                putPeriod(client, defined - period * PERIOD);
            }
            define();
            // From the first period that began after the last definition, when every alarm has found its state.
            long begin = period(clock.instant()) + 2 * PERIOD;
            List<Double> millis = List.of();
            long limit = begin + (size.rounds() + PERIODS) * PERIOD;
            for (long period = defined + PERIOD; millis.size() < size.rounds(); period += PERIOD) {
                if (period > limit) {
                    throw new BenchFailed("expected " + size.rounds() + " evaluations of " + size.alarms()
                            + " alarms within " + (limit - begin) + " s, found " + millis.size());
                }
                awaitSecond(period);
                putPeriod(client, period);
                millis = rounds(client, begin, period + PERIOD);
            }
            return List.of(Row.alone(
                    Figure.EVALUATION,
                    "monitor, " + size.alarms() + " alarms",
                    Spread.of(millis.subList(0, size.rounds()))));
        }
    }

    private static long period(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), PERIOD) * PERIOD;
    }

    /** Some seconds into the period, so that evaluation and datapoints do not meet, and the monitor has told of the evaluation. */
    private void awaitSecond(long period) {
        Duration rest =
                Duration.between(clock.instant(), Instant.ofEpochSecond(period).plusSeconds(SETTLED));
        if (rest.isPositive()) {
            clock.pause(rest);
        }
    }

    private void define() throws InterruptedException {
        Workers.run(CLIENTS, number -> {
            try (CloudWatchClient client = CloudWatch.client(monitor)) {
                for (int alarm = number; alarm < size.alarms(); alarm += CLIENTS) {
                    define(client, alarm);
                }
            }
        });
    }

    private static void define(CloudWatchClient client, int alarm) {
        client.putMetricAlarm(request -> request.alarmName("bench-" + alarm)
                .namespace(CloudWatch.NAMESPACE)
                .metricName("Watched")
                .dimensions(CloudWatch.dimension(alarm))
                .statistic(Statistic.AVERAGE)
                .period(PERIOD)
                .evaluationPeriods(PERIODS)
                .datapointsToAlarm(3)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(2.0));
    }

    private void putPeriod(CloudWatchClient client, long period) {
        for (int from = 0; from < size.alarms(); from += METRICS_IN_A_REQUEST) {
            List<MetricDatum> data = IntStream.range(from, Math.min(from + METRICS_IN_A_REQUEST, size.alarms()))
                    .mapToObj(alarm -> MetricDatum.builder()
                            .metricName("Watched")
                            .dimensions(CloudWatch.dimension(alarm))
                            .timestamp(Instant.ofEpochSecond(period))
                            .value(1.0)
                            .storageResolution(1)
                            .build())
                    .toList();
            client.putMetricData(
                    request -> request.namespace(CloudWatch.NAMESPACE).metricData(data));
        }
    }

    /** Milliseconds of each round of all alarms in [from, to). */
    private List<Double> rounds(CloudWatchClient client, long from, long to) {
        if (from >= to) {
            return List.of();
        }
        GetMetricDataResponse answer = client.getMetricData(request -> request.startTime(Instant.ofEpochSecond(from))
                .endTime(Instant.ofEpochSecond(to))
                .metricDataQueries(query("AlarmsEvaluated"), query("EvaluationDuration")));
        Map<Instant, Double> evaluated = byTime(answer, 0);
        List<Double> millis = new ArrayList<>();
        byTime(answer, 1).forEach((time, seconds) -> {
            if (evaluated.getOrDefault(time, 0.0) == size.alarms()) {
                millis.add(seconds * 1_000);
            }
        });
        return millis;
    }

    private static MetricDataQuery query(String name) {
        return MetricDataQuery.builder()
                .id(name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1))
                .metricStat(stat -> stat.metric(
                                metric -> metric.namespace(OWN_NAMESPACE).metricName(name))
                        .stat("Maximum")
                        .period(PERIOD))
                .build();
    }

    private static Map<Instant, Double> byTime(GetMetricDataResponse answer, int result) {
        Map<Instant, Double> values = new TreeMap<>();
        var found = answer.metricDataResults().get(result);
        for (int i = 0; i < found.timestamps().size(); i++) {
            values.put(found.timestamps().get(i), found.values().get(i));
        }
        return values;
    }
}
