package io.failoverlab.bench;

import java.net.URI;
import java.util.Random;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.core5.http.ContentType;

/** Makes the requests of a trial: pages, and orders that carry an {@code Idempotency-Key} as the shop's do. */
final class RequestSource {
    private static final long SEED = 41;

    private final URI base;
    private final double posts;
    private final Random random = new Random(SEED);
    private long number;

    /** @param posts share of orders, 0 to 1 */
    RequestSource(URI base, double posts) {
        this.base = base;
        this.posts = posts;
    }

    synchronized SimpleHttpRequest next() {
        number++;
        if (random.nextDouble() >= posts) {
            return SimpleRequestBuilder.get(base.resolve("/api/items/" + (number % 50 + 1)))
                    .build();
        }
        return SimpleRequestBuilder.post(base.resolve("/api/orders"))
                .setHeader("Idempotency-Key", "bench-" + number)
                .setBody("{\"customer\":\"bench\",\"itemId\":5,\"quantity\":1}", ContentType.APPLICATION_JSON)
                .build();
    }
}
