package io.failoverlab.rds;

import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * The right to act for an order: step by step, one order at a time, and only while the order is waited for. What comes late must
 * not undo what a newer order did.
 */
final class Turn {
    /** What is done in a step. */
    interface Action {
        void run() throws SQLException;
    }

    private final Object acting;
    private final BooleanSupplier wanted;

    /**
     * @param acting held during a step
     * @param wanted whether the order is still waited for
     */
    Turn(Object acting, BooleanSupplier wanted) {
        this.acting = acting;
        this.wanted = wanted;
    }

    /** @throws SQLException if the order was taken back, with nothing done, or if the action throws it */
    void act(Action action) throws SQLException {
        synchronized (acting) {
            require();
            action.run();
        }
    }

    /** Whether the order is still waited for. */
    boolean isWanted() {
        return wanted.getAsBoolean();
    }

    /** @throws SQLException if the order was taken back */
    void require() throws SQLException {
        if (!isWanted()) {
            throw new SQLException("the order was taken back");
        }
    }
}
