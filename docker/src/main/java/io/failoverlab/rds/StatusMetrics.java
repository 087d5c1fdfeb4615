package io.failoverlab.rds;

import io.failoverlab.telemetry.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code AWS/RDS} tells of the engine and its disk, from MySQL's own counters ({@code SHOW GLOBAL STATUS} and {@code
 * performance_schema}): differences between two readings. Operations, bytes and queue are those of InnoDB's files, logs
 * included; the kernel does not count block devices by container everywhere. Latency is the mean over all files that the
 * server reads or writes, and there is none where nothing was read or written.
 */
final class StatusMetrics {
    /**
     * One reading.
     *
     * @param status value by name
     */
    record Reading(Instant at, Map<String, Long> status, Optional<FileTimes> files) {
        long value(String name) {
            return status.getOrDefault(name, 0L);
        }
    }

    /** Operations on files since the start of the server, and their times in picoseconds. */
    record FileTimes(long reads, long readPicos, long writes, long writePicos) {}

    private static final String BYTES_PER_SECOND = "Bytes/Second";
    private static final String COUNT_PER_SECOND = "Count/Second";
    private static final double PICOS = 1e12;

    private final RdsMetrics metrics;
    private Reading last;

    StatusMetrics(RdsMetrics metrics) {
        this.metrics = metrics;
    }

    /** Only what is read off, no differences, for the first reading and for the first after a start of the server. */
    synchronized List<Measurement> read(Reading now) {
        Reading before = last;
        last = now;
        List<Measurement> found = new ArrayList<>();
        // The lab's own connection is not the application's.
        metrics.gauge(found, "DatabaseConnections", "Count", now.at(), now.value("Threads_connected") - 1);
        metrics.gauge(
                found,
                "DiskQueueDepth",
                "Count",
                now.at(),
                now.value("Innodb_data_pending_reads")
                        + now.value("Innodb_data_pending_writes")
                        + now.value("Innodb_data_pending_fsyncs"));
        if (before != null && now.at().isAfter(before.at()) && now.value("Uptime") >= before.value("Uptime")) {
            addDifferences(found, before, now);
        }
        return found;
    }

    /** The lab lost its connection: what it will count for connecting again is not the application's. */
    synchronized void forget() {
        last = null;
    }

    private void addDifferences(List<Measurement> found, Reading before, Reading now) {
        double seconds = Duration.between(before.at(), now.at()).toNanos() / 1e9;
        Instant at = now.at();
        metrics.count(found, "ConnectionAttempts", at, now.value("Connections") - before.value("Connections"));
        rate(found, "ReadIOPS", COUNT_PER_SECOND, "Innodb_data_reads", before, now, seconds);
        rate(found, "WriteIOPS", COUNT_PER_SECOND, "Innodb_data_writes", before, now, seconds);
        rate(found, "ReadThroughput", BYTES_PER_SECOND, "Innodb_data_read", before, now, seconds);
        rate(found, "WriteThroughput", BYTES_PER_SECOND, "Innodb_data_written", before, now, seconds);
        if (before.files().isPresent() && now.files().isPresent()) {
            FileTimes from = before.files().get();
            FileTimes to = now.files().get();
            latency(found, "ReadLatency", at, to.reads() - from.reads(), to.readPicos() - from.readPicos());
            latency(found, "WriteLatency", at, to.writes() - from.writes(), to.writePicos() - from.writePicos());
        }
    }

    private void rate(
            List<Measurement> found,
            String name,
            String unit,
            String counter,
            Reading before,
            Reading now,
            double seconds) {
        metrics.gauge(found, name, unit, now.at(), (now.value(counter) - before.value(counter)) / seconds);
    }

    private void latency(List<Measurement> found, String name, Instant at, long operations, long picos) {
        if (operations > 0) {
            metrics.gauge(found, name, "Seconds", at, picos / PICOS / operations);
        }
    }
}
