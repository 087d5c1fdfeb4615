package io.failoverlab.cli;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.verdict.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --expect} says, on any command. */
final class ExpectOption {
    private ExpectOption() {}

    /** @throws InvalidInput with everything that cannot be understood */
    static Map<String, String> parse(List<String> expressions) {
        Map<String, String> expectations = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String expression : expressions) {
            try {
                Expectation expectation = Expectation.parse(expression);
                expectations.put(expectation.name(), expectation.condition());
            } catch (IllegalArgumentException wrong) {
                problems.add(Problem.of("--expect", Expectation.FORM, '"' + expression + '"', wrong.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        return expectations;
    }
}
