package io.failoverlab.experiment;

import io.failoverlab.document.Field;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Section;
import io.failoverlab.verdict.Expectation;
import io.failoverlab.verdict.Expectations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what an experiment expects: a list of sentences, or the names of figures with their conditions. */
final class ExpectationReader {
    private static final String KEY = "expect";

    private final List<String> alarms;
    private final Map<String, String> read = new LinkedHashMap<>();

    private ExpectationReader(List<String> alarms) {
        this.alarms = alarms;
    }

    /** @param alarms names of those that the stack has; empty if they are not known */
    static Map<String, String> read(Section root, List<String> alarms) {
        ExpectationReader reader = new ExpectationReader(alarms);
        if (root.isList(KEY)) {
            root.texts(KEY).forEach(field -> field.value().ifPresent(text -> reader.sentence(field, text)));
        } else {
            reader.section(root.section(KEY));
        }
        return reader.read;
    }

    private void sentence(Field<String> field, String text) {
        try {
            add(field, Expectation.parse(text));
        } catch (IllegalArgumentException wrong) {
            field.reject(Expectation.FORM, '"' + text + '"', wrong.getMessage());
        }
    }

    private void section(Section section) {
        for (String key : section.keys()) {
            Field<String> field = section.parsed(key, "an expectation", text -> text);
            field.value().ifPresent(text -> {
                try {
                    Expectations.parse(Map.of(key, text));
                    add(field, new Expectation(key, text));
                } catch (IllegalArgumentException wrong) {
                    field.reject("an expectation", key + ": " + text, wrong.getMessage());
                }
            });
        }
    }

    private void add(Field<String> field, Expectation expectation) {
        expectation
                .alarm()
                .filter(name -> !alarms.isEmpty() && !alarms.contains(name))
                .ifPresent(name -> field.reject("an alarm of the stack", name, Nearest.hint(name, alarms)));
        String before = read.putIfAbsent(expectation.name(), expectation.condition());
        if (before != null) {
            field.reject(
                    "one expectation of " + expectation.name(),
                    "a second one: " + expectation.condition(),
                    "the first is " + before);
        }
    }
}
