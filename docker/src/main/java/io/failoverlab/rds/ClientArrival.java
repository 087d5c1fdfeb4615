package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The last phase of a failover, which is not the lab's: the application has to come to the new primary. Tells of all four then. */
final class ClientArrival {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String identifier;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final Consumer<String> news;

    /**
     * @param identifier of the DB instance
     * @param news told in words
     */
    ClientArrival(String identifier, LabScheduler scheduler, Telemetry telemetry, Consumer<String> news) {
        this.identifier = identifier;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
        this.news = news;
    }

    /** @param closed whether nobody waits for it any more */
    void await(FailoverTimes times, ServerAgent primary, BooleanSupplier closed) {
        Optional<Boolean> came = scheduler.await(LIMIT, () -> {
            try {
                return closed.getAsBoolean() || primary.applications() > 0 ? Optional.of(true) : Optional.empty();
            } catch (SQLException busy) {
                return Optional.empty();
            }
        });
        if (closed.getAsBoolean()) {
            return;
        }
        if (came.isEmpty()) {
            news.accept("no client came to " + times.to() + " within " + LIMIT.toSeconds() + " s of the failover");
            return;
        }
        telemetry.happened(new StackEvent.DatabaseFailedOver(
                scheduler.instant(),
                identifier,
                times.from(),
                times.to(),
                times.why(),
                times.failed(),
                times.decided(),
                times.promoted(),
                times.moved()));
    }
}
