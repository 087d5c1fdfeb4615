package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clients that order over JDBC, each on one connection, one order after the other. Whose connection fails connects anew, to whichever
 * server the clients are led to then; no order is sent twice.
 */
final class JdbcWriters {
    private static final int CLIENTS = 4;
    private static final String ORDER = "INSERT INTO orders (idempotency_key) VALUES (?)";
    private static final Duration CONNECT_LIMIT = Duration.ofMillis(100);
    /** As the shop's. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    private static final Duration BEFORE_AGAIN = Duration.ofMillis(5);

    private final LabScheduler scheduler;
    private final Optional<Integer> rate;
    private final AtomicReference<ReplicaPair.Server> server;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean ended;

    /** @param rate orders a second of all of them; empty for as many as there can be */
    JdbcWriters(LabScheduler scheduler, Optional<Integer> rate, ReplicaPair.Server server) {
        this.scheduler = scheduler;
        this.rate = rate;
        this.server = new AtomicReference<>(server);
    }

    void start() {
        Instant begin = scheduler.instant();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            clients.add(Thread.ofVirtual().name("writer " + number).start(() -> work(begin, number)));
        }
    }

    void leadTo(ReplicaPair.Server other) {
        server.set(other);
    }

    private void work(Instant begin, int client) {
        long number = client;
        while (!ended) {
            try (Connection connection = server.get().connect(CONNECT_LIMIT, ANSWER_LIMIT);
                    PreparedStatement insert = connection.prepareStatement(ORDER)) {
                while (!ended) {
                    long turn = number;
                    number += CLIENTS;
                    awaitTurn(begin, turn);
                    order(insert, "order-" + turn);
                }
            } catch (SQLException failed) {
                scheduler.pause(BEFORE_AGAIN);
            }
        }
    }

    /** What could not be sent in time is sent as soon as it can be. */
    private void awaitTurn(Instant begin, long number) {
        rate.map(perSecond ->
                        Duration.between(scheduler.instant(), begin.plusNanos(number * 1_000_000_000L / perSecond)))
                .filter(Duration::isPositive)
                .ifPresent(scheduler::pause);
    }

    private void order(PreparedStatement insert, String key) throws SQLException {
        Instant sent = scheduler.instant();
        int status = 0;
        try {
            insert.setString(1, key);
            insert.executeUpdate();
            status = 201;
        } finally {
            answers.add(new Answer(
                    sent,
                    Duration.between(sent, scheduler.instant()),
                    Duration.ZERO,
                    Optional.of(new Order(key, key)),
                    status));
        }
    }

    /** Returns every order once none is under way. */
    List<Answer> stop() throws InterruptedException {
        ended = true;
        for (Thread client : clients) {
            client.join();
        }
        return List.copyOf(answers);
    }
}
