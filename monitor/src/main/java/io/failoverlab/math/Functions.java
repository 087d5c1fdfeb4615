package io.failoverlab.math;

import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All functions by name. To add one, write a {@link Function} and enter it here. */
final class Functions {
    private static final Set<String> OUT_OF_SCOPE =
            Set.of("ANOMALY_DETECTION_BAND", "INSIGHT_RULE_METRIC", "SERVICE_QUOTA", "DB_PERF_INSIGHTS", "LAMBDA");

    private static final SortedMap<String, Function> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("ABS", new EachSeries(series -> series.map(Math::abs))),
            Map.entry("CEIL", new EachSeries(series -> series.map(Math::ceil))),
            Map.entry("FLOOR", new EachSeries(series -> series.map(Math::floor))),
            Map.entry("LOG", new EachSeries(series -> series.map(Math::log))),
            Map.entry("LOG10", new EachSeries(series -> series.map(Math::log10))),
            Map.entry("DIFF", new EachSeries(Steps::difference)),
            Map.entry("DIFF_TIME", new EachSeries(Steps::seconds)),
            Map.entry("RATE", new EachSeries(Steps::rate)),
            Map.entry("RUNNING_SUM", new EachSeries(Steps::runningSum)),
            Map.entry("AVG", Reduction.AVG),
            Map.entry("DATAPOINT_COUNT", Reduction.DATAPOINT_COUNT),
            Map.entry("MAX", Reduction.MAX),
            Map.entry("MIN", Reduction.MIN),
            Map.entry("STDDEV", Reduction.STDDEV),
            Map.entry("SUM", Reduction.SUM),
            Map.entry("MINUTE", new Calendar(ZonedDateTime::getMinute)),
            Map.entry("HOUR", new Calendar(ZonedDateTime::getHour)),
            Map.entry("DAY", new Calendar(time -> time.getDayOfWeek().getValue())),
            Map.entry("DATE", new Calendar(ZonedDateTime::getDayOfMonth)),
            Map.entry("MONTH", new Calendar(ZonedDateTime::getMonthValue)),
            Map.entry("YEAR", new Calendar(ZonedDateTime::getYear)),
            Map.entry("EPOCH", new Calendar(ZonedDateTime::toEpochSecond)),
            Map.entry("FILL", new Fill()),
            Map.entry("IF", new If()),
            Map.entry("PERIOD", new Period()),
            Map.entry("TIME_SERIES", new TimeSeries()),
            Map.entry(Metrics.NAME, new Metrics()),
            Map.entry("METRIC_COUNT", new OfArray(Type.NUMBER, ArrayFunctions::count)),
            Map.entry("FIRST", new OfArray(Type.SERIES, ArrayFunctions::first)),
            Map.entry("LAST", new OfArray(Type.SERIES, ArrayFunctions::last)),
            Map.entry("REMOVE_EMPTY", new OfArray(Type.ARRAY, ArrayFunctions::withoutEmpty)),
            Map.entry(Search.NAME, new Search()),
            Map.entry("SLICE", new Slice()),
            Map.entry("SORT", new Sort())));

    private Functions() {}

    /** @throws ExpressionException if there is no such function */
    static Function find(Expression.Call call) {
        Function found = BY_NAME.get(call.function());
        if (found == null) {
            throw new ExpressionException(
                    call.at(),
                    OUT_OF_SCOPE.contains(call.function())
                            ? call.function() + " is not supported by this monitor"
                            : "there is no function " + call.function()
                                    + Spelling.suggest(call.function(), BY_NAME.keySet()));
        }
        return found;
    }
}
