package io.failoverlab.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/** A change of the group's sizes at a set time (EC2 Auto Scaling guide, "Scheduled scaling"). */
public record ScheduledAction(String name, When when, OptionalInt min, OptionalInt max, OptionalInt desired) {
    /** When it happens. */
    public sealed interface When {
        /**
         * The first time after that moment; empty if there is none.
         *
         * @param began when the group did
         */
        Optional<Instant> next(Instant began, Instant after);

        /**
         * So long after the group began: what AWS has no word for, since a lab's life is short.
         *
         * @param delay 0 or more
         */
        record After(Duration delay) implements When {
            public After {
                if (delay.isNegative()) {
                    throw new IllegalArgumentException("expected a time of 0 or more, found " + delay);
                }
            }

            @Override
            public Optional<Instant> next(Instant began, Instant after) {
                return Optional.of(began.plus(delay)).filter(it -> it.isAfter(after));
            }
        }

        /** Once, at AWS's {@code StartTime}. */
        record At(Instant start) implements When {
            @Override
            public Optional<Instant> next(Instant began, Instant after) {
                return Optional.of(start).filter(it -> it.isAfter(after));
            }
        }

        /**
         * Again and again.
         *
         * @param recurrence as AWS takes it
         * @param zone AWS's {@code TimeZone}; UTC unless given
         * @param start not before
         * @param end not after
         */
        record Recurring(Recurrence recurrence, ZoneId zone, Optional<Instant> start, Optional<Instant> end)
                implements When {
            public Recurring {
                if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
                    throw new IllegalArgumentException(
                            "expected a start before the end, found " + start.get() + " and " + end.get());
                }
            }

            @Override
            public Optional<Instant> next(Instant began, Instant after) {
                // The start itself may be such a time.
                Instant from = start.map(it -> it.minusMillis(1))
                        .filter(after::isBefore)
                        .orElse(after);
                return recurrence.next(from.atZone(zone)).filter(it -> end.isEmpty() || !it.isAfter(end.get()));
            }
        }
    }

    public ScheduledAction {
        Names.require(name);
        if (min.isEmpty() && max.isEmpty() && desired.isEmpty()) {
            throw new IllegalArgumentException("expected min, max or desired for " + name + ", found none");
        }
    }
}
