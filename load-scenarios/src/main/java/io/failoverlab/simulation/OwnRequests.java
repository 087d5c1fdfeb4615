package io.failoverlab.simulation;

import io.failoverlab.history.FailureCause;
import io.gatling.http.client.Request;
import io.gatling.http.client.uri.Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * Looks at every request of a simulation of the user's own right before it is written: it goes to the balancer and nowhere else,
 * and it goes once. Gatling's client sends a request again, unseen, when its connection closes before the answer has begun.
 */
final class OwnRequests {
    private final String host;
    private final int port;
    /** By what Gatling makes anew for each request and keeps when it sends that again: where it was sent to already. */
    private final Map<Function<Request, Request>, Set<String>> sent = Collections.synchronizedMap(new WeakHashMap<>());

    OwnRequests(URI target) {
        this.host = target.getHost();
        this.port = target.getPort();
    }

    Request pass(Request request) {
        Uri uri = request.getUri();
        if (!uri.getHost().equals(host) || uri.getExplicitPort() != port) {
            throw new UncheckedIOException(new IOException(
                    "expected requests to the balancer at " + host + ":" + port + " only, found " + uri.toUrl()));
        }
        // A redirection keeps it too, and leads elsewhere.
        Set<String> before = sent.computeIfAbsent(
                request.getSignatureCalculator(), made -> Collections.synchronizedSet(new HashSet<>()));
        if (!before.add(request.getMethod() + " " + uri.toUrl())) {
            throw new UncheckedIOException(new IOException(FailureCause.CLOSED_UNDER_IT));
        }
        return request;
    }
}
