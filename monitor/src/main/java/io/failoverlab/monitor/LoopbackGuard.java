package io.failoverlab.monitor;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps web pages from elsewhere out. A browser on this machine reaches 127.0.0.1 for any page it shows: one whose name was rebound
 * to 127.0.0.1 is known by its Host header, one that posts across by its Origin. No CORS header is ever sent, so no other page can
 * read an answer.
 */
final class LoopbackGuard {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\[\\]]+)(:\\d{1,5})?");

    private LoopbackGuard() {}

    static void register(JavalinConfig config) {
        config.routes.before(LoopbackGuard::check);
    }

    private static void check(Context http) {
        String host = http.header("Host");
        http.header("X-Content-Type-Options", "nosniff");
        http.header("Referrer-Policy", "no-referrer");
        http.header("Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'");
        http.header("Cache-Control", "no-store");
        if (!isLoopback(host)) {
            refuse(http, "expected a Host of this machine (127.0.0.1 or localhost), found " + host);
            return;
        }
        String origin = http.header("Origin");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            refuse(http, "expected no Origin or http://" + host + ", found " + origin);
        }
    }

    private static boolean isLoopback(String host) {
        Matcher matcher = HOST.matcher(host == null ? "" : host);
        return matcher.matches() && LOOPBACK.contains(matcher.group(1).toLowerCase(Locale.ROOT));
    }

    private static void refuse(Context http, String reason) {
        http.status(HttpStatus.FORBIDDEN).contentType("text/plain").result(reason + "\n");
        http.skipRemainingHandlers();
    }
}
