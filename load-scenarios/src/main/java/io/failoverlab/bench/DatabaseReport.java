package io.failoverlab.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the trials came to, as tables and as JSON: the times, then the orders. Pure but for writing the file.
 *
 * @param failures trials that gave no figures
 */
public record DatabaseReport(List<FailoverTrial> trials, List<DatabaseBench.Failure> failures) {
    private static final List<String> TIMES =
            List.of("FAULT", "TIME", "FAILOVER BY", "RUNS", "MIN", "P50", "P95", "MAX", "TO SCRIPT'S P50", "AIM");
    private static final List<String> ORDERS =
            List.of("FAULT", "FAILOVER BY", "RUNS", "ORDERS SENT", "ACKNOWLEDGED", "FOUND", "LOST", "DOUBLED", "AIM");

    public DatabaseReport {
        trials = List.copyOf(trials);
        failures = List.copyOf(failures);
    }

    /** Rows of cells, the first of which are the columns' names. */
    public List<List<String>> times() {
        List<List<String>> rows = new ArrayList<>(List.of(TIMES));
        allTimes().stream().map(TimeRow::row).forEach(rows::add);
        return rows;
    }

    /** As {@link #times()}. */
    public List<List<String>> orders() {
        List<List<String>> rows = new ArrayList<>(List.of(ORDERS));
        allOrders().stream().map(OrdersRow::row).forEach(rows::add);
        return rows;
    }

    private List<TimeRow> allTimes() {
        List<TimeRow> times = new ArrayList<>();
        for (DatabaseFault fault : DatabaseFault.values()) {
            for (FailoverFigure figure : FailoverFigure.values()) {
                List<Double> script = values(fault, figure, FailoverBy.SCRIPT);
                for (FailoverBy by : FailoverBy.values()) {
                    TimeRow row = TimeRow.of(fault, figure, by, attempts(fault, by), values(fault, figure, by), script);
                    if (row.isWorthShowing()) {
                        times.add(row);
                    }
                }
            }
        }
        return times;
    }

    private List<OrdersRow> allOrders() {
        List<OrdersRow> orders = new ArrayList<>();
        for (DatabaseFault fault : DatabaseFault.values()) {
            for (FailoverBy by : FailoverBy.values()) {
                if (attempts(fault, by) > 0) {
                    orders.add(OrdersRow.of(fault, by, attempts(fault, by), trials(fault, by)));
                }
            }
        }
        return orders;
    }

    private List<FailoverTrial> trials(DatabaseFault fault, FailoverBy by) {
        return trials.stream()
                .filter(trial -> trial.fault() == fault && trial.by() == by)
                .toList();
    }

    private int attempts(DatabaseFault fault, FailoverBy by) {
        return trials(fault, by).size()
                + (int) failures.stream()
                        .filter(failure -> failure.fault() == fault && failure.by() == by)
                        .count();
    }

    private List<Double> values(DatabaseFault fault, FailoverFigure figure, FailoverBy by) {
        return trials(fault, by).stream()
                .flatMap(trial -> figure.of(trial).stream())
                .toList();
    }

    /**
     * For programs; units are those of the table.
     *
     * @param repeat the command that measures the same again
     */
    public void write(Path file, String repeat) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        allTimes().forEach(times -> root.withArray("times").add(node(json, times)));
        allOrders().forEach(orders -> root.withArray("orders").add(node(json, orders)));
        failures.forEach(failure -> root.withArray("failures")
                .addObject()
                .put("fault", failure.fault().word())
                .put("by", failure.by().title())
                .put("seed", failure.seed())
                .put("why", failure.why()));
        root.put("repeat", repeat);
        json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private static ObjectNode node(ObjectMapper json, TimeRow times) {
        ObjectNode node = json.createObjectNode()
                .put("fault", times.fault().word())
                .put("time", times.figure().title())
                .put("unit", times.figure().unit())
                .put("by", times.by().title())
                .put("attempts", times.attempts())
                .put("count", times.count());
        times.measured()
                .ifPresent(measured -> node.put("min", measured.spread().min())
                        .put("p50", measured.spread().median())
                        .put("p95", measured.p95())
                        .put("max", measured.spread().max()));
        times.ratio()
                .ifPresent(ratio -> node.putObject("toScript")
                        .put("min", ratio.min())
                        .put("p50", ratio.median())
                        .put("max", ratio.max()));
        if (!times.aim().isEmpty()) {
            node.put("aim", times.aim()).put("aimMet", times.aimMet());
        }
        return node;
    }

    private static ObjectNode node(ObjectMapper json, OrdersRow orders) {
        ObjectNode node = json.createObjectNode()
                .put("fault", orders.fault().word())
                .put("by", orders.by().title())
                .put("attempts", orders.attempts())
                .put("count", orders.trials())
                .put("sent", orders.all().attempted())
                .put("acknowledged", orders.all().acknowledged())
                .put("found", orders.all().found())
                .put("lost", orders.all().lost())
                .put("lossyRuns", orders.lossy())
                .put("mostLost", orders.most())
                .put("doubled", orders.all().doubled());
        if (orders.hasAim()) {
            node.put("aimMet", orders.isAimMet());
        }
        return node;
    }
}
