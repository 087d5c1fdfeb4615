package io.failoverlab.cli;

import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** CPU, memory and the busiest process of every instance, once. */
final class InstanceUsage {
    private static final long LIMIT_SECONDS = 10;

    /** Two readings about a second apart. */
    private record Pair(ContainerUsage first, ContainerUsage second) {
        double cores() {
            double nanos = Duration.between(first.at(), second.at()).toNanos();
            return (second.cpuNanos() - first.cpuNanos()) / nanos;
        }
    }

    private InstanceUsage() {}

    /** A row for each instance that runs, below the titles. Takes about a second. */
    static List<List<String>> rows(Engine engine, String run) throws Exception {
        List<EngineContainer> containers = engine.containers(run).stream()
                .filter(container -> container.state().running())
                .toList();
        Map<String, Pair> usage = measure(containers);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "CPU CORES", "MEMORY MB", "PROCESSES", "BUSIEST"));
        for (EngineContainer container : containers) {
            List<List<String>> processes = container.processes();
            Optional<Pair> pair = Optional.ofNullable(usage.get(container.name()));
            rows.add(List.of(
                    container.name(),
                    pair.map(it -> "%.2f".formatted(it.cores())).orElse("?"),
                    pair.map(it -> Long.toString(it.second().memory().usedBytes() >> 20))
                            .orElse("?"),
                    Integer.toString(processes.size() - 1),
                    busiest(processes)));
        }
        return rows;
    }

    private static Map<String, Pair> measure(List<EngineContainer> containers) throws Exception {
        Map<String, ContainerUsage> first = new ConcurrentHashMap<>();
        Map<String, Pair> pairs = new ConcurrentHashMap<>();
        CountDownLatch complete = new CountDownLatch(containers.size());
        List<AutoCloseable> streams = new ArrayList<>();
        for (EngineContainer container : containers) {
            streams.add(container.usage(reading -> {
                ContainerUsage before = first.putIfAbsent(container.name(), reading);
                if (before != null && pairs.putIfAbsent(container.name(), new Pair(before, reading)) == null) {
                    complete.countDown();
                }
            }));
        }
        complete.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        for (AutoCloseable stream : streams) {
            stream.close();
        }
        return pairs;
    }

    /** By the share of CPU that {@code ps} gives; several of one name are shown with their number. */
    private static String busiest(List<List<String>> processes) {
        int cpu = processes.getFirst().indexOf("%CPU");
        return processes.stream()
                .skip(1)
                .max(Comparator.comparingDouble(row -> Double.parseDouble(row.get(cpu))))
                .map(row -> {
                    String command = row.getLast();
                    long same = processes.stream()
                            .filter(other -> other.getLast().equals(command))
                            .count();
                    String shown = command.length() > 60 ? command.substring(0, 60) + "…" : command;
                    return (same > 1 ? same + " x " : "") + shown;
                })
                .orElse("");
    }
}
