package io.failoverlab.dashboard;

import io.failoverlab.metric.Statistic;
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
        properties.optional("accountId", BodyCheck::isText);
        properties.optional("stat", MetricWidget::isStatistic);
        properties.optional("stacked", BodyCheck::isBoolean);
        properties.optional("liveData", BodyCheck::isBoolean);
        properties.optional("sparkline", BodyCheck::isBoolean);
        properties.optional("period", BodyCheck::isPeriod);
        properties.optional("view", view -> view.isOneOf(VIEWS));
        properties.optional("timezone", zone -> zone.isLike(MetricWidget::isOffset, "an offset like +0130"));
        properties.optional("legend", legend -> {
            if (legend.isObject()) {
                legend.optional("position", position -> position.isOneOf(List.of("right", "bottom", "hidden")));
            }
        });
        properties.optional("yAxis", axes -> {
            if (axes.isObject()) {
                axes.optional("left", MetricWidget::checkAxis);
                axes.optional("right", MetricWidget::checkAxis);
            }
        });
        properties.optional("metrics", list -> {
            if (list.isArray(0, Integer.MAX_VALUE)) {
                list.elements(MetricWidget::checkMetric);
            }
        });
        properties.optional("annotations", Annotations::check);
    }

    private static boolean isStatistic(BodyCheck stat) {
        return stat.isLike(text -> Statistic.parse(text).isPresent(), "a statistic like Average or p99");
    }

    private static boolean isOffset(String text) {
        return text.matches("[+-]\\d{4}");
    }

    private static void checkAxis(BodyCheck axis) {
        if (axis.isObject()) {
            axis.optional("min", BodyCheck::isNumber);
            axis.optional("max", BodyCheck::isNumber);
            axis.optional("label", BodyCheck::isText);
            axis.optional("showUnits", BodyCheck::isBoolean);
        }
    }

    /** Namespace, name, and names and values of dimensions, then perhaps how it is drawn; or an expression alone. */
    private static void checkMetric(BodyCheck metric) {
        if (!metric.isArray(1, Integer.MAX_VALUE)) {
            metric.error("Field \"metrics\" has to be an array of array of strings, with an optional metricRenderer"
                    + " object as last element");
            return;
        }
        int size = metric.size();
        boolean drawn = metric.element(size - 1).isAnObject();
        int texts = drawn ? size - 1 : size;
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
        if (drawn) {
            checkDrawing(metric.element(size - 1));
        }
    }

    private static void checkDrawing(BodyCheck drawing) {
        drawing.optional("color", BodyCheck::isText);
        drawing.optional("label", BodyCheck::isText);
        drawing.optional("region", BodyCheck::isText);
        drawing.optional("period", BodyCheck::isPeriod);
        drawing.optional("stat", MetricWidget::isStatistic);
        drawing.optional("visible", BodyCheck::isBoolean);
        drawing.optional("yAxis", side -> side.isOneOf(Annotations.SIDES));
        drawing.optional(
                "id",
                id -> id.isLike(
                        text -> text.matches("[a-z][a-zA-Z0-9_]*"),
                        "an id that begins with a lower case letter and has only letters, digits and underscores"));
    }
}
