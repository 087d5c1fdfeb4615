package io.failoverlab.api;

import java.util.Map;
import java.util.Optional;

/** The operations that CloudWatch has and this monitor has not, by the feature they belong to. */
final class OutOfScope {
    private static final Map<String, String> FEATURES = Map.ofEntries(
            Map.entry("AnomalyDetector", "anomaly detection"),
            Map.entry("AnomalyDetectors", "anomaly detection"),
            Map.entry("InsightRule", "Contributor Insights"),
            Map.entry("InsightRules", "Contributor Insights"),
            Map.entry("InsightRuleReport", "Contributor Insights"),
            Map.entry("ManagedInsightRules", "Contributor Insights"),
            Map.entry("AlarmContributors", "alarms on several series"),
            Map.entry("MetricStream", "metric streams"),
            Map.entry("MetricStreams", "metric streams"),
            Map.entry("AlarmMuteRule", "alarm mute rules"),
            Map.entry("AlarmMuteRules", "alarm mute rules"),
            Map.entry("LogAlarm", "alarms on logs"),
            Map.entry("Dataset", "datasets"),
            Map.entry("DatasetKmsKey", "datasets"),
            Map.entry("OTelEnrichment", "enrichment of OpenTelemetry data"),
            Map.entry("MetricWidgetImage", "images of metrics"));

    private OutOfScope() {}

    /** The feature that an operation such as {@code PutInsightRule} belongs to, if it is one of them. */
    static Optional<String> feature(String operation) {
        return Optional.ofNullable(FEATURES.get(operation.replaceFirst(
                "^(Get|Put|Describe|List|Delete|Enable|Disable|Start|Stop|Associate|Disassociate)", "")));
    }
}
