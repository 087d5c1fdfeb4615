package io.failoverlab.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One failover under load.
 *
 * @param seed of the moment of the fault
 * @param writes the longest time around the fault without an acknowledged order
 * @param reads the same of pages; empty where none were asked for
 * @param redundant from the fault until there was a standby with everything; empty for a script, which makes none
 * @param late how late the client itself was at the most; empty for a script's, which sends when it can
 */
public record FailoverTrial(
        FailoverBy by,
        DatabaseFault fault,
        long seed,
        Duration writes,
        Optional<Duration> reads,
        FailoverPhases phases,
        Optional<Duration> redundant,
        OrderAudit orders,
        Optional<Duration> late) {
    /** Columns of {@link #csv()}; times in milliseconds. */
    public static final String CSV_HEADER = "fault,failover by,seed,writes silent,reads silent,detect,promote,endpoint,"
            + "client,redundant,orders sent,orders acknowledged,orders found,orders lost,orders doubled,client late";

    /** For people. */
    public String line() {
        return "%-5s %-13s seed %d: %d of %d orders acknowledged, %d lost, %d doubled; no write for %.0f ms%s; detect %.0f, promote %.0f, endpoint %.0f, client %.0f ms%s"
                .formatted(
                        fault.word(),
                        by.title(),
                        seed,
                        orders.acknowledged(),
                        orders.attempted(),
                        orders.lost(),
                        orders.doubled(),
                        millis(writes),
                        reads.map(it -> ", no read for %.0f ms".formatted(millis(it)))
                                .orElse(""),
                        millis(phases.detect()),
                        millis(phases.promote()),
                        millis(phases.endpoint()),
                        millis(phases.client()),
                        redundant
                                .map(it -> "; redundant after %.1f s".formatted(millis(it) / 1e3))
                                .orElse(""));
    }

    /** One line of the file. */
    public String csv() {
        Function<Duration, String> time = it -> String.format(Locale.ROOT, "%.1f", millis(it));
        return String.join(
                ",",
                fault.word(),
                by.name().toLowerCase(Locale.ROOT),
                Long.toString(seed),
                time.apply(writes),
                reads.map(time).orElse(""),
                time.apply(phases.detect()),
                time.apply(phases.promote()),
                time.apply(phases.endpoint()),
                time.apply(phases.client()),
                redundant.map(time).orElse(""),
                Long.toString(orders.attempted()),
                Long.toString(orders.acknowledged()),
                Long.toString(orders.found()),
                Long.toString(orders.lost()),
                Long.toString(orders.doubled()),
                late.map(time).orElse(""));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
