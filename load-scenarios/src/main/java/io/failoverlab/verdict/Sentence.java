package io.failoverlab.verdict;

import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import io.failoverlab.history.RunInfo.LoadPlan;
import io.failoverlab.verdict.Measurement.Count;
import io.failoverlab.verdict.Measurement.Degraded;
import io.failoverlab.verdict.Measurement.Never;
import io.failoverlab.verdict.Measurement.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The run in words: what was done, what it cost, and why the verdict is not PASS where it is not. */
final class Sentence {
    private final List<CheckResult> results;
    private final int judgedRequests;

    private Sentence(List<CheckResult> results, int judgedRequests) {
        this.results = results;
        this.judgedRequests = judgedRequests;
    }

    static String of(History history, Verdict verdict, List<AssumptionResult> assumptions, List<CheckResult> results) {
        int judgedRequests = Windows.of(history)
                .map(windows -> windows.judged(history).size())
                .orElse(0);
        Sentence sentence = new Sentence(results, judgedRequests);
        List<String> costs = sentence.costs();
        return opening(history)
                + (costs.isEmpty() ? "." : ": " + String.join(", ", costs) + ".")
                + sentence.recovery()
                + sentence.reason(verdict, assumptions);
    }

    private static String opening(History history) {
        String faults = history.events(FaultInjected.class)
                .map(fault -> fault.instance() + " " + verb(fault.fault()) + " at " + Wording.moment(fault.at()))
                .collect(Collectors.joining(" and "));
        LoadPlan load = history.run().experiment().load();
        return faults.isEmpty()
                ? load.rate() + (load.rates().isEmpty() ? " for " : ", ") + Wording.moment(load.duration())
                : faults;
    }

    private static String verb(String fault) {
        return switch (fault) {
            case "kill" -> "was killed";
            case "kill-process" -> "had its server process killed";
            case "stop" -> "was stopped";
            case "pause" -> "was paused";
            case "cut" -> "was cut off the network";
            case "hang" -> "had its server process hang";
            case "deaf" -> "answered nothing but health checks";
            case "slow" -> "was slowed by 2 s";
            case "cpu-stress" -> "was put under CPU stress";
            case "memory-stress" -> "ran short of memory";
            case "io-stress" -> "was put under I/O stress";
            case "disk-full" -> "had its storage filled";
            case "reset" -> "had its connections reset";
            case "port-closed" -> "had a port closed";
            case "blackhole-port" -> "had a port blocked";
            case "packet-loss" -> "lost packets";
            case "latency" -> "was put on a slow network";
            case "replica-lag" -> "applied late what it received";
            case "connections-exhausted" -> "had all its connections taken";
            case "dns-stale" -> "kept its old address";
            case "az-power" -> "lost power with its zone";
            case "az-network" -> "was cut from the network with its zone";
            case "reboot" -> "was rebooted";
            case "terminate" -> "was terminated";
            case "failover" -> "was failed over";
            default -> "had the fault " + fault;
        };
    }

    private List<String> costs() {
        List<String> costs = new ArrayList<>();
        if (of(Figure.REQUESTS_LOST).measured() instanceof Count lost) {
            costs.add(lost.text() + " of " + Wording.count(judgedRequests) + " requests lost");
        }
        outOfRotation().ifPresent(costs::add);
        delay(Figure.ALARMED, "alarm after ", "no alarm").ifPresent(costs::add);
        if (of(Figure.WRITES_LOST).measured() instanceof Count lost) {
            costs.add(
                    lost.value() == 0
                            ? "no acknowledged write lost"
                            : lost.text() + " acknowledged " + (lost.value() == 1 ? "write" : "writes") + " lost");
        }
        return costs;
    }

    /** What the balancer serves says more than what the controller believes. */
    private Optional<String> outOfRotation() {
        return of(Figure.OUT_OF_ROTATION).measured() instanceof Measurement.Missing
                ? delay(Figure.DETECTED, "out of service after ", "never out of service")
                : delay(Figure.OUT_OF_ROTATION, "out of rotation after ", "never out of rotation");
    }

    /** What did not happen is worth a word only where something was expected of it. */
    private Optional<String> delay(Figure figure, String happened, String never) {
        CheckResult result = of(figure);
        return switch (result.measured()) {
            case Time time -> Optional.of(happened + time.text());
            case Never watched -> result.outcome() == Outcome.INFORMATION ? Optional.empty() : Optional.of(never);
            case Count other -> Optional.empty();
            case Degraded other -> Optional.empty();
            case Measurement.Shares other -> Optional.empty();
            case Measurement.State other -> Optional.empty();
            case Measurement.Missing other -> Optional.empty();
        };
    }

    private String recovery() {
        return switch (of(Figure.RECOVERED).measured()) {
            case Time time -> " All in service again after " + time.text() + ".";
            case Degraded degraded ->
                " Degraded since: " + degraded.inService() + " of " + degraded.expected() + " in service.";
            case Never other -> "";
            case Count other -> "";
            case Measurement.Shares other -> "";
            case Measurement.State other -> "";
            case Measurement.Missing other -> "";
        };
    }

    private String reason(Verdict verdict, List<AssumptionResult> assumptions) {
        return switch (verdict) {
            case PASS -> "";
            case FAIL -> " Not as expected: " + notAsExpected() + ".";
            case UNKNOWN -> " Unknown: " + unknown(assumptions) + ".";
        };
    }

    private String unknown(List<AssumptionResult> assumptions) {
        String broken = assumptions.stream()
                .filter(assumption -> !assumption.holds())
                .map(AssumptionResult::found)
                .collect(Collectors.joining("; "));
        if (!broken.isEmpty()) {
            return broken;
        }
        String notMeasured = results.stream()
                .filter(result -> result.outcome() == Outcome.UNKNOWN)
                .map(result -> result.name() + " (" + result.explanation() + ")")
                .collect(Collectors.joining("; "));
        return notMeasured.isEmpty() ? "the experiment expects nothing" : notMeasured;
    }

    private String notAsExpected() {
        return results.stream()
                .filter(result -> result.outcome() == Outcome.NOT_MET)
                .map(result -> result.name() + " " + result.measured().text() + " (" + result.expectation() + ")")
                .collect(Collectors.joining(", "));
    }

    private CheckResult of(Figure figure) {
        return results.stream()
                .filter(result -> result.figure() == figure)
                .findFirst()
                .orElseThrow();
    }
}
