package io.failoverlab.store;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the store keeps what is no datapoint: 30 days, as CloudWatch keeps the history of alarms, of deleted ones as well
 * (CloudWatch User Guide, "Using Amazon CloudWatch alarms"; it was two weeks until 2023). Events and notifications are kept as long.
 */
public final class RecordRetention {
    static final Duration KEPT = Duration.ofDays(30);

    private RecordRetention() {}

    /**
     * Forgets what is older than that, and of notifications those that nobody waits for: which every receiver ever registered has got,
     * or all if there is no receiver, since one that comes later gets only what happens from then on.
     */
    public static void expire(Database database, Instant now) {
        Instant oldest = now.minus(KEPT);
        database.write(connection -> {
            try (PreparedStatement history = connection.prepareStatement("DELETE FROM alarm_history WHERE time < ?");
                    PreparedStatement events = connection.prepareStatement("DELETE FROM event WHERE time < ?");
                    PreparedStatement old = connection.prepareStatement("DELETE FROM notification WHERE"
                            + " substr(json_extract(body, '$.StateChangeTime'), 1, 19) < substr(?, 1, 19)");
                    PreparedStatement delivered = connection.prepareStatement(
                            "DELETE FROM notification WHERE number <="
                                    + " coalesce((SELECT min(delivered) FROM receiver), (SELECT max(number) FROM notification))")) {
                history.setLong(1, oldest.toEpochMilli());
                events.setLong(1, EventStore.micros(oldest));
                old.setString(1, oldest.toString());
                return history.executeUpdate()
                        + events.executeUpdate()
                        + old.executeUpdate()
                        + delivered.executeUpdate();
            }
        });
    }
}
