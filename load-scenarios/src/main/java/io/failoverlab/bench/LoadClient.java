package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * A lean client: what it adds to a latency itself is a few milliseconds at the worst, where Gatling's start alone adds more
 * than the differences that are to be seen. It sends each request once and gives up after {@link #LIMIT}.
 */
final class LoadClient implements AutoCloseable {
    /** The client's patience. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int CONNECTIONS = 4000;

    private final LabScheduler scheduler;
    private final CloseableHttpAsyncClient http;

    LoadClient(LabScheduler scheduler) {
        this.scheduler = scheduler;
        Timeout limit = Timeout.of(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        this.http = HttpAsyncClients.custom()
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setTcpNoDelay(true)
                        .build())
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(limit)
                                .setSocketTimeout(limit)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(limit).build())
                // Closing it interrupts its reactor, which would be logged as an error; a failed request fails by
                // itself.
                .setIoReactorExceptionCallback(closing -> {})
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
        http.start();
    }

    /**
     * Sends at a fixed rate, however long the answers take.
     *
     * @param rate requests a second
     * @return every request that was due, in no order
     */
    List<Answer> open(RequestSource requests, int rate, Duration duration) {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        Phaser underWay = new Phaser(1);
        Instant start = scheduler.instant();
        long count = rate * duration.toMillis() / 1000;
        for (long number = 0; number < count; number++) {
            Instant due = start.plusNanos(number * 1_000_000_000L / rate);
            Duration early = Duration.between(scheduler.instant(), due);
            if (early.isPositive()) {
                scheduler.pause(early);
            }
            send(requests.next(), due, answers, underWay);
        }
        await(underWay);
        return List.copyOf(answers);
    }

    /** Keeps that many requests under way until the time is over. */
    List<Answer> closed(RequestSource requests, int atOnce, Duration duration) {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        Phaser underWay = new Phaser(1);
        Instant end = scheduler.instant().plus(duration);
        for (int i = 0; i < atOnce; i++) {
            again(requests, end, answers, underWay);
        }
        await(underWay);
        return List.copyOf(answers);
    }

    private void again(RequestSource requests, Instant end, Queue<Answer> answers, Phaser underWay) {
        Instant now = scheduler.instant();
        if (now.isBefore(end)) {
            underWay.register();
            RequestSource.Request request = requests.next();
            http.execute(request.http(), new Taking(now, now, request.order(), answers, () -> {
                again(requests, end, answers, underWay);
                underWay.arriveAndDeregister();
            }));
        }
    }

    private void send(RequestSource.Request request, Instant due, Queue<Answer> answers, Phaser underWay) {
        underWay.register();
        http.execute(
                request.http(),
                new Taking(due, scheduler.instant(), request.order(), answers, underWay::arriveAndDeregister));
    }

    private static void await(Phaser underWay) {
        try {
            underWay.awaitAdvanceInterruptibly(
                    underWay.arrive(), LIMIT.multipliedBy(3).toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while answers were awaited", interrupted);
        } catch (TimeoutException stuck) {
            throw new IllegalStateException(
                    "expected every request to end within " + LIMIT.multipliedBy(3) + ", found some under way", stuck);
        }
    }

    private final class Taking implements FutureCallback<SimpleHttpResponse> {
        private final Instant due;
        private final Instant sent;
        private final Optional<Order> order;
        private final Queue<Answer> answers;
        private final Runnable then;

        Taking(Instant due, Instant sent, Optional<Order> order, Queue<Answer> answers, Runnable then) {
            this.due = due;
            this.sent = sent;
            this.order = order;
            this.answers = answers;
            this.then = then;
        }

        @Override
        public void completed(SimpleHttpResponse response) {
            take(response.getCode());
        }

        @Override
        public void failed(Exception failure) {
            take(0);
        }

        @Override
        public void cancelled() {
            take(0);
        }

        private void take(int status) {
            answers.add(new Answer(
                    due, Duration.between(due, scheduler.instant()), Duration.between(due, sent), order, status));
            then.run();
        }
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }
}
