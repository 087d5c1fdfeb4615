package io.failoverlab.console;

import io.failoverlab.live.LivePast;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * {@code GET /live/past?from=S&to=S}: the seconds before those of a page's snapshot, from the first one up to the other, which is not
 * among them. The page asks for a stretch after the other, so that none of the answers keeps it busy for long.
 */
final class PastRoute {
    /** Seconds in one answer. */
    private static final long MOST = 600;

    private static final Pattern SECOND = Pattern.compile("\\d{1,11}");

    private final LivePast past;
    private final LiveJson json = new LiveJson();

    PastRoute(LivePast past) {
        this.past = past;
    }

    void register(JavalinConfig config) {
        config.routes.get("/live/past", this::answer);
    }

    private void answer(Context http) {
        OptionalLong from = second(http, "from");
        OptionalLong to = second(http, "to");
        long length = to.orElse(0) - from.orElse(0);
        if (from.isEmpty() || to.isEmpty() || length < 1 || length > MOST) {
            http.status(400)
                    .contentType("text/plain")
                    .result("expected from and to in whole seconds since 1970, to 1 to " + MOST
                            + " s after from; found from=" + http.queryParam("from") + " and to="
                            + http.queryParam("to") + "\n");
            return;
        }
        String answer = json.past(
                        past.ticks(Instant.ofEpochSecond(from.getAsLong()), Instant.ofEpochSecond(to.getAsLong())))
                .json();
        http.contentType("application/json").header("Cache-Control", "no-store").result(answer);
    }

    private static OptionalLong second(Context http, String name) {
        String given = http.queryParam(name);
        return given != null && SECOND.matcher(given).matches()
                ? OptionalLong.of(Long.parseLong(given))
                : OptionalLong.empty();
    }
}
