package io.failoverlab.bench;

import io.failoverlab.bench.FailoverScript.Times;
import io.failoverlab.bench.ReplicaPair.Acknowledgement;
import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fails over by a script, each time on a new pair of servers. */
final class ScriptTrials {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LabScheduler scheduler;
    private final ReplicaPair.Setup setup;

    ScriptTrials(ReplicaPair.Setup setup) {
        this.scheduler = setup.scheduler();
        this.setup = setup;
    }

    /**
     * @param rate orders a second; empty for as many as there can be
     * @param before of the load, before the fault
     * @param after of the load, after the fault
     */
    FailoverTrial run(
            FailoverBy by,
            Acknowledgement acknowledgement,
            Optional<Integer> rate,
            DatabaseFault fault,
            long seed,
            Duration before,
            Duration after) {
        try (ReplicaPair pair = ReplicaPair.start(setup, acknowledgement, primary -> primary)) {
            JdbcWriters writers = new JdbcWriters(scheduler, rate, pair.primary());
            writers.start();
            List<Answer> answers;
            Instant faultAt;
            Instant end;
            Times times;
            try {
                CompletableFuture<Times> failover = new FailoverScript(scheduler, pair, writers).start();
                scheduler.pause(before);
                faultAt = scheduler.instant();
                fault.strike(pair.primary().container());
                times = failover.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                Duration rest = Duration.between(scheduler.instant(), faultAt.plus(after));
                if (rest.isPositive()) {
                    scheduler.pause(rest);
                }
            } finally {
                end = scheduler.instant();
                answers = writers.stop();
            }
            if (times.decided().isBefore(faultAt)) {
                throw new IllegalStateException("the script failed over before the fault");
            }
            List<Order> orders = pair.standby().rows("SELECT idempotency_key FROM orders").stream()
                    .map(row -> new Order(row.getFirst(), row.getFirst()))
                    .toList();
            return new FailoverTrial(
                    by,
                    fault,
                    seed,
                    Silence.longest(answers, faultAt, end),
                    Optional.empty(),
                    FailoverPhases.of(
                            faultAt,
                            times.decided(),
                            times.promoted(),
                            times.promoted(),
                            firstAfter(answers, times.promoted())),
                    Optional.empty(),
                    OrderAudit.of(answers, orders),
                    Optional.empty());
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the pair of servers could not be started", unwritable);
        } catch (SQLException | ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the script did not fail over: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the script failed over", interrupted);
        }
    }

    private static Instant firstAfter(List<Answer> answers, Instant moment) {
        return answers.stream()
                .filter(answer -> !answer.lost() && answer.ended().isAfter(moment))
                .map(Answer::ended)
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("no order was acknowledged by the promoted server"));
    }
}
