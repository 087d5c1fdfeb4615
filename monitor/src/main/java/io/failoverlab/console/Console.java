package io.failoverlab.console;

import io.failoverlab.live.LiveFeed;
import io.javalin.config.JavalinConfig;

/**
 * The console page: {@code GET /}, its files under {@code /console/}, and {@code GET /live}, the server-sent events it lives on. It
 * reads the feed and changes nothing. Streams that are open when the server stops are ended, so that stopping never waits for a
 * browser.
 */
public final class Console {
    private final PageFiles files;
    private final LiveStreams streams;

    /** @throws IllegalStateException if a file of the page is missing from the class path */
    public Console(LiveFeed feed) {
        this.files = PageFiles.onClassPath();
        this.streams = new LiveStreams(feed);
    }

    /** Adds the routes and the clean-up to a server that has not been started yet. */
    public void register(JavalinConfig config) {
        config.routes.get("/", context -> files.serve("index.html", context));
        config.routes.get("/console/<file>", context -> files.serve(context.pathParam("file"), context));
        config.routes.get("/live", streams::open);
        config.events.serverStopping(streams::close);
    }
}
