package io.failoverlab.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failoverlab.event.LabEvent;
import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricQuery;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Unit;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes to a store whatever a monitor writes, goes on when that fails, and knows what the store has taken. */
final class StubbornWriter {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    private static final int SERIES = 10;
    private static final int SECONDS_PER_STEP = 10;

    private final Path file;
    private final Set<String> acknowledged = new HashSet<>();
    private int step;
    private int refused;

    StubbornWriter(Path file) {
        this.file = file;
    }

    /** How many writes failed. */
    int refused() {
        return refused;
    }

    private Instant now() {
        return START.plusSeconds((long) step * SECONDS_PER_STEP);
    }

    /** Some steps on a store, which is closed and opened again meanwhile; {@code then} happens after them, before more that must succeed. */
    void write(int steps, Runnable then) {
        openAndClose(steps / 4);
        Database database;
        try {
            database = Database.open(file, InstantSource.system());
        } catch (StoreException e) {
            refuse(e);
            then.run();
            database = Database.open(file, InstantSource.system());
        }
        assertThat(database.damage().filter(damage -> !damage.nothingIsLost())).isEmpty();
        Optional<MetricStore> metrics = metrics(database, new CollectorRegistry());
        for (int i = 0; i < steps; i++) {
            step(database, metrics);
        }
        then.run();
        int before = refused;
        MetricStore working = metrics.isPresent()
                ? metrics.get()
                : metrics(database, new CollectorRegistry()).orElseThrow();
        for (int i = 0; i < 3; i++) {
            step(database, Optional.of(working));
        }
        assertThat(refused).as("writes that failed after all was well again").isEqualTo(before);
        database.close();
    }

    private void openAndClose(int steps) {
        try (Database database = Database.open(file, InstantSource.system())) {
            CollectorRegistry figures = new CollectorRegistry();
            Optional<MetricStore> metrics = metrics(database, figures);
            for (int i = 0; i < steps; i++) {
                step(database, metrics);
            }
            Double written = figures.getSampleValue("failoverlab_points_written_total");
            if (written == null || written < steps * SERIES) { // what waited in memory is lost with it
                acknowledged.removeIf(what -> what.startsWith("points "));
            }
        } catch (StoreException e) {
            refuse(e);
        }
    }

    /** Empty if the disk is full already. */
    private Optional<MetricStore> metrics(Database database, CollectorRegistry figures) {
        try {
            return Optional.of(new MetricStore(database, this::now, figures));
        } catch (StoreException e) {
            refuse(e);
            return Optional.empty();
        }
    }

    private void step(Database database, Optional<MetricStore> metrics) {
        step++;
        metrics.ifPresent(store -> {
            store.in(Scope.LAB).add(data());
            acknowledged.add("points " + step);
            store.flush();
            store.maintain();
        });
        try {
            database.checkpoint();
        } catch (StoreException e) {
            refuse(e);
        }
        attempt("event " + step, () -> new EventStore(database).append(List.of(event())));
        attempt(
                "dashboard " + step % 3,
                () -> new DashboardStore(database).put("000000000000", "board-" + step % 3, "{}", now()));
        attempt("tag " + step, () -> new TagStore(database).tag("arn", Map.of("key-" + step, "value")));
    }

    private void attempt(String what, Runnable write) {
        try {
            write.run();
            acknowledged.add(what);
        } catch (StoreException e) {
            refuse(e);
        }
    }

    private void refuse(StoreException e) {
        refused++;
        assertThat(e.getMessage()).contains(file.getFileName().toString());
    }

    private List<Datum> data() {
        return IntStream.range(0, SERIES)
                .mapToObj(series -> new Datum(stream(series), now(), Aggregate.ofValue(step), 1))
                .toList();
    }

    private static MetricStream stream(int series) {
        return new MetricStream(MetricId.of("Test", "Value", Map.of("Series", "s" + series)), Unit.NONE);
    }

    private LabEvent event() {
        return new LabEvent(
                now(),
                "failoverlab.test",
                "Step " + step,
                List.of(),
                JsonNodeFactory.instance.objectNode().put("text", "x".repeat(1500)));
    }

    /** Opens the store again: it is whole, and all is there that it has taken, once. */
    void verify() {
        try (Database database = Database.open(file, InstantSource.system())) {
            assertThat(database.damage()).isEmpty();
            Set<String> found = new HashSet<>();
            new EventStore(database)
                    .since(Instant.EPOCH)
                    .forEach(event -> found.add(event.detailType().replace("Step", "event")));
            new DashboardStore(database)
                    .list("000000000000", "")
                    .forEach(board -> found.add(board.name().replace("board-", "dashboard ")));
            new TagStore(database).tags("arn").keySet().forEach(key -> found.add(key.replace("key-", "tag ")));
            MetricStore metrics = metrics(database, new CollectorRegistry()).orElseThrow();
            new HashSet<>(acknowledged)
                    .stream()
                            .filter(what -> what.startsWith("points "))
                            .filter(what -> hasPoints(metrics, Integer.parseInt(what.substring("points ".length()))))
                            .forEach(found::add);
            assertThat(found).containsAll(acknowledged);
        }
    }

    private static boolean hasPoints(MetricStore metrics, int step) {
        Instant at = START.plusSeconds((long) step * SECONDS_PER_STEP);
        return IntStream.range(0, SERIES)
                .allMatch(series -> metrics.in(Scope.LAB)
                        .read(new MetricQuery(stream(series).metric(), Optional.empty(), at, 1, 1, true))
                        .equals(Map.of(at, Aggregate.ofValue(step))));
    }
}
