package io.failoverlab.notify;

import io.failoverlab.notify.Outbox.Notification;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every notification of the outbox to every receiver, in order: the next one goes out when the one before was taken. A
 * receiver that fails is tried again after a quarter of a second, then after twice as long each time, up to half a minute, without
 * end; others do not wait for it. It may get a notification twice (it took it, and the monitor died before it noted so); the message
 * id tells.
 */
public final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final Outbox outbox;
    private final Executor executor;
    private final Timer timer;
    private final List<Route> routes;
    private final Counter delivered;
    private final Counter failures;

    /** @param executor runs deliveries, which block */
    public Deliveries(
            List<Receiver> receivers, Outbox outbox, Executor executor, Timer timer, CollectorRegistry registry) {
        this.outbox = outbox;
        this.executor = executor;
        this.timer = timer;
        this.routes = receivers.stream().map(Route::new).toList();
        this.delivered = Counter.build("failoverlab_notification_deliveries_total", "Notifications delivered.")
                .register(registry);
        this.failures = Counter.build(
                        "failoverlab_notification_failures_total", "Deliveries that failed and are repeated.")
                .register(registry);
        register();
    }

    /** Makes the receivers known to the outbox, which may have forgotten one. */
    public void register() {
        routes.forEach(route -> outbox.register(route.receiver.name()));
    }

    /** To be called when the outbox has something new, and at start for what an earlier monitor left. Returns at once. */
    public void wake() {
        routes.forEach(Route::wake);
    }

    /** The way to one receiver; at most one delivery is under way on it. */
    private final class Route {
        private final Receiver receiver;
        /** Wakes not yet looked after; whoever raises it from zero starts the delivery. */
        private final AtomicInteger wakes = new AtomicInteger();

        private Duration nextRetry = FIRST_RETRY;

        private Route(Receiver receiver) {
            this.receiver = receiver;
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
                Optional<Notification> next = outbox.next(receiver.name());
                while (next.isPresent()) {
                    receiver.deliver(next.get().body());
                    nextRetry = FIRST_RETRY;
                    outbox.delivered(receiver.name(), next.get().number());
                    delivered.inc();
                    next = outbox.next(receiver.name());
                }
                return true;
            } catch (IOException | RuntimeException e) {
                failures.inc();
                LOG.warn(
                        "Notifying {} failed, trying again in {} ms: {}",
                        receiver.name(),
                        nextRetry.toMillis(),
                        e.toString());
                return false;
            }
        }
    }
}
