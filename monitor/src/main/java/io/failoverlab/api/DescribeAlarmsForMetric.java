package io.failoverlab.api;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricResponse;

/** Lists the alarms on one metric; those on metric math are left out, as in CloudWatch. */
final class DescribeAlarmsForMetric implements Action<DescribeAlarmsForMetricRequest, DescribeAlarmsForMetricResponse> {
    @Override
    public DescribeAlarmsForMetricResponse answer(DescribeAlarmsForMetricRequest request, CloudWatchRegion region) {
        MetricId metric = Parameters.metric(
                Parameters.required(request.namespace(), "Namespace"),
                Parameters.required(request.metricName(), "MetricName"),
                request.dimensions(),
                "");
        Parameters.positive(request.period(), "period");
        Optional<Unit> unit = Parameters.unit(request.unitAsString(), "unit");
        Optional<Statistic> statistic = statistic(request);
        return DescribeAlarmsForMetricResponse.builder()
                .metricAlarms(region.alarms().alarms().stream()
                        .flatMap(alarm -> on(metric, alarm))
                        .filter(found -> unit.isEmpty() || found.source().unit().equals(unit))
                        .filter(found -> statistic.isEmpty()
                                || found.source().statistic().equals(statistic.get()))
                        .filter(found ->
                                request.period() == null || found.source().period() == request.period())
                        .map(found -> AlarmAnswers.metric(found.alarm(), found.condition()))
                        .toList())
                .build();
    }

    private record Found(Alarm alarm, MetricCondition condition, MetricSource source) {}

    private static Stream<Found> on(MetricId metric, Alarm alarm) {
        return alarm.definition().condition() instanceof MetricCondition condition
                        && condition.source() instanceof MetricSource source
                        && source.metric().equals(metric)
                ? Stream.of(new Found(alarm, condition, source))
                : Stream.empty();
    }

    private static Optional<Statistic> statistic(DescribeAlarmsForMetricRequest request) {
        String simple = request.statisticAsString();
        String extended = request.extendedStatistic();
        if (simple != null && extended != null) {
            throw ApiException.exclusive("Statistic", "ExtendedStatistic");
        }
        return Optional.ofNullable(simple)
                .map(name -> Parameters.statistic(name, "statistic"))
                .or(() ->
                        Optional.ofNullable(extended).map(name -> Parameters.anyStatistic(name, "ExtendedStatistic")));
    }
}
