package io.failoverlab.verdict;

import java.util.ArrayList;
import java.util.List;

/** Expectations of an experiment that cannot be read. */
public final class InvalidExpectationsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    InvalidExpectationsException(List<String> problems) {
        super("expectations: " + String.join("; ", problems));
        this.problems = new ArrayList<>(problems);
    }

    /** Every problem, each beginning with the name of its figure. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
