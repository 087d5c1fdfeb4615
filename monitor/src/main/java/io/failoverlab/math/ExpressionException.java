package io.failoverlab.math;

/** An expression is wrong at one place. */
final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExpressionException(Position at, String problem) {
        super("column " + at.column() + ": " + problem);
    }
}
