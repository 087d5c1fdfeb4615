package io.failoverlab.monitor;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps web pages from elsewhere out. A browser on this machine reaches 127.0.0.1 for any page it shows: one whose name was rebound
 * to 127.0.0.1 is known by its Host header, one that posts across by its Origin, one that includes what is here as a script or a
 * picture by its Sec-Fetch-Site (W3C, "Fetch Metadata Request Headers"). No CORS header is ever sent, so no other page can read an
 * answer.
 */
final class LoopbackGuard {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\[\\]]+)(:\\d{1,5})?");

    /** GET is what pages are read with, POST what changes something; nothing here needs another. */
    private static final Set<HandlerType> METHODS = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.POST);

    /** Two dots in a row, a slash or a backslash in disguise: no path of this server has them. */
    private static final Pattern TRAVERSAL = Pattern.compile("\\.\\.|%2e%2e|\\.%2e|%2e\\.|%2f|%5c|%00|\\\\");

    private final Refusals refusals;

    /** @param refusals told of every request that is refused */
    LoopbackGuard(Refusals refusals) {
        this.refusals = refusals;
    }

    void register(JavalinConfig config) {
        config.routes.before(this::check);
    }

    private void check(Context http) {
        http.header("X-Content-Type-Options", "nosniff");
        http.header("Referrer-Policy", "no-referrer");
        http.header("Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'");
        http.header("Cross-Origin-Resource-Policy", "same-origin");
        http.header("Cache-Control", "no-store");
        Optional<String> mistake = mistake(http);
        if (mistake.isPresent()) {
            refuse(http, HttpStatus.FORBIDDEN, mistake.get());
        } else if (TRAVERSAL
                .matcher(http.req().getRequestURI().toLowerCase(Locale.ROOT))
                .find()) {
            refuse(http, HttpStatus.BAD_REQUEST, "expected a path without .. and encoded slashes");
        }
    }

    private static Optional<String> mistake(Context http) {
        String host = http.header("Host");
        if (!isOfThisMachine(host, http.req().getLocalAddr())) {
            return Optional.of("expected a Host of this machine (127.0.0.1 or localhost), found " + host);
        }
        String origin = http.header("Origin");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            return Optional.of("expected no Origin or http://" + host + ", found " + origin);
        }
        String site = http.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none") && !opensThePage(http)) {
            return Optional.of("expected a request of no web page from elsewhere, found Sec-Fetch-Site: " + site);
        }
        if (!METHODS.contains(http.method())) {
            return Optional.of("expected GET, HEAD or POST, found " + http.req().getMethod());
        }
        return Optional.empty();
    }

    /** A link on another page may lead here; what it opens is nothing that this other page could read. */
    private static boolean opensThePage(Context http) {
        return http.method() == HandlerType.GET
                && http.path().equals("/")
                && http.queryString() == null
                && "navigate".equals(http.header("Sec-Fetch-Mode"))
                && "document".equals(http.header("Sec-Fetch-Dest"));
    }

    /** A name that was rebound is no address, so the one that the request came to is as good as 127.0.0.1. */
    private static boolean isOfThisMachine(String host, String cameTo) {
        Matcher matcher = HOST.matcher(host == null ? "" : host);
        if (!matcher.matches()) {
            return false;
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name) || name.equals(cameTo) || name.equals("[" + cameTo + "]");
    }

    private void refuse(Context http, HttpStatus status, String reason) {
        refusals.note(http, reason);
        http.status(status).contentType("text/plain").result(reason + "\n");
        http.skipRemainingHandlers();
    }
}
