package io.failoverlab.cli;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.verdict.Expectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code --expect} says, on any command: a sentence, or {@code FIGURE=CONDITION}. */
final class ExpectOption {
    private ExpectOption() {}

    /** @throws InvalidInput with everything that cannot be understood */
    static Map<String, String> parse(List<String> expressions) {
        Map<String, String> expectations = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String expression : expressions) {
            try {
                read(expression).addTo(expectations);
            } catch (IllegalArgumentException wrong) {
                problems.add(Problem.of("--expect", Expectation.FORM, '"' + expression + '"', wrong.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        return expectations;
    }

    /** In {@code requests-lost=<=5} the first sign of equality only parts the name from the condition. */
    private static Expectation read(String expression) {
        try {
            return Expectation.parse(expression);
        } catch (IllegalArgumentException noSentence) {
            return pair(expression).orElseThrow(() -> noSentence);
        }
    }

    private static Optional<Expectation> pair(String expression) {
        if (!expression.matches("[^=<>]+=.+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Expectation.parse(expression.replaceFirst("=", " ")));
        } catch (IllegalArgumentException noPair) {
            return Optional.empty();
        }
    }
}
