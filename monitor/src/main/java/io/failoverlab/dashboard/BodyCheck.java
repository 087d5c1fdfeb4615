package io.failoverlab.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One place in a dashboard's body, and what can be asked of it. What is asked and not so becomes a finding. */
final class BodyCheck {
    private static final Set<Integer> PERIODS = Set.of(1, 5, 10, 20, 30);

    private final JsonNode node;
    private final String path;
    private final List<Finding> findings;

    BodyCheck(JsonNode root) {
        this(root, "", new ArrayList<>());
    }

    private BodyCheck(JsonNode node, String path, List<Finding> findings) {
        this.node = node;
        this.path = path;
        this.findings = findings;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    void error(String message) {
        findings.add(new Finding(Finding.Severity.ERROR, path, message));
    }

    private boolean demand(boolean fulfilled, String message) {
        if (!fulfilled) {
            error(message);
        }
        return fulfilled;
    }

    boolean isObject() {
        return demand(node.isObject(), "Should be object");
    }

    boolean isText() {
        return demand(node.isTextual(), "Should be string");
    }

    boolean isBoolean() {
        return demand(node.isBoolean(), "Should be boolean");
    }

    boolean isNumber() {
        return demand(node.isNumber(), "Should be number");
    }

    /** A text of a kind that is told by {@code shape} in words. */
    boolean isLike(Predicate<String> right, String shape) {
        return isText() && demand(right.test(node.textValue()), "Should be " + shape);
    }

    /** A period that metrics can be read at, in seconds. */
    boolean isPeriod() {
        return isInteger(1, Integer.MAX_VALUE)
                && demand(
                        PERIODS.contains(node.intValue()) || node.intValue() % 60 == 0,
                        "Should be 1, 5, 10, 20, 30 or a multiple of 60");
    }

    boolean isInteger(int minimum, int maximum) {
        return demand(node.isIntegralNumber() && node.canConvertToInt(), "Should be integer")
                && demand(node.intValue() >= minimum, "Should be >= " + minimum)
                && demand(node.intValue() <= maximum, "Should be <= " + maximum);
    }

    boolean isOneOf(List<String> allowed) {
        return isText()
                && demand(
                        allowed.contains(node.textValue()),
                        "Should be equal to one of the allowed values: " + String.join(", ", allowed));
    }

    boolean isArray(int minimum, int maximum) {
        return demand(node.isArray(), "Should be array")
                && demand(node.size() >= minimum, "Should NOT have less than " + minimum + " items")
                && demand(node.size() <= maximum, "Should NOT have more than " + maximum + " items");
    }

    boolean isAnObject() {
        return node.isObject();
    }

    boolean isAText() {
        return node.isTextual();
    }

    boolean isAnArray() {
        return node.isArray();
    }

    boolean has(String member) {
        return node.has(member);
    }

    int size() {
        return node.size();
    }

    /** The text of a member, empty if it has none. */
    String text(String member) {
        return node.path(member).asText("");
    }

    boolean containsText(String text) {
        for (JsonNode element : node) {
            if (element.isTextual() && element.textValue().equals(text)) {
                return true;
            }
        }
        return false;
    }

    BodyCheck element(int index) {
        return new BodyCheck(node.get(index), path + "/" + index, findings);
    }

    void elements(Consumer<BodyCheck> check) {
        for (int i = 0; i < node.size(); i++) {
            check.accept(element(i));
        }
    }

    void required(String member, Consumer<BodyCheck> check) {
        if (demand(node.has(member), "Should have required property '" + member + "'")) {
            optional(member, check);
        }
    }

    void optional(String member, Consumer<BodyCheck> check) {
        if (node.has(member)) {
            check.accept(new BodyCheck(node.get(member), path + "/" + member, findings));
        }
    }

    void warnOfOthersThan(Set<String> members) {
        node.fieldNames().forEachRemaining(member -> {
            if (!members.contains(member)) {
                findings.add(new Finding(
                        Finding.Severity.WARNING, path, "Should NOT have additional property '" + member + "'"));
            }
        });
    }
}
