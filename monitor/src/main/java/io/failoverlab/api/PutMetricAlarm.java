package io.failoverlab.api;

import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmSource;
import io.failoverlab.alarm.Comparison;
import io.failoverlab.alarm.LowSamples;
import io.failoverlab.alarm.MathSource;
import io.failoverlab.alarm.MetricCondition;
import io.failoverlab.alarm.MetricSource;
import io.failoverlab.alarm.MissingData;
import io.failoverlab.alarm.Timing;
import io.failoverlab.math.MathException;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import io.failoverlab.store.TagStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;

/** Creates or redefines an alarm on one metric, or on what metric math makes of several. */
final class PutMetricAlarm implements Action<PutMetricAlarmRequest, PutMetricAlarmResponse> {
    private static final int DAY = 86_400;
    private static final int WEEK = 7 * DAY;
    private static final Set<String> BAND_OPERATORS =
            Set.of("LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold");

    private final Timing timing;
    private final InstantSource clock;
    private final TagStore tags;

    PutMetricAlarm(Timing timing, InstantSource clock, TagStore tags) {
        this.timing = timing;
        this.clock = clock;
        this.tags = tags;
    }

    @Override
    public PutMetricAlarmResponse answer(PutMetricAlarmRequest request, CloudWatchRegion region) {
        AlarmInputs.define(read(request, region.scope()), request.tags(), tags, region);
        return PutMetricAlarmResponse.builder().build();
    }

    /** @throws ApiException if the request is wrong, or asks for what this monitor has not */
    AlarmDefinition read(PutMetricAlarmRequest request, Scope scope) {
        refuseUnsupported(request);
        String name = AlarmInputs.name(request.alarmName());
        return new AlarmDefinition(
                name,
                scope.alarmArn(name),
                Optional.ofNullable(AlarmInputs.description(request.alarmDescription())),
                AlarmInputs.actions(request),
                condition(request, scope),
                clock.instant());
    }

    private static void refuseUnsupported(PutMetricAlarmRequest request) {
        if (request.thresholdMetricId() != null) {
            throw ApiException.unsupported("Anomaly detection (ThresholdMetricId)");
        }
        if (request.warmUpConfiguration() != null) {
            throw ApiException.unsupported("A warm-up (WarmUpConfiguration)");
        }
        if (request.evaluationCriteria() != null || request.evaluationInterval() != null) {
            throw ApiException.unsupported("An alarm on PromQL (EvaluationCriteria, EvaluationInterval)");
        }
        if (request.evaluationWindow() != null && request.evaluationWindow().wallClockWindow() != null) {
            throw ApiException.unsupported("Evaluation by the wall clock (EvaluationWindow.WallClockWindow)");
        }
    }

    private MetricCondition condition(PutMetricAlarmRequest request, Scope scope) {
        AlarmSource source = request.hasMetrics() ? math(request, scope) : metric(request);
        requirePeriod(source.period());
        int evaluationPeriods = evaluationPeriods(request, source.period());
        String comparison = Parameters.required(request.comparisonOperatorAsString(), "ComparisonOperator");
        if (BAND_OPERATORS.contains(comparison)) {
            throw ApiException.unsupported("Anomaly detection (ComparisonOperator " + comparison + ")");
        }
        return new MetricCondition(
                source,
                evaluationPeriods,
                datapointsToAlarm(request, evaluationPeriods),
                Comparison.ofWireName(comparison)
                        .orElseThrow(
                                () -> ApiException.notInEnum(comparison, "comparisonOperator", Comparison.wireNames())),
                threshold(request),
                missingData(request),
                lowSamples(request));
    }

    private static AlarmSource metric(PutMetricAlarmRequest request) {
        return new MetricSource(
                Parameters.metric(
                        Parameters.required(request.namespace(), "Namespace"),
                        Parameters.required(request.metricName(), "MetricName"),
                        request.dimensions(),
                        ""),
                Parameters.unit(request.unitAsString(), "unit"),
                statistic(request),
                Parameters.positive(Parameters.required(request.period(), "Period"), "period"));
    }

    private static AlarmSource math(PutMetricAlarmRequest request, Scope scope) {
        SortedMap<String, Boolean> others = new TreeMap<>();
        others.put("MetricName", request.metricName() != null);
        others.put("Namespace", request.namespace() != null);
        others.put(
                "Dimensions", request.hasDimensions() && !request.dimensions().isEmpty());
        others.put("Period", request.period() != null);
        others.put("Statistic", request.statisticAsString() != null);
        others.put("ExtendedStatistic", request.extendedStatistic() != null);
        others.put("Unit", request.unitAsString() != null);
        others.forEach((parameter, given) -> {
            if (given) {
                throw ApiException.exclusive("Metrics", parameter);
            }
        });
        try {
            return new MathSource(MetricQueries.of(request.metrics(), "Metrics", scope));
        } catch (MathException e) {
            throw new ApiException(ErrorKind.VALIDATION, e.getMessage());
        }
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

    private void requirePeriod(int period) {
        if (!timing.allowsPeriod(period)) {
            throw new ApiException(
                    ErrorKind.VALIDATION,
                    "Period must be 10, 20, 30 or a multiple of 60"
                            + (timing == Timing.LAB ? ", or 1 or 5 in this lab" : "") + "; found " + period + ".");
        }
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
