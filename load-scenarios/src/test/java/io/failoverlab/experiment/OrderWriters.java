package io.failoverlab.experiment;

import io.failoverlab.bench.ReplicaPair;
import io.failoverlab.simulation.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Clients that order without a pause, each until its server leaves it, and write down what they know. */
final class OrderWriters {
    private static final int CLIENTS = 8;
    private static final String ORDER = "INSERT INTO orders (idempotency_key) VALUES (?)";

    private final Set<String> attempted = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final List<Thread> clients = new ArrayList<>();

    void start(ReplicaPair.Server server) {
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(Thread.ofVirtual().start(() -> orderUntilItLeaves(server)));
        }
    }

    private void orderUntilItLeaves(ReplicaPair.Server server) {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement(ORDER, Statement.RETURN_GENERATED_KEYS)) {
            while (true) {
                order(insert);
            }
        } catch (SQLException left) {
            // the last order of this client is one of which it knows nothing
        }
    }

    /** Some more, one after the other. */
    void order(ReplicaPair.Server server, int orders) throws SQLException {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement(ORDER, Statement.RETURN_GENERATED_KEYS)) {
            for (int order = 0; order < orders; order++) {
                order(insert);
            }
        }
    }

    private void order(PreparedStatement insert) throws SQLException {
        String key = UUID.randomUUID().toString();
        insert.setString(1, key);
        attempted.add(key);
        insert.executeUpdate();
        try (ResultSet id = insert.getGeneratedKeys()) {
            id.next();
            acknowledged.put(key, id.getLong(1));
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    void awaitEnd() throws InterruptedException {
        for (Thread client : clients) {
            client.join();
        }
    }

    Ledger ledger() {
        return new Ledger(new TreeSet<>(attempted), new TreeMap<>(acknowledged), 0);
    }
}
