package io.failoverlab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** A file with a line for each trial, written as they end: what was measured is kept, however the rest ends. */
public final class TrialLog {
    private static final String HEADER =
            "fault,requests,balancer,sent,lost,slowest ms,p99 ms,client late ms,orders sent,"
                    + "orders acknowledged,orders found,orders lost,orders doubled";

    private final Path file;

    private TrialLog(Path file) {
        this.file = file;
    }

    /** Begins a new file. */
    public static TrialLog create(Path file) throws IOException {
        Files.write(file, List.of(HEADER));
        return new TrialLog(file);
    }

    /** Adds a trial. */
    public void add(Trial trial) {
        try {
            Files.write(file, List.of(line(trial)), StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException("the trial could not be written to " + file, failure);
        }
    }

    private static String line(Trial trial) {
        OrderAudit orders = trial.orders();
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%d,%.1f,%.1f,%.1f,%d,%d,%d,%d,%d",
                trial.disturbance().word(),
                trial.mix().name().toLowerCase(Locale.ROOT),
                trial.contender().name().toLowerCase(Locale.ROOT),
                trial.sent(),
                trial.lost(),
                BalancerTable.millis(trial.slowest()),
                BalancerTable.millis(trial.p99()),
                BalancerTable.millis(trial.instrument()),
                orders.attempted(),
                orders.acknowledged(),
                orders.found(),
                orders.lost(),
                orders.doubled());
    }
}
