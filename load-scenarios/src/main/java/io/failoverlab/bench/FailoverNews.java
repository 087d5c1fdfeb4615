package io.failoverlab.bench;

import io.failoverlab.rds.RdsEvent;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Keeps what the stack tells of its database, and passes everything on. */
final class FailoverNews implements Telemetry {
    private final Telemetry next;
    private final List<StackEvent> told = new CopyOnWriteArrayList<>();

    FailoverNews(Telemetry next) {
        this.next = next;
    }

    @Override
    public void measured(List<Measurement> measurements) {
        next.measured(measurements);
    }

    @Override
    public void happened(StackEvent event) {
        if (event instanceof StackEvent.DatabaseEvent || event instanceof StackEvent.DatabaseFailedOver) {
            told.add(event);
        }
        next.happened(event);
    }

    /** The first failover that was over after the moment. */
    Optional<StackEvent.DatabaseFailedOver> failover(Instant after) {
        return since(after, StackEvent.DatabaseFailedOver.class).findFirst();
    }

    /** When there was a standby with everything again. */
    Optional<Instant> redundant(Instant after) {
        return since(after, StackEvent.DatabaseEvent.class)
                .filter(event -> event.id().equals(RdsEvent.RECOVERY_COMPLETED.id()))
                .map(StackEvent::at)
                .findFirst();
    }

    private <E extends StackEvent> Stream<E> since(Instant moment, Class<E> kind) {
        return told.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(event -> event.at().isAfter(moment));
    }
}
