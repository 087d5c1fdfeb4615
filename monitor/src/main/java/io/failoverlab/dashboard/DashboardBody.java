package io.failoverlab.dashboard;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the body of a dashboard (CloudWatch API Reference, "Dashboard Body Structure and Syntax"). The messages are those of
 * CloudWatch where they are known from what people were refused with.
 */
public final class DashboardBody {
    private static final int MAX_WIDGETS = 500;
    private static final int MAX_VARIABLES = 25;
    private static final Set<String> MEMBERS = Set.of("widgets", "start", "end", "periodOverride", "variables");
    private static final Set<String> WIDGET_MEMBERS = Set.of("type", "x", "y", "width", "height", "properties");
    private static final List<String> TYPES = List.of("metric", "text", "log", "alarm", "explorer", "custom", "chart");

    /** Days and weeks stand behind a T as well in dashboards that people publish, so {@code -PT7D} is no mistake. */
    private static final Pattern BEFORE_NOW = Pattern.compile("-P(?=.)(\\d+[YMWD])*(T(\\d+[WDHMS])+)?");

    private static final List<String> LOG_VIEWS = List.of("table", "timeSeries", "bar", "pie");
    private static final List<String> ALARM_ORDERS = List.of("default", "stateUpdatedTimestamp", "timestamp");
    private static final List<String> ALARM_STATES = List.of("ALARM", "INSUFFICIENT_DATA", "OK");

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Everything that is wrong with the body, in its order; empty if nothing is. */
    public List<Finding> check(String body) {
        JsonNode root;
        try {
            root = json.readTree(body);
        } catch (JsonProcessingException e) {
            return List.of(new Finding(Finding.Severity.ERROR, "", notJson(e)));
        }
        BodyCheck check = new BodyCheck(root);
        if (check.isObject()) {
            checkMembers(check);
        }
        return check.findings();
    }

    /** What Jackson adds in brackets of its own sources says nothing to a reader. */
    private static String notJson(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return "Should be JSON: " + e.getOriginalMessage().replaceAll(" \\(start marker.*", "")
                + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }

    private static boolean isTime(String text) {
        return BEFORE_NOW.matcher(text).matches() || Annotations.isTime(text);
    }

    private static void checkMembers(BodyCheck body) {
        body.warnOfOthersThan(MEMBERS);
        body.optional("start", start -> start.isLike(DashboardBody::isTime, "a time, or one before now like -PT6H"));
        body.optional("end", BodyCheck::isText);
        body.optional("periodOverride", member -> member.isOneOf(List.of("auto", "inherit")));
        body.optional("variables", member -> {
            if (member.isArray(0, MAX_VARIABLES)) {
                member.elements(DashboardBody::checkVariable);
            }
        });
        body.required("widgets", widgets -> {
            if (widgets.isArray(0, MAX_WIDGETS)) {
                widgets.elements(DashboardBody::checkWidget);
            }
        });
    }

    private static void checkVariable(BodyCheck variable) {
        if (!variable.isObject()) {
            return;
        }
        variable.required("id", BodyCheck::isText);
        variable.required("type", member -> member.isOneOf(List.of("property", "pattern")));
        variable.required("inputType", member -> member.isOneOf(List.of("input", "select", "radio")));
        String replaced = variable.text("type");
        if (replaced.equals("property") || replaced.equals("pattern")) {
            variable.required(replaced, BodyCheck::isText);
        }
        for (String member : List.of("label", "defaultValue", "search", "populateFrom")) {
            variable.optional(member, BodyCheck::isText);
        }
        variable.optional("visible", BodyCheck::isBoolean);
        variable.optional("values", values -> {
            if (values.isArray(0, Integer.MAX_VALUE)) {
                values.elements(value -> {
                    if (value.isObject()) {
                        value.required("value", BodyCheck::isText);
                        value.optional("label", BodyCheck::isText);
                    }
                });
            }
        });
    }

    private static void checkWidget(BodyCheck widget) {
        if (!widget.isObject()) {
            return;
        }
        widget.warnOfOthersThan(WIDGET_MEMBERS);
        widget.optional("x", member -> member.isInteger(0, 23));
        widget.optional("y", member -> member.isInteger(0, Integer.MAX_VALUE));
        widget.optional("width", member -> member.isInteger(1, 24));
        widget.optional("height", member -> member.isInteger(1, 1000));
        widget.required("type", member -> member.isOneOf(TYPES));
        widget.required("properties", properties -> {
            if (properties.isObject()) {
                checkProperties(widget.text("type"), properties);
            }
        });
    }

    private static void checkProperties(String type, BodyCheck properties) {
        switch (type) {
            case "metric" -> MetricWidget.check(properties);
            case "text" -> properties.required("markdown", BodyCheck::isText);
            case "log" -> {
                properties.required("region", BodyCheck::isText);
                properties.required("query", BodyCheck::isText);
                properties.optional("view", view -> view.isOneOf(LOG_VIEWS));
            }
            case "alarm" -> {
                properties.required("alarms", alarms -> {
                    if (alarms.isArray(1, 100)) {
                        alarms.elements(BodyCheck::isText);
                    }
                });
                properties.optional("sortBy", order -> order.isOneOf(ALARM_ORDERS));
                properties.optional("states", states -> {
                    if (states.isArray(0, ALARM_STATES.size())) {
                        states.elements(state -> state.isOneOf(ALARM_STATES));
                    }
                });
            }
            case "custom" -> properties.required("endpoint", BodyCheck::isText);
            default -> {
                // explorer and chart are kept as they are; any other type has been refused
            }
        }
    }
}
