package io.failoverlab.fault;

import io.failoverlab.document.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All faults by name. */
public final class Faults {
    /** How long CPU stress lasts at the most if nothing is said. */
    public static final Duration STRESS_LIMIT = Duration.ofSeconds(60);

    /** How many {@code yes} run if nothing is said, as in the exercise that this fault comes from. */
    public static final int STRESS_PROCESSES = 5;

    private static final List<String> OF_ZONES = List.of("az-power", "az-network");
    private static final List<String> NAMES = List.of(
            "kill",
            "kill-process",
            "stop",
            "pause",
            "cut",
            "hang",
            "deaf",
            "slow",
            "cpu-stress",
            "az-power",
            "az-network");

    private Faults() {}

    /** The names, in the order to be shown. */
    public static List<String> names() {
        return NAMES;
    }

    /** Whether the fault of that name hits a zone, not an instance. */
    public static boolean isOfZone(String name) {
        return OF_ZONES.contains(name);
    }

    /**
     * The fault of that name.
     *
     * @param limit how long it may last; needed by faults that run inside the instance
     * @param yes number of processes for CPU stress
     * @throws IllegalArgumentException if there is none of that name, with the nearest one
     */
    public static Fault named(String name, Optional<Duration> limit, int yes) {
        return switch (name) {
            case "kill" -> new Kill();
            case "kill-process" -> new KillProcess();
            case "stop" -> new Stop();
            case "pause" -> new Pause();
            case "cut" -> new Cut();
            case "hang" -> new Hang();
            case "deaf" -> new Deaf();
            case "slow" -> new Slow();
            case "cpu-stress" -> new CpuStress(yes, limit.orElse(STRESS_LIMIT));
            case "az-power" -> new AzPower();
            case "az-network" -> new AzNetwork();
            default ->
                throw new IllegalArgumentException("expected one of " + String.join(", ", NAMES) + ", found " + name
                        + Nearest.of(name, NAMES)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
        };
    }
}
