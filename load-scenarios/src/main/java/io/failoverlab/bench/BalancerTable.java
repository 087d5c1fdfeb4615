package io.failoverlab.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Shows trials side by side. Pure. */
public final class BalancerTable {
    /** Half of what tuned peers need for a target that is there and silent: their read time-out of a second. */
    private static final double HANG_AIM_MS = 500;

    private BalancerTable() {}

    /** One trial in a line. */
    public static String line(Trial trial) {
        String line = "%-6s %-9s %-24s lost %4d of %5d  slowest %7.1f ms  p99 %6.1f ms  client late %.1f ms"
                .formatted(
                        trial.disturbance().word(),
                        trial.mix().title(),
                        trial.contender().title(),
                        trial.lost(),
                        trial.sent(),
                        millis(trial.slowest()),
                        millis(trial.p99()),
                        millis(trial.instrument()));
        return trial.orders().attempted() == 0 ? line : line + "  orders: " + orders(trial.orders());
    }

    private static String orders(OrderAudit orders) {
        return "%d sent, %d acknowledged, %d found, %d lost, %d doubled"
                .formatted(orders.attempted(), orders.acknowledged(), orders.found(), orders.lost(), orders.doubled());
    }

    /**
     * Median, smallest and largest of each figure, each balancer's slowest request as a multiple of HAProxy's, and whether
     * ours does what it should.
     */
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
                "CLIENT LATE, ms",
                "ORDERS ACKNOWLEDGED",
                "FOUND",
                "LOST",
                "DOUBLED",
                "AIM"));
        for (Disturbance disturbance : Disturbance.values()) {
            for (Mix mix : Mix.values()) {
                for (Contender contender : Contender.values()) {
                    List<Trial> cell = cell(trials, disturbance, mix, contender);
                    if (!cell.isEmpty()) {
                        rows.add(row(cell, cell(trials, disturbance, mix, Contender.HAPROXY)));
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> row(List<Trial> cell, List<Trial> haproxy) {
        Trial first = cell.getFirst();
        OrderAudit orders = cell.stream().map(Trial::orders).reduce(OrderAudit.NONE, OrderAudit::plus);
        boolean ordered = orders.attempted() > 0;
        return List.of(
                first.disturbance().word(),
                first.mix().title(),
                first.contender().title(),
                Integer.toString(cell.size()),
                text(cell, Trial::lost, "%.0f") + " of " + first.sent(),
                text(cell, trial -> millis(trial.slowest()), "%.1f"),
                ratio(cell, haproxy).map("%.2f"::formatted).orElse("-"),
                text(cell, trial -> millis(trial.p99()), "%.1f"),
                text(cell, trial -> millis(trial.instrument()), "%.1f"),
                ordered ? orders.acknowledged() + " of " + orders.attempted() : "-",
                ordered ? Long.toString(orders.found()) : "-",
                ordered ? Long.toString(orders.lost()) : "-",
                ordered ? Long.toString(orders.doubled()) : "-",
                first.contender() == Contender.OURS ? aim(cell, haproxy, orders) : "");
    }

    private static String aim(List<Trial> cell, List<Trial> haproxy, OrderAudit orders) {
        List<String> missed = new ArrayList<>();
        if (cell.stream().anyMatch(trial -> trial.lost() > 0)) {
            missed.add("requests lost");
        }
        if (orders.lost() > 0) {
            missed.add("orders lost");
        }
        if (orders.doubled() > 0) {
            missed.add("orders doubled");
        }
        switch (cell.getFirst().disturbance()) {
            case NONE -> {
                // nothing to survive
            }
            case KILL ->
                ratio(cell, haproxy).filter(ratio -> ratio > 1).ifPresent(slower -> missed.add("slower than HAProxy"));
            case PAUSE, HANG, DEAF, SLOW -> {
                if (slowest(cell).median() > HANG_AIM_MS) {
                    missed.add("slower than " + Numbers.text(HANG_AIM_MS) + " ms");
                }
            }
        }
        return missed.isEmpty() ? "met" : "missed: " + String.join(", ", missed);
    }

    private static Optional<Double> ratio(List<Trial> cell, List<Trial> haproxy) {
        return haproxy.isEmpty() || slowest(haproxy).median() <= 0
                ? Optional.empty()
                : Optional.of(slowest(cell).median() / slowest(haproxy).median());
    }

    private static List<Trial> cell(List<Trial> trials, Disturbance disturbance, Mix mix, Contender contender) {
        return trials.stream()
                .filter(trial ->
                        trial.disturbance() == disturbance && trial.mix() == mix && trial.contender() == contender)
                .toList();
    }

    private static Spread slowest(List<Trial> cell) {
        return spread(cell, trial -> millis(trial.slowest()));
    }

    private static Spread spread(List<Trial> cell, ToDoubleFunction<Trial> figure) {
        return Spread.of(cell.stream().map(figure::applyAsDouble).toList());
    }

    /** Such as {@code 13.0 (11.2-16.4)}. */
    private static String text(List<Trial> cell, ToDoubleFunction<Trial> figure, String format) {
        Spread spread = spread(cell, figure);
        String range = spread.count() == 1
                ? ""
                : " (" + format.formatted(spread.min()) + "-" + format.formatted(spread.max()) + ")";
        return format.formatted(spread.median()) + range;
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
