package io.failoverlab.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Shows trials side by side. Pure. */
public final class BalancerTable {
    private BalancerTable() {}

    /** One trial in a line. */
    public static String line(Trial trial) {
        return "%-6s %-12s %-24s lost %4d of %5d  slowest %7.1f ms  p99 %6.1f ms  client late %.1f ms"
                .formatted(
                        trial.disturbance().word(),
                        requests(trial.orders()),
                        trial.contender().title(),
                        trial.lost(),
                        trial.sent(),
                        millis(trial.slowest()),
                        millis(trial.p99()),
                        millis(trial.instrument()));
    }

    /** Median, smallest and largest of each figure, and each balancer's slowest request as a multiple of HAProxy's. */
    public static List<List<String>> of(List<Trial> trials) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "FAULT",
                "REQUESTS",
                "BALANCER",
                "RUNS",
                "LOST OF EACH RUN",
                "SLOWEST AFTER IT, ms",
                "TO HAPROXY",
                "P99, ms",
                "CLIENT LATE, ms"));
        for (Disturbance disturbance : Disturbance.values()) {
            for (boolean orders : new boolean[] {false, true}) {
                for (Contender contender : Contender.values()) {
                    List<Trial> cell = cell(trials, disturbance, orders, contender);
                    if (!cell.isEmpty()) {
                        rows.add(row(cell, cell(trials, disturbance, orders, Contender.HAPROXY)));
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> row(List<Trial> cell, List<Trial> haproxy) {
        Trial first = cell.getFirst();
        return List.of(
                first.disturbance().word(),
                requests(first.orders()),
                first.contender().title(),
                Integer.toString(cell.size()),
                spread(cell, Trial::lost, "%.0f") + " of " + first.sent(),
                spread(cell, trial -> millis(trial.slowest()), "%.1f"),
                ratio(cell, haproxy).map("%.2f"::formatted).orElse("-"),
                spread(cell, trial -> millis(trial.p99()), "%.1f"),
                spread(cell, trial -> millis(trial.instrument()), "%.1f"));
    }

    private static Optional<Double> ratio(List<Trial> cell, List<Trial> haproxy) {
        OptionalDouble theirs = median(haproxy, trial -> millis(trial.slowest()));
        OptionalDouble own = median(cell, trial -> millis(trial.slowest()));
        return theirs.isPresent() && own.isPresent() && theirs.getAsDouble() > 0
                ? Optional.of(own.getAsDouble() / theirs.getAsDouble())
                : Optional.empty();
    }

    private static List<Trial> cell(List<Trial> trials, Disturbance disturbance, boolean orders, Contender contender) {
        return trials.stream()
                .filter(trial -> trial.disturbance() == disturbance
                        && trial.orders() == orders
                        && trial.contender() == contender)
                .toList();
    }

    private static String requests(boolean orders) {
        return orders ? "20 % POST" : "GET";
    }

    /** Such as {@code 13.0 (11.2-16.4)}. */
    private static String spread(List<Trial> cell, ToDoubleFunction<Trial> figure, String format) {
        double[] sorted = cell.stream().mapToDouble(figure).sorted().toArray();
        return format.formatted(median(cell, figure).orElseThrow())
                + (sorted.length == 1
                        ? ""
                        : " (" + format.formatted(sorted[0]) + "-" + format.formatted(sorted[sorted.length - 1]) + ")");
    }

    private static OptionalDouble median(List<Trial> cell, ToDoubleFunction<Trial> figure) {
        double[] sorted = cell.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
