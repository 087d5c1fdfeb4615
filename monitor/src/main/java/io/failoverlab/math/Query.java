package io.failoverlab.math;

import java.util.Optional;

/** One of several queries that are asked together, CloudWatch's MetricDataQuery. */
public sealed interface Query permits MetricStatQuery, ExpressionQuery {
    /** The name under which expressions know its result. */
    String id();

    Optional<String> label();

    /** Whether its result is asked for, or only needed by an expression. */
    boolean returnData();
}
