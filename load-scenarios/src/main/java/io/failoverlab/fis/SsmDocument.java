package io.failoverlab.fis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.document.Nearest;
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
    CPU_STRESS("AWSFIS-Run-CPU-Stress", List.of("DurationSeconds", "CPU", "LoadPercent"), SsmDocument::cpuStress),
    KILL_PROCESS("AWSFIS-Run-Kill-Process", List.of("ProcessName", "Signal"), SsmDocument::killProcess);

    private static final String INSTALL = "InstallDependencies";
    private static final int MOST_WORKERS = 64;
    private static final int LONGEST_SECONDS = 12 * 60 * 60;

    private final String title;
    private final List<String> parameters;
    private final Function<Map<String, String>, Action.Command> reader;

    SsmDocument(String title, List<String> parameters, Function<Map<String, String>, Action.Command> reader) {
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
    Action.Command read(String json) {
        Map<String, String> values = values(json);
        List<String> known = new ArrayList<>(parameters);
        known.add(INSTALL);
        List<String> problems = new ArrayList<>(values.keySet().stream()
                .filter(key -> !known.contains(key))
                .map(key -> "it has no parameter " + key + ", " + Nearest.hint(key, known))
                .toList());
        try {
            Action.Command command = reader.apply(values);
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

    private static Action.Command cpuStress(Map<String, String> values) {
        int load = number(values, "LoadPercent", 0, 100).orElse(100);
        if (load != 100) {
            throw new IllegalArgumentException(
                    "LoadPercent: expected 100, the only one that has a fault here, found " + load);
        }
        return new Action.Command.CpuStress(
                number(values, "CPU", 0, MOST_WORKERS).orElse(0), seconds(values));
    }

    private static Action.Command killProcess(Map<String, String> values) {
        String signal = values.getOrDefault("Signal", "SIGTERM");
        if (!signal.equals("SIGTERM") && !signal.equals("SIGKILL")) {
            throw new IllegalArgumentException("Signal: expected SIGTERM or SIGKILL, found " + signal);
        }
        return new Action.Command.KillProcess(required(values, "ProcessName"), signal);
    }

    private static Duration seconds(Map<String, String> values) {
        required(values, "DurationSeconds");
        return Duration.ofSeconds(
                number(values, "DurationSeconds", 1, LONGEST_SECONDS).orElseThrow());
    }

    private static String required(Map<String, String> values, String key) {
        String value = values.getOrDefault(key, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(key + ": expected a value, found none");
        }
        return value;
    }

    private static Optional<Integer> number(Map<String, String> values, String key, int min, int max) {
        String value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw new IllegalArgumentException(
                    key + ": expected " + min + " to " + max + ", found " + Form.found(value));
        }
        return Optional.of(Integer.parseInt(value));
    }
}
