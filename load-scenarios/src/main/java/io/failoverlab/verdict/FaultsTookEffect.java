package io.failoverlab.verdict;

import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import io.failoverlab.history.RunInfo.PlannedFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every planned fault was injected at its time, was seen to work, and was undone. */
final class FaultsTookEffect implements Assumption {
    private static final Duration LATEST = Duration.ofSeconds(1);

    @Override
    public AssumptionResult test(History history) {
        List<FaultInjected> injected = history.events(FaultInjected.class).toList();
        List<PlannedFault> planned = history.run().experiment().faults();
        Optional<String> problem = planned.stream()
                .flatMap(plan -> problem(plan, injected).stream())
                .findFirst()
                .or(() -> injected.stream()
                        .filter(fault -> !fault.tookEffect())
                        .findFirst()
                        .map(FaultsTookEffect::noEffect));
        Optional<String> left = problem.or(() -> FisEffect.problem(history))
                .or(() -> planned.stream()
                        .filter(plan -> history.events(FaultHealed.class)
                                .noneMatch(healed -> healed.fault().equals(plan.fault())
                                        && healed.instance().equals(plan.instance())
                                        && healed.at().compareTo(plan.at()) >= 0))
                        .findFirst()
                        .map(plan -> plan.fault() + " of " + plan.instance() + " was not seen to be undone"));
        return new AssumptionResult(
                "faults-took-effect",
                "Every fault took effect",
                left.isEmpty(),
                "each planned fault within " + Wording.moment(LATEST) + " of its time, seen to work and to be undone",
                left.orElseGet(() -> summary(injected)));
    }

    private static Optional<String> problem(PlannedFault plan, List<FaultInjected> injected) {
        String name = plan.fault() + " of " + plan.instance();
        Optional<FaultInjected> found = injected.stream()
                .filter(fault ->
                        fault.fault().equals(plan.fault()) && fault.instance().equals(plan.instance()))
                .filter(fault -> fault.at().minus(plan.at()).abs().compareTo(LATEST) <= 0)
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of(name + " was planned for " + Wording.moment(plan.at()) + " and not injected then");
        }
        return found.filter(fault -> !fault.tookEffect()).map(FaultsTookEffect::noEffect);
    }

    private static String noEffect(FaultInjected fault) {
        return fault.fault() + " of " + fault.instance() + " had no effect: " + fault.evidence();
    }

    private static String summary(List<FaultInjected> injected) {
        return injected.isEmpty()
                ? "no fault was planned"
                : injected.stream()
                        .map(fault -> fault.fault() + " of " + fault.instance() + ": " + fault.evidence())
                        .collect(Collectors.joining("; "));
    }
}
