package io.failoverlab.verdict;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a check measured. {@link #text()} is how every report writes it. */
public sealed interface Measurement {

    String text();

    /** A number of requests or writes. */
    record Count(long value) implements Measurement {
        @Override
        public String text() {
            return Wording.count(value);
        }
    }

    /**
     * A length of time. Kept in whole milliseconds, rounded up: what is compared is what is shown, and rounding never
     * flatters.
     */
    record Time(Duration value) implements Measurement {
        public Time {
            value = Duration.ofMillis(value.plusNanos(999_999).toMillis());
        }

        @Override
        public String text() {
            return Wording.time(value);
        }
    }

    /** It did not happen in the time {@code watched} after the fault. */
    record Never(Duration watched) implements Measurement {
        @Override
        public String text() {
            return "not in " + Wording.moment(watched);
        }
    }

    /** Fewer targets than expected were in service when the load ended, {@code watched} after the fault. */
    record Degraded(int inService, int expected, Duration watched) implements Measurement {
        @Override
        public String text() {
            return "degraded: " + inService + " of " + expected;
        }
    }

    /** Name to requests answered. */
    record Shares(Map<String, Long> requests) implements Measurement {
        public Shares {
            requests = Collections.unmodifiableMap(new TreeMap<>(requests));
        }

        @Override
        public String text() {
            long all = requests.values().stream().mapToLong(Long::longValue).sum();
            return requests.entrySet().stream()
                    .map(share -> share.getKey() + " " + Wording.percent(share.getValue(), all))
                    .collect(Collectors.joining(", "));
        }
    }

    /** The last state of something, in its own word. */
    record State(String word) implements Measurement {
        @Override
        public String text() {
            return word;
        }
    }

    /** It cannot be measured from this history. */
    record Missing(String reason) implements Measurement {
        @Override
        public String text() {
            return "not measured";
        }
    }
}
