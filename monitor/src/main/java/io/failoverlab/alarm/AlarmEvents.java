package io.failoverlab.alarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.event.LabEvent;
import io.failoverlab.math.ExpressionQuery;
import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.math.Query;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.failoverlab.metric.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happens to alarms as events, in EventBridge's form (CloudWatch User Guide, "Alarm events and EventBridge"). */
public final class AlarmEvents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AlarmEvents() {}

    /** CloudWatch Alarm State Change; {@code state} has one key more, {@code explanation}. */
    public static LabEvent stateChange(AlarmTransition transition) {
        AlarmDefinition definition = transition.definition();
        ObjectNode detail = JSON.objectNode().put("alarmName", definition.name());
        ObjectNode state = state(transition.to());
        transition
                .suppression()
                .ifPresent(suppression -> state.put(
                                "actionsSuppressedBy", suppression.by().wireName())
                        .put("actionsSuppressedReason", suppression.reason()));
        detail.set("state", state);
        detail.set("previousState", state(transition.from()));
        ObjectNode configuration = detail.putObject("configuration");
        definition.description().ifPresent(text -> configuration.put("description", text));
        switch (definition.condition()) {
            case MetricCondition condition -> putMetrics(configuration, condition);
            case CompositeCondition condition -> putRule(configuration, condition);
        }
        return new LabEvent(
                transition.to().since(),
                "aws.cloudwatch",
                "CloudWatch Alarm State Change",
                List.of(definition.arn()),
                detail);
    }

    private static ObjectNode state(AlarmStatus status) {
        ObjectNode state = JSON.objectNode()
                .put("value", status.state().name())
                .put("reason", status.reason())
                .put("timestamp", AlarmDocuments.time(status.since()));
        if (!status.reasonData().isEmpty()) {
            state.put("reasonData", status.reasonData());
        }
        if (!status.explanation().isEmpty()) {
            state.put("explanation", status.explanation());
        }
        return state;
    }

    private static void putMetrics(ObjectNode configuration, MetricCondition condition) {
        ArrayNode metrics = configuration.putArray("metrics");
        switch (condition.source()) {
            case MetricSource source -> {
                ObjectNode query = metrics.addObject().put("id", "m1");
                putStat(query, source.metric(), source.period(), source.statistic(), source.unit());
                query.put("returnData", true);
            }
            case MathSource source -> source.list().forEach(query -> putQuery(metrics, query));
        }
    }

    private static void putQuery(ArrayNode metrics, Query query) {
        ObjectNode node = metrics.addObject().put("id", query.id());
        switch (query) {
            case ExpressionQuery expression -> node.put("expression", expression.expression());
            case MetricStatQuery stat -> putStat(node, stat.metric(), stat.period(), stat.statistic(), stat.unit());
        }
        query.label().ifPresent(label -> node.put("label", label));
        node.put("returnData", query.returnData());
    }

    private static void putStat(ObjectNode query, MetricId id, int period, Statistic statistic, Optional<Unit> unit) {
        ObjectNode stat = query.putObject("metricStat");
        ObjectNode metric = stat.putObject("metric");
        metric.put("namespace", id.namespace()).put("name", id.name());
        ObjectNode dimensions = metric.putObject("dimensions");
        id.dimensions().forEach(dimensions::put);
        stat.put("period", period).put("stat", statistic.toString());
        unit.ifPresent(asked -> stat.put("unit", asked.wireName()));
    }

    private static void putRule(ObjectNode configuration, CompositeCondition condition) {
        configuration.put("alarmRule", condition.rule().text());
        condition
                .suppressor()
                .ifPresent(suppressor -> configuration
                        .put("actionsSuppressor", suppressor.given())
                        .put("actionsSuppressorWaitPeriod", suppressor.waitPeriod())
                        .put("actionsSuppressorExtensionPeriod", suppressor.extensionPeriod()));
    }

    /** A scaling policy is to be carried out. AWS has no such event; its policies are called inside. */
    public static LabEvent scalingPolicy(Alarm alarm, AlarmAction action, Instant now) {
        ObjectNode detail = JSON.objectNode()
                .put("alarmName", alarm.name())
                .put("state", alarm.status().state().name())
                .put("policyArn", action.arn());
        return new LabEvent(
                now,
                "failoverlab.monitor",
                "Scaling Policy Execution",
                List.of(alarm.definition().arn(), action.arn()),
                detail);
    }
}
