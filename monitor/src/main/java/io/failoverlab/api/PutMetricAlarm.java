package io.failoverlab.api;

import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.LowSamples;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MissingData;
import io.failoverlab.alarm.Timing;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;

/** Creates or redefines an alarm on one metric. */
final class PutMetricAlarm implements Action<PutMetricAlarmRequest, PutMetricAlarmResponse> {
    private static final int DAY = 86_400;
    private static final int WEEK = 7 * DAY;
    private static final int MAX_ACTIONS = 5;

    private final Timing timing;
    private final InstantSource clock;

    PutMetricAlarm(Timing timing, InstantSource clock) {
        this.timing = timing;
        this.clock = clock;
    }

    @Override
    public PutMetricAlarmResponse answer(PutMetricAlarmRequest request, CloudWatchRegion region) {
        refuseUnsupported(request);
        String name = Parameters.required(request.alarmName(), "AlarmName");
        if (name.length() > 255) {
            throw ApiException.constraint(name, "alarmName", "have length less than or equal to 255");
        }
        region.alarms()
                .define(new AlarmDefinition(
                        name,
                        region.scope().alarmArn(name),
                        Optional.ofNullable(request.alarmDescription()),
                        new AlarmDefinition.Actions(
                                request.actionsEnabled() == null || request.actionsEnabled(),
                                actions(request.okActions(), "oKActions"),
                                actions(request.alarmActions(), "alarmActions"),
                                actions(request.insufficientDataActions(), "insufficientDataActions")),
                        condition(request),
                        clock.instant()));
        return PutMetricAlarmResponse.builder().build();
    }

    private static void refuseUnsupported(PutMetricAlarmRequest request) {
        if (request.hasMetrics()) {
            throw ApiException.unsupported("An alarm on metric math (Metrics)");
        }
        if (request.thresholdMetricId() != null) {
            throw ApiException.unsupported("Anomaly detection (ThresholdMetricId)");
        }
        if (request.hasTags()) {
            throw ApiException.unsupported("Tagging (Tags)");
        }
        if (request.evaluationWindow() != null
                || request.warmUpConfiguration() != null
                || request.evaluationCriteria() != null
                || request.evaluationInterval() != null) {
            throw ApiException.unsupported(
                    "Any of EvaluationWindow, WarmUpConfiguration, EvaluationCriteria and EvaluationInterval");
        }
    }

    private static List<String> actions(List<String> actions, String path) {
        if (actions.size() > MAX_ACTIONS) {
            throw ApiException.constraint(actions, path, "have length less than or equal to " + MAX_ACTIONS);
        }
        return actions;
    }

    private MetricCondition condition(PutMetricAlarmRequest request) {
        MetricId metric = Parameters.metric(
                Parameters.required(request.namespace(), "Namespace"),
                Parameters.required(request.metricName(), "MetricName"),
                request.dimensions(),
                "");
        int period = period(request);
        int evaluationPeriods = evaluationPeriods(request, period);
        String comparison = Parameters.required(request.comparisonOperatorAsString(), "ComparisonOperator");
        return new MetricCondition(
                metric,
                Parameters.unit(request.unitAsString(), "unit"),
                statistic(request),
                period,
                evaluationPeriods,
                datapointsToAlarm(request, evaluationPeriods),
                Comparison.ofWireName(comparison)
                        .orElseThrow(
                                () -> ApiException.notInEnum(comparison, "comparisonOperator", Comparison.wireNames())),
                threshold(request),
                missingData(request),
                lowSamples(request));
    }

    private static Statistic statistic(PutMetricAlarmRequest request) {
        String simple = request.statisticAsString();
        String extended = request.extendedStatistic();
        if (simple != null && extended != null) {
            throw ApiException.exclusive("Statistic", "ExtendedStatistic");
        }
        if (simple == null && extended == null) {
            throw ApiException.missing("Statistic or ExtendedStatistic");
        }
        return simple != null
                ? Parameters.statistic(simple, "statistic")
                : Parameters.anyStatistic(extended, "ExtendedStatistic");
    }

    private int period(PutMetricAlarmRequest request) {
        int period = Parameters.required(request.period(), "Period");
        if (!timing.allowsPeriod(period)) {
            throw new ApiException(
                    ErrorKind.VALIDATION,
                    "Period must be 10, 20, 30 or a multiple of 60"
                            + (timing == Timing.LAB ? ", or 1 or 5 in this lab" : "") + "; found " + period + ".");
        }
        return period;
    }

    private static int evaluationPeriods(PutMetricAlarmRequest request, int period) {
        int periods = Parameters.required(request.evaluationPeriods(), "EvaluationPeriods");
        if (periods < 1) {
            throw ApiException.constraint(periods, "evaluationPeriods", "have value greater than or equal to 1");
        }
        int limit = period < 3600 ? DAY : WEEK;
        if ((long) period * periods > limit) {
            throw new ApiException(
                    ErrorKind.VALIDATION,
                    "Metrics cannot be checked across more than " + limit
                            + " seconds (EvaluationPeriods * Period must be <= " + limit + ").");
        }
        return periods;
    }

    private static OptionalInt datapointsToAlarm(PutMetricAlarmRequest request, int evaluationPeriods) {
        Integer needed = request.datapointsToAlarm();
        if (needed == null) {
            return OptionalInt.empty();
        }
        if (needed < 1 || needed > evaluationPeriods) {
            throw ApiException.invalid("The parameter DatapointsToAlarm must be between 1 and EvaluationPeriods ("
                    + evaluationPeriods + "), found " + needed + ".");
        }
        return OptionalInt.of(needed);
    }

    private static double threshold(PutMetricAlarmRequest request) {
        double threshold = Parameters.required(request.threshold(), "Threshold");
        if (!Double.isFinite(threshold)) {
            throw ApiException.invalid("The value " + threshold + " for parameter Threshold is invalid.");
        }
        return threshold;
    }

    private static Optional<MissingData> missingData(PutMetricAlarmRequest request) {
        return Optional.ofNullable(request.treatMissingData())
                .map(name -> MissingData.ofWireName(name)
                        .orElseThrow(() -> ApiException.notInEnum(name, "treatMissingData", MissingData.wireNames())));
    }

    private static Optional<LowSamples> lowSamples(PutMetricAlarmRequest request) {
        return Optional.ofNullable(request.evaluateLowSampleCountPercentile())
                .map(name -> LowSamples.ofWireName(name)
                        .orElseThrow(() -> ApiException.notInEnum(
                                name, "evaluateLowSampleCountPercentile", LowSamples.wireNames())));
    }
}
