package io.failoverlab.api;

import io.failoverlab.math.ExpressionQuery;
import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.Query;
import io.failoverlab.metric.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/** Reads the MetricDataQuery structures of GetMetricData and PutMetricAlarm. */
final class MetricQueries {
    private MetricQueries() {}

    /**
     * @param parameter that holds them, for messages
     * @param scope whom the request speaks for; metrics of other accounts are not read
     */
    static List<Query> of(List<MetricDataQuery> queries, String parameter, Scope scope) {
        List<Query> read = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            read.add(query(queries.get(i), parameter + ".member." + (i + 1) + ".", scope));
        }
        return read;
    }

    private static Query query(MetricDataQuery query, String prefix, Scope scope) {
        String id = Parameters.required(query.id(), prefix + "Id");
        if (query.accountId() != null && !query.accountId().equals(scope.account())) {
            throw ApiException.unsupported("Reading from another account (" + prefix + "AccountId is "
                    + query.accountId() + ", the request is of " + scope.account() + ")");
        }
        if (query.expression() != null && query.metricStat() != null) {
            throw ApiException.exclusive(prefix + "Expression", prefix + "MetricStat");
        }
        Optional<String> label = Optional.ofNullable(query.label());
        boolean returned = query.returnData() == null || query.returnData();
        OptionalInt period = query.period() == null
                ? OptionalInt.empty()
                : OptionalInt.of(Parameters.period(query.period(), prefix + "Period"));
        if (query.expression() == null) {
            return metric(query, id, label, returned, prefix);
        }
        return new ExpressionQuery(id, label, returned, query.expression(), period);
    }

    private static Query metric(
            MetricDataQuery query, String id, Optional<String> label, boolean returned, String prefix) {
        MetricStat stat = Parameters.required(query.metricStat(), prefix + "MetricStat");
        String path = prefix + "MetricStat.";
        var metric = Parameters.required(stat.metric(), path + "Metric");
        String namespace = Parameters.required(metric.namespace(), path + "Metric.Namespace");
        String name = Parameters.required(metric.metricName(), path + "Metric.MetricName");
        return new MetricStatQuery(
                id,
                label,
                returned,
                Parameters.metric(namespace, name, metric.dimensions(), path + "Metric."),
                Parameters.unit(stat.unitAsString(), "metricDataQueries.member.metricStat.unit"),
                Parameters.anyStatistic(Parameters.required(stat.stat(), path + "Stat"), path + "Stat"),
                Parameters.period(stat.period(), path + "Period"));
    }
}
