package io.failoverlab.notify;

import io.failoverlab.notify.Outbox.Notification;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts every notification of the outbox to every receiver, in order: the next one goes out when the one before was answered with
 * 2xx. A receiver that fails is asked again after a quarter of a second, then after twice as long each time, up to half a minute,
 * without end. It may get a notification twice (it answered, and the monitor died before it noted so); the message id tells.
 */
public final class Webhooks {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final Outbox outbox;
    private final CloseableHttpClient client;
    private final Executor executor;
    private final Timer timer;
    private final List<Receiver> receivers;
    private final Counter delivered;
    private final Counter failures;

    /**
     * @param client gives up on an unresponsive receiver by itself
     * @param executor runs deliveries, which block
     */
    public Webhooks(
            List<URI> urls,
            Outbox outbox,
            CloseableHttpClient client,
            Executor executor,
            Timer timer,
            CollectorRegistry registry) {
        this.outbox = outbox;
        this.client = client;
        this.executor = executor;
        this.timer = timer;
        this.receivers = urls.stream().distinct().map(Receiver::new).toList();
        this.delivered = Counter.build("failoverlab_webhook_deliveries_total", "Notifications delivered.")
                .register(registry);
        this.failures = Counter.build("failoverlab_webhook_failures_total", "Deliveries that failed and are repeated.")
                .register(registry);
        urls.forEach(url -> outbox.register(url.toString()));
    }

    /** To be called when the outbox has something new, and at start for what an earlier monitor left. Returns at once. */
    public void wake() {
        receivers.forEach(Receiver::wake);
    }

    /** One URL; at most one delivery to it is under way. */
    private final class Receiver {
        private final URI url;
        /** Wakes not yet looked after; whoever raises it from zero starts the delivery. */
        private final AtomicInteger wakes = new AtomicInteger();

        private Duration nextRetry = FIRST_RETRY;

        private Receiver(URI url) {
            this.url = url;
        }

        private void wake() {
            if (wakes.getAndIncrement() == 0) {
                executor.execute(this::deliverAll);
            }
        }

        private void deliverAll() {
            int seen;
            do {
                seen = wakes.get();
                if (!emptyOutbox()) {
                    // Wakes stay above zero, so that nobody else starts; from the last line on, the timer's thread goes
                    // on.
                    Duration delay = nextRetry;
                    Duration doubled = delay.multipliedBy(2);
                    nextRetry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
                    timer.after(delay, this::deliverAll);
                    return;
                }
                nextRetry = FIRST_RETRY;
            } while (wakes.addAndGet(-seen) > 0);
        }

        /** False if the receiver or the store failed. */
        private boolean emptyOutbox() {
            try {
                Optional<Notification> next = outbox.next(url.toString());
                while (next.isPresent()) {
                    post(next.get());
                    outbox.delivered(url.toString(), next.get().number());
                    delivered.inc();
                    next = outbox.next(url.toString());
                }
                return true;
            } catch (IOException | RuntimeException e) {
                failures.inc();
                LOG.warn("Webhook {} failed, trying again in {} ms: {}", url, nextRetry.toMillis(), e.toString());
                return false;
            }
        }

        private void post(Notification notification) throws IOException {
            HttpPost request = new HttpPost(url);
            request.setEntity(new StringEntity(notification.body(), ContentType.APPLICATION_JSON));
            int status = client.execute(request, response -> response.getCode());
            if (status < 200 || status > 299) {
                throw new IOException("expected an answer 2xx, found " + status);
            }
        }
    }
}
