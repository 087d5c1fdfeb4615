package io.failoverlab.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the rules say of the lab's containers. */
public final class Audit {
    /** How a rule ends. */
    public enum Outcome {
        OK("ok"),
        /** Not kept to, for a reason that is known. */
        EXCEPTION("exception"),
        FAIL("FAIL"),
        /** There is nothing on this machine that it could be about. */
        NOT_APPLICABLE("n/a");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * Something that is not as a rule wants it.
     *
     * @param container its name; empty for the engine itself
     * @param exception why it is so all the same; empty if nothing speaks for it
     */
    public record Finding(String container, String found, String exception) {}

    /** What one rule says. */
    public record Result(String rule, String title, Outcome outcome, int containers, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    /** Whose rules these are. */
    public static final String BENCHMARK = "CIS Docker Benchmark 1.6.0, section 5";

    private Audit() {}

    /** A result for each rule, in the benchmark's order. */
    public static List<Result> of(EngineFacts engine, List<ContainerFacts> containers) {
        return Arrays.stream(Rule.values())
                .map(rule -> of(rule, engine, containers))
                .toList();
    }

    /** Whether nothing is wrong but what is known. */
    public static boolean passes(List<Result> results) {
        return results.stream().noneMatch(result -> result.outcome() == Outcome.FAIL);
    }

    private static Result of(Rule rule, EngineFacts engine, List<ContainerFacts> containers) {
        List<Finding> findings = new ArrayList<>();
        if (rule.appliesTo(engine)) {
            rule.finding(engine).ifPresent(found -> findings.add(new Finding("", found, "")));
            for (ContainerFacts container : containers) {
                rule.finding(container).ifPresent(found -> findings.add(finding(rule, container, found)));
            }
        }
        return new Result(rule.id(), rule.title(), outcome(rule, engine, findings), containers.size(), findings);
    }

    private static Finding finding(Rule rule, ContainerFacts container, String found) {
        Optional<Exemption> exemption = Exemption.of(rule, container);
        return new Finding(
                container.name(), found, exemption.map(Exemption::reason).orElse(""));
    }

    private static Outcome outcome(Rule rule, EngineFacts engine, List<Finding> findings) {
        if (!rule.appliesTo(engine)) {
            return Outcome.NOT_APPLICABLE;
        }
        if (findings.isEmpty()) {
            return Outcome.OK;
        }
        return findings.stream().allMatch(it -> !it.exception().isEmpty()) ? Outcome.EXCEPTION : Outcome.FAIL;
    }
}
