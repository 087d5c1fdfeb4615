package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Before the fault all was well, for long enough to compare with: else what follows is not the fault's doing. */
final class CalmBeforeTheFault implements Assumption {
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    @Override
    public AssumptionResult test(History history) {
        Optional<String> problem = Windows.of(history)
                .map(windows -> problem(history, windows))
                .orElse(Optional.of("judging never started"));
        return new AssumptionResult(
                "calm-before-fault",
                "All was well before the fault",
                problem.isEmpty(),
                "at least " + Wording.moment(SHORTEST)
                        + " judged before it, without a failed request, every target in service",
                problem.orElseGet(() -> summary(history)));
    }

    private static Optional<String> problem(History history, Windows windows) {
        if (windows.fault().isEmpty()) {
            return Optional.empty();
        }
        Duration fault = windows.fault().get();
        if (fault.minus(windows.from()).compareTo(SHORTEST) < 0) {
            return Optional.of("judging started at " + Wording.moment(windows.from()) + ", the fault came at "
                    + Wording.moment(fault));
        }
        List<RequestSample> before = windows.judged(history, Windows.Part.BEFORE);
        if (before.isEmpty()) {
            return Optional.of("no request before the fault");
        }
        long failed = before.stream().filter(request -> !request.ok()).count();
        if (failed > 0) {
            return Optional.of(Wording.count(failed) + " of " + Wording.count(before.size())
                    + " requests failed before the fault");
        }
        int expected = history.run().topology().expectedInService();
        int inService = InService.before(history, fault);
        return inService < expected
                ? Optional.of(inService + " of " + expected + " targets in service at the fault")
                : Optional.empty();
    }

    private static String summary(History history) {
        Windows windows = Windows.of(history).orElseThrow();
        return windows.fault()
                .map(fault -> Wording.moment(fault.minus(windows.from())) + " judged, "
                        + Wording.count(
                                windows.judged(history, Windows.Part.BEFORE).size())
                        + " requests, none failed")
                .orElse("no fault was injected");
    }
}
