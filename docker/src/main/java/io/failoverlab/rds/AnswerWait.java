package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Waits until a server that was started answers, but not for one that ended, nor for an order that was taken back. */
final class AnswerWait {
    private enum Outcome {
        ANSWERS,
        ENDED,
        TAKEN_BACK
    }

    private final Predicate<String> hasEnded;
    private final LabScheduler scheduler;

    /** @param hasEnded whether a server has */
    AnswerWait(Predicate<String> hasEnded, LabScheduler scheduler) {
        this.hasEnded = hasEnded;
        this.scheduler = scheduler;
    }

    /**
     * @param ping throws unless the server answers
     * @throws SQLException if it ended, or does not answer within the limit, or the order was taken back
     */
    void await(String server, Turn.Action ping, Duration limit, Turn turn) throws SQLException {
        Optional<Outcome> outcome = scheduler.await(limit, () -> attempt(server, ping, turn));
        turn.require();
        if (!outcome.equals(Optional.of(Outcome.ANSWERS))) {
            throw new SQLException(server + " does not answer");
        }
    }

    private Optional<Outcome> attempt(String server, Turn.Action ping, Turn turn) {
        if (!turn.isWanted()) {
            return Optional.of(Outcome.TAKEN_BACK);
        }
        try {
            ping.run();
            return Optional.of(Outcome.ANSWERS);
        } catch (SQLException notYet) {
            return hasEnded.test(server) ? Optional.of(Outcome.ENDED) : Optional.empty();
        }
    }
}
