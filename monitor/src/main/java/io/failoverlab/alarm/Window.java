package io.failoverlab.alarm;

import io.failoverlab.metric.Aggregate;
import java.time.Instant;
import java.util.Optional;

/** One period of an alarm's metric: when it began and the data in it, if any. */
record Window(Instant start, Optional<Aggregate> data) {}
