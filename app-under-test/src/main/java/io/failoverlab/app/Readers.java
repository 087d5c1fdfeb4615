package io.failoverlab.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where reads go that may be a little old: to the reader endpoint while it answers, else to the writer's. While the reader is
 * away, one request a second tries it. {@code shop_catalogue_reads_total} counts them by {@code endpoint}.
 */
final class Readers {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final Database writer;
    private final Optional<Database> reader;
    private final Counter atWriter;
    private final Counter atReader;
    private final Throttle attempt;
    private volatile boolean away;

    Readers(Database writer, Optional<Database> reader, MeterRegistry meters, InstantSource clock) {
        this.writer = writer;
        this.reader = reader;
        this.atWriter = counter(meters, "writer");
        this.atReader = counter(meters, "reader");
        this.attempt = new Throttle(clock, Duration.ofSeconds(1));
    }

    private static Counter counter(MeterRegistry meters, String endpoint) {
        return Counter.builder("shop.catalogue.reads")
                .description("Reads of the catalogue by the endpoint that answered")
                .tag("endpoint", endpoint)
                .register(meters);
    }

    /** @throws DatabaseUnavailableException if neither answers in time */
    <T> T read(Database.Work<T> work) {
        if (reader.isPresent() && (!away || attempt.permits())) {
            try {
                T result = reader.get().read(work);
                away = false;
                atReader.increment();
                return result;
            } catch (DatabaseUnavailableException | IllegalStateException e) {
                // Also where it lacks the table: a replica may be behind the schema. A real defect shows at the writer.
                leave(e);
            }
        }
        T result = writer.read(work);
        atWriter.increment();
        return result;
    }

    private void leave(RuntimeException e) {
        if (!away) {
            LOG.warn("the reader endpoint does not serve ({}): reading at the writer", e.getMessage());
        }
        away = true;
        attempt.permits();
    }
}
