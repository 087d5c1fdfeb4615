package io.failoverlab.dashboard;

import java.util.List;

/** The properties of a widget that draws metrics. */
final class MetricWidget {
    private static final List<String> VIEWS = List.of("timeSeries", "singleValue", "gauge", "bar", "pie", "table");
    private static final String NO_DATA_SOURCE =
            "The metric widget should have specified a region and a data source or an alarm annotation";

    private MetricWidget() {}

    static void check(BodyCheck properties) {
        boolean metrics = properties.has("metrics");
        boolean annotations = properties.has("annotations");
        if (!metrics && !annotations) {
            properties.error("Should have required property 'metrics'");
            properties.error(NO_DATA_SOURCE);
            properties.error("Should have required property 'annotations'");
        } else if (metrics && !properties.has("region")) {
            properties.error(NO_DATA_SOURCE);
        }
        properties.optional("region", BodyCheck::isText);
        properties.optional("title", BodyCheck::isText);
        properties.optional("stat", BodyCheck::isText);
        properties.optional("stacked", BodyCheck::isBoolean);
        properties.optional("period", period -> period.isInteger(1, Integer.MAX_VALUE));
        properties.optional("view", view -> view.isOneOf(VIEWS));
        properties.optional("metrics", list -> {
            if (list.isArray(0, Integer.MAX_VALUE)) {
                list.elements(MetricWidget::checkMetric);
            }
        });
        properties.optional("annotations", MetricWidget::checkAnnotations);
    }

    /** Namespace, name, and names and values of dimensions, then perhaps how it is drawn; or an expression alone. */
    private static void checkMetric(BodyCheck metric) {
        if (!metric.isArray(1, Integer.MAX_VALUE)) {
            metric.error("Field \"metrics\" has to be an array of array of strings, with an optional metricRenderer"
                    + " object as last element");
            return;
        }
        int size = metric.size();
        int texts = metric.element(size - 1).isAnObject() ? size - 1 : size;
        for (int i = 0; i < texts; i++) {
            if (!metric.element(i).isAText()) {
                metric.error("Invalid metric field type, only \"String\" type is allowed");
                return;
            }
        }
        if (texts == 0) {
            metric.element(0).required("expression", BodyCheck::isText);
        } else if (texts % 2 != 0 && !metric.containsText("...")) {
            metric.error("Expected a namespace, a name, and names and values of dimensions in pairs");
        }
    }

    private static void checkAnnotations(BodyCheck annotations) {
        if (!annotations.isObject()) {
            return;
        }
        annotations.optional("alarms", alarms -> {
            if (alarms.isArray(0, 1)) {
                alarms.elements(BodyCheck::isText);
            }
        });
        annotations.optional("horizontal", lines -> lines.isArray(0, Integer.MAX_VALUE));
        annotations.optional("vertical", lines -> lines.isArray(0, Integer.MAX_VALUE));
    }
}
