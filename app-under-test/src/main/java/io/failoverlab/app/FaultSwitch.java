package io.failoverlab.app;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets whoever can write into the instance's own {@code /tmp} make the shop slow or deaf, to rehearse it. Off unless the file
 * is there; no request can write it. Its text is {@code all MILLIS} or {@code requests MILLIS}: who waits (the second leaves
 * health checks and metrics alone), and how long at the most. Everyone goes on when the file is gone.
 */
final class FaultSwitch {
    static final Path FILE = Path.of("/tmp/lab-fault");

    private static final Pattern TEXT = Pattern.compile("(all|requests) (\\d{1,7})\\s*");
    private static final Set<String> CHECKS = Set.of("/healthz", "/readyz", "/metrics");
    private static final Duration STEP = Duration.ofMillis(20);

    private final Path file;
    private final PauseScheduler scheduler;

    FaultSwitch(Path file, PauseScheduler scheduler) {
        this.file = file;
        this.scheduler = scheduler;
    }

    void register(RoutesConfig routes) {
        routes.before(ctx -> await(ctx.path()));
    }

    /** Returns at once unless the switch is on for that address. */
    void await(String path) throws InterruptedException {
        long waited = 0;
        while (waited < limitMillis(path)) {
            scheduler.pause(STEP);
            waited += STEP.toMillis();
        }
    }

    private long limitMillis(String path) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            Matcher text = TEXT.matcher(lines.isEmpty() ? "" : lines.getFirst());
            boolean spared = CHECKS.contains(path);
            return text.matches() && !(spared && text.group(1).equals("requests")) ? Long.parseLong(text.group(2)) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }
}
