package io.failoverlab.topology;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The parts of a topology do not fit together. {@link TopologyReader} turns it into problems with positions. */
final class InvalidTopology extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    InvalidTopology(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
        this.violations = List.copyOf(violations);
    }

    List<Violation> violations() {
        return violations;
    }

    /** For values that do not come from a file. */
    InvalidInput asInput(String topology) {
        return new InvalidInput(violations.stream()
                .map(it -> Problem.of(topology, it.expected(), it.found(), it.hint()))
                .toList());
    }
}
