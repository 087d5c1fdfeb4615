package io.failoverlab.math;

/** What a name in upper case before parentheses means. */
interface Function {
    /**
     * What a call of it gives.
     *
     * @throws ExpressionException if the arguments are not what it takes
     */
    Type type(Expression.Call call, Types types);

    /** Calls it; {@link #type} has accepted the arguments. */
    Value apply(Expression.Call call, Evaluation evaluation);
}
