package io.failoverlab.fis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.document.Nearest;
import io.failoverlab.fis.Action.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The SSM documents of FIS that have a fault here, with their parameters (FIS user guide, "Use Systems Manager SSM documents").
 * The value of a parameter may be a text or a number, as both are found in the wild.
 */
enum SsmDocument {
    CPU_STRESS(
            "AWSFIS-Run-CPU-Stress",
            List.of("DurationSeconds", "CPU", "LoadPercent"),
            it -> new Command.CpuStress(
                    it.number("CPU", 0, 64).orElse(0),
                    it.number("LoadPercent", 1, 100).orElse(100),
                    it.seconds())),
    MEMORY_STRESS(
            "AWSFIS-Run-Memory-Stress",
            List.of("DurationSeconds", "Workers", "Percent"),
            it -> new Command.MemoryStress(it.requiredNumber("Percent", 1, 100), it.secondsWithWorkers())),
    IO_STRESS(
            "AWSFIS-Run-IO-Stress",
            List.of("DurationSeconds", "Workers", "Percent"),
            it -> new Command.IoStress(it.number("Workers", 1, 16).orElse(1), it.secondsWithPercent())),
    DISK_FILL(
            "AWSFIS-Run-Disk-Fill",
            List.of("DurationSeconds", "Percent"),
            it -> new Command.DiskFill(it.number("Percent", 1, 100).orElse(95), it.seconds())),
    KILL_PROCESS(
            "AWSFIS-Run-Kill-Process",
            List.of("ProcessName", "Signal"),
            it -> new Command.KillProcess(
                    it.required("ProcessName"), it.word("Signal", "SIGTERM", List.of("SIGTERM", "SIGKILL")))),
    BLACKHOLE_PORT(
            "AWSFIS-Run-Network-Blackhole-Port",
            List.of("DurationSeconds", "Protocol", "Port", "TrafficType"),
            it -> new Command.BlackholePort(
                    it.requiredWord("Protocol", List.of("tcp", "udp")),
                    it.requiredNumber("Port", 1, 65535),
                    it.word("TrafficType", "ingress", List.of("ingress", "egress"))
                            .equals("egress"),
                    it.seconds())),
    LATENCY(
            "AWSFIS-Run-Network-Latency",
            List.of("DurationSeconds", "Interface", "DelayMilliseconds"),
            it -> new Command.NetworkLatency(
                    it.millis("DelayMilliseconds", 200), Duration.ZERO, List.of(), it.seconds())),
    LATENCY_SOURCES(
            "AWSFIS-Run-Network-Latency-Sources",
            List.of("DurationSeconds", "Interface", "DelayMilliseconds", "JitterMilliseconds", "Sources"),
            it -> new Command.NetworkLatency(
                    it.millis("DelayMilliseconds", 200),
                    it.millis("JitterMilliseconds", 10),
                    it.sources(),
                    it.seconds())),
    PACKET_LOSS(
            "AWSFIS-Run-Network-Packet-Loss",
            List.of("DurationSeconds", "Interface", "LossPercent"),
            it -> new Command.PacketLoss(it.number("LossPercent", 1, 100).orElse(7), List.of(), it.seconds())),
    PACKET_LOSS_SOURCES(
            "AWSFIS-Run-Network-Packet-Loss-Sources",
            List.of("DurationSeconds", "Interface", "LossPercent", "Sources"),
            it -> new Command.PacketLoss(it.number("LossPercent", 1, 100).orElse(7), it.sources(), it.seconds()));

    private static final String INSTALL = "InstallDependencies";

    private final String title;
    private final List<String> parameters;
    private final Function<DocumentValues, Command> reader;

    SsmDocument(String title, List<String> parameters, Function<DocumentValues, Command> reader) {
        this.title = title;
        this.parameters = parameters;
        this.reader = reader;
    }

    static Optional<SsmDocument> named(String title) {
        return Arrays.stream(values())
                .filter(document -> document.title.equals(title))
                .findFirst();
    }

    static String supported() {
        return Arrays.stream(values()).map(document -> document.title).collect(Collectors.joining(", "));
    }

    /**
     * Reads the document's parameters.
     *
     * @param json one object, as the action's parameter {@code documentParameters} has it
     * @throws IllegalArgumentException in words, with everything that is wrong
     */
    Command read(String json) {
        Map<String, String> values = values(json);
        List<String> known = new ArrayList<>(parameters);
        known.add(INSTALL);
        List<String> problems = new ArrayList<>(values.keySet().stream()
                .filter(key -> !known.contains(key))
                .map(key -> "it has no parameter " + key + ", " + Nearest.hint(key, known))
                .toList());
        try {
            Command command = reader.apply(new DocumentValues(values));
            if (problems.isEmpty()) {
                return command;
            }
        } catch (IllegalArgumentException wrong) {
            problems.add(wrong.getMessage());
        }
        throw new IllegalArgumentException(String.join("; ", problems));
    }

    private static Map<String, String> values(String json) {
        try {
            JsonNode object = new ObjectMapper().readTree(json);
            if (!object.isObject()) {
                throw new IllegalArgumentException("expected one object of JSON");
            }
            Map<String, String> values = new LinkedHashMap<>();
            object.properties()
                    .forEach(it -> values.put(it.getKey(), single(it.getValue()).asText()));
            return values;
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("expected one object of JSON", notJson);
        }
    }

    /** SSM itself has lists of one. */
    private static JsonNode single(JsonNode value) {
        return value.isArray() && value.size() == 1 ? value.get(0) : value;
    }
}
