package io.failoverlab.monitor;

import io.javalin.http.Context;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs requests that were refused; a page that asks a thousand times a second fills no disk with it. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final int LOGGED_IN_SPAN = 20;
    private static final int LONGEST = 300;

    private final InstantSource clock;
    private final Counter count;
    private Instant begin = Instant.EPOCH;
    private int logged;

    Refusals(CollectorRegistry registry, InstantSource clock) {
        this.clock = clock;
        this.count = Counter.build("failoverlab_requests_refused_total", "Requests refused for where they came from.")
                .register(registry);
    }

    /** @param reason in words; what it quotes of the request is shortened and made harmless for a log */
    synchronized void note(Context http, String reason) {
        count.inc();
        Instant now = clock.instant();
        if (begin.plus(SPAN).isBefore(now)) {
            begin = now;
            logged = 0;
        }
        logged++;
        if (logged <= LOGGED_IN_SPAN) {
            LOG.warn("Refused {} {}: {}", harmless(http.req().getMethod()), harmless(http.path()), harmless(reason));
        } else if (logged == LOGGED_IN_SPAN + 1) {
            LOG.warn("More requests were refused; see failoverlab_requests_refused_total for how many.");
        }
    }

    private static String harmless(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "…";
    }
}
