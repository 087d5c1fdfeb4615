package io.failoverlab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.event.EventJson;
import io.failoverlab.event.EventLog;
import io.failoverlab.event.LabEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The events in the store's file. */
public final class EventStore implements EventLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;

    public EventStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<LabEvent> events) {
        database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO event (time, source, detail_type, body, crc) VALUES (?, ?, ?, ?, ?)")) {
                for (LabEvent event : events) {
                    RowChecksum.bind(
                            insert,
                            "event",
                            micros(event.time()),
                            event.source(),
                            event.detailType(),
                            EventJson.write(event).toString());
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    @Override
    public List<LabEvent> since(Instant since) {
        return database.read(connection -> {
            List<LabEvent> found = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT body FROM event WHERE time >= ? ORDER BY time, number")) {
                select.setLong(1, micros(since));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(event(row.getString(1)));
                    }
                }
            }
            return found;
        });
    }

    private static LabEvent event(String body) {
        try {
            return EventJson.read(JSON.readTree(body));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new StoreException("The store holds an event that cannot be read: " + body, e);
        }
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
