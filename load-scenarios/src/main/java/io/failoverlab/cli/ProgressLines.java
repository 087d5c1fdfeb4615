package io.failoverlab.cli;

import io.failoverlab.environment.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a line for each step that ended and, on a terminal, one moving line for those under way. */
final class ProgressLines implements Progress {
    private record Step(Instant since, String waitingFor) {}

    private final Terminal terminal;
    private final InstantSource clock;
    private final Map<String, Step> underWay = new LinkedHashMap<>();

    ProgressLines(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public synchronized void started(String step) {
        underWay.put(step, new Step(clock.instant(), ""));
        refresh();
    }

    @Override
    public synchronized void waiting(String step, String what) {
        underWay.computeIfPresent(step, (name, state) -> new Step(state.since(), what));
        refresh();
    }

    @Override
    public synchronized void finished(String step, Duration took) {
        underWay.remove(step);
        terminal.say("  " + terminal.green("ok") + "  " + step + "  " + terminal.dim(seconds(took)));
        refresh();
    }

    /** Shows the elapsed times anew. */
    synchronized void refresh() {
        if (!underWay.isEmpty()) {
            terminal.status("  ..  "
                    + underWay.entrySet().stream()
                            .map(entry -> entry.getKey() + " "
                                    + seconds(Duration.between(entry.getValue().since(), clock.instant()))
                                    + (entry.getValue().waitingFor().isEmpty()
                                            ? ""
                                            : " (" + entry.getValue().waitingFor() + ")"))
                            .collect(Collectors.joining("  ")));
        }
    }

    static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
