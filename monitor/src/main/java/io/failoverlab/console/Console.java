package io.failoverlab.console;

import io.failoverlab.access.Permits;
import io.failoverlab.live.LiveFeed;
import io.failoverlab.live.LivePast;
import io.javalin.config.JavalinConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The console page: {@code GET /}, its files under {@code /console/}, {@code GET /live}, the server-sent events it lives on, the actions
 * of the lab behind it, and finished runs. Streams that are open when the server stops are ended, so that stopping never waits for a
 * browser.
 */
public final class Console {
    private final PageFiles files;
    private final LiveStreams streams;
    private final PastRoute past;
    private final ActionRoutes actions;
    private final RunRoutes runs;

    /** A page that only looks. */
    Console(LiveFeed feed) {
        this(feed, LivePast.none(), Optional.empty(), Optional.empty(), Permits.everything());
    }

    /**
     * The page.
     *
     * @param past what the feed told before a page was opened
     * @param lab the socket of the lab whose actions it offers
     * @param runs folder of the finished runs that it shows
     * @param permits asked before each action
     * @throws IllegalStateException if a file of the page is missing from the class path
     */
    public Console(LiveFeed feed, LivePast past, Optional<Path> lab, Optional<Path> runs, Permits permits) {
        this.files = PageFiles.onClassPath();
        this.streams = new LiveStreams(feed);
        this.past = new PastRoute(past);
        this.actions = new ActionRoutes(lab.map(LabSocket::new), permits);
        this.runs = new RunRoutes(runs);
    }

    /** Adds the routes and the clean-up to a server that has not been started yet. */
    public void register(JavalinConfig config) {
        config.routes.get("/", context -> files.serve("index.html", context));
        config.routes.get("/console/<file>", context -> files.serve(context.pathParam("file"), context));
        config.routes.get("/live", streams::open);
        past.register(config);
        actions.register(config);
        runs.register(config);
        config.events.serverStopping(streams::close);
    }
}
