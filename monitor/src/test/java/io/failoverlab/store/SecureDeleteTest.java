package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failoverlab.event.LabEvent;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted or has expired is nowhere in the file any more: a salvage could take it for a row, and people for a leak. */
class SecureDeleteTest {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    /** No other number of a store has its bytes. */
    private static final double SECRET = 1.2345678912345e-67;

    @TempDir
    private Path directory;

    private Instant now = START;

    private String bytes() throws IOException {
        return new String(Files.readAllBytes(directory.resolve("monitor.db")), StandardCharsets.ISO_8859_1);
    }

    private static String bytesOf(double value, ByteOrder order) {
        return new String(ByteBuffer.allocate(8).order(order).putDouble(value).array(), StandardCharsets.ISO_8859_1);
    }

    private static LabEvent event(Instant time, String text) {
        return new LabEvent(
                time,
                "failoverlab.test",
                "Step",
                List.of(),
                JsonNodeFactory.instance.objectNode().put("text", text));
    }

    @Test
    void whatIsDeletedIsOverwritten() throws IOException {
        try (Database database = Database.open(directory.resolve("monitor.db"), InstantSource.system())) {
            DashboardStore dashboards = new DashboardStore(database);
            dashboards.put("000000000000", "board", "secret dashboard " + "x".repeat(10_000) + " secret end", now);
            dashboards.put("000000000000", "other", "kept dashboard", now);
            TagStore tags = new TagStore(database);
            tags.tag("arn", Map.of("key", "secret tag", "other", "kept tag"));
            new EventStore(database)
                    .append(List.of(event(START, "secret event"), event(START.plusSeconds(1), "kept event")));
        }
        assertThat(bytes()).contains("secret dashboard", "secret end", "secret tag", "secret event");
        try (Database database = Database.open(directory.resolve("monitor.db"), InstantSource.system())) {
            new DashboardStore(database).delete("000000000000", List.of("board"));
            new TagStore(database).untag("arn", List.of("key"));
            RecordRetention.expire(database, START.plusSeconds(1).plus(RecordRetention.KEPT));
        }
        assertThat(bytes()).contains("kept dashboard", "kept tag", "kept event").doesNotContain("secret");
    }

    @Test
    void aDatapointThatHasExpiredIsOverwritten() throws IOException {
        MetricStream stream = new MetricStream(MetricId.of("Test", "Value", Map.of()), Unit.NONE);
        try (Database database = Database.open(directory.resolve("monitor.db"), InstantSource.system())) {
            MetricStore store = new MetricStore(database, () -> now, new CollectorRegistry());
            store.in(Scope.LAB).add(List.of(new Datum(stream, START, Aggregate.ofValue(SECRET), 1)));
            store.flush();
        }
        assertThat(bytes())
                .containsAnyOf(bytesOf(SECRET, ByteOrder.BIG_ENDIAN), bytesOf(SECRET, ByteOrder.LITTLE_ENDIAN));
        try (Database database = Database.open(directory.resolve("monitor.db"), InstantSource.system())) {
            MetricStore store = new MetricStore(database, () -> now, new CollectorRegistry());
            for (int days = 0; days <= 460; days += 10) {
                now = START.plus(Duration.ofDays(days));
                store.maintain();
            }
        }
        assertThat(bytes())
                .doesNotContain(bytesOf(SECRET, ByteOrder.BIG_ENDIAN), bytesOf(SECRET, ByteOrder.LITTLE_ENDIAN));
    }
}
