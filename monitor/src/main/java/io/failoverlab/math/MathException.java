package io.failoverlab.math;

/** Queries that cannot be understood or evaluated; the message names the query and the place in its expression. */
public final class MathException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MathException(String message) {
        super(message);
    }

    /** @param cause says what is wrong, and in which column */
    static MathException in(ExpressionQuery query, ExpressionException cause) {
        MathException exception = new MathException("Error in expression '" + query.id() + "': " + cause.getMessage());
        exception.initCause(cause);
        return exception;
    }
}
