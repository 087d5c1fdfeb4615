package io.failoverlab.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of the stack, by the messages that came, in their order; the rules are those of the page's {@code model.js}. For one
 * thread.
 */
final class StackModel {
    /** Seconds of samples kept. */
    private static final int RETAINED_SECONDS = 300;

    private static final int RETAINED_EVENTS = 500;

    /** A value that many seconds old is still the present one: what is read from an access log comes later than the rest. */
    private static final int DELAYED_BY = 5;

    /** @param state ELB's word */
    record Target(
            String name,
            String instanceId,
            String zone,
            String state,
            String reasonCode,
            String description,
            Instant since) {}

    /** @param state EC2's word */
    record Instance(String name, String instanceId, String zone, String state, String cause, Instant since) {}

    /** @param state CloudWatch's word */
    record Alarm(String name, String state, String reason, String explanation, String threshold, Instant since) {
        /** For people, if there is such a sentence. */
        String why() {
            return explanation.isEmpty() ? reason : explanation;
        }
    }

    /** Something that happened, as the monitor told it. */
    record Happening(Instant at, String source, String type, List<String> resources, JsonNode detail) {
        String detail(String field) {
            return detail.path(field).asText("");
        }

        /** The name of what it happened to. */
        String subject() {
            if (!detail("instance").isEmpty()) {
                return detail("instance");
            }
            return resources.isEmpty() ? detail("instanceId") : resources.getFirst();
        }
    }

    private final NavigableMap<Long, Map<String, Double>> samples = new TreeMap<>();
    private final List<Happening> events = new ArrayList<>();
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Alarm> alarms = new TreeMap<>();
    private final TreeSet<String> databases = new TreeSet<>();
    private String balancer = "";

    /** Takes a message in; one of a kind that is not known yet changes nothing. */
    void apply(JsonNode message) {
        switch (message.path("type").asText()) {
            case "snapshot" -> snapshot(message);
            case "tick" -> samples(message);
            case "event" -> event(message.path("event"));
            case "alarm" -> alarm(message.path("alarm"));
            case "alarm-removed" -> alarms.remove(message.path("name").asText());
            default -> {
                // a newer monitor says more
            }
        }
    }

    /** It is complete, except that one that resumes leaves out the seconds that are here already. */
    private void snapshot(JsonNode message) {
        alarms.clear();
        if (!message.path("resumed").asBoolean()) {
            samples.clear();
            events.clear();
            targets.clear();
            instances.clear();
            databases.clear();
            balancer = "";
        }
        samples(message);
        message.path("alarms").forEach(this::alarm);
        message.path("events").forEach(this::event);
    }

    private void samples(JsonNode block) {
        samples.putAll(Samples.of(block));
        if (!samples.isEmpty()) {
            samples.headMap(samples.lastKey() - RETAINED_SECONDS, true).clear();
        }
        for (JsonNode series : block.path("series")) {
            JsonNode dimensions = series.path("dimensions");
            if (balancer.isEmpty()) {
                balancer = dimensions.path("LoadBalancer").asText("");
            }
            if (dimensions.has("DBInstanceIdentifier")) {
                databases.add(dimensions.path("DBInstanceIdentifier").asText());
            }
        }
    }

    private void alarm(JsonNode alarm) {
        String name = alarm.path("name").asText();
        alarms.put(
                name,
                new Alarm(
                        name,
                        alarm.path("state").asText(),
                        alarm.path("reason").asText(""),
                        alarm.path("explanation").asText(""),
                        alarm.path("threshold").asText(""),
                        Instant.parse(alarm.path("since").asText())));
    }

    /** Events may come twice, and late. */
    private void event(JsonNode event) {
        List<String> resources = new ArrayList<>();
        event.path("resources").forEach(resource -> resources.add(resource.asText()));
        Happening happening = new Happening(
                Instant.parse(event.path("time").asText()),
                event.path("source").asText(""),
                event.path("detailType").asText(""),
                List.copyOf(resources),
                event.path("detail"));
        if (events.contains(happening)) {
            return;
        }
        int index = events.size();
        while (index > 0 && events.get(index - 1).at().isAfter(happening.at())) {
            index--;
        }
        events.add(index, happening);
        if (events.size() > RETAINED_EVENTS) {
            events.removeFirst();
        }
        switch (happening.type()) {
            case "Target State Change" -> target(happening);
            case "Instance State Change" -> instance(happening);
            default -> {
                // says nothing of a state
            }
        }
    }

    private void target(Happening it) {
        String key = key(it);
        Target known = targets.get(key);
        if (known == null || !known.since().isAfter(it.at())) {
            targets.put(
                    key,
                    new Target(
                            it.detail("instance").isEmpty() ? key : it.detail("instance"),
                            it.detail("instanceId"),
                            it.detail("zone"),
                            it.detail("to"),
                            it.detail("reasonCode"),
                            it.detail("description"),
                            it.at()));
        }
    }

    private void instance(Happening it) {
        String key = key(it);
        Instance known = instances.get(key);
        if (known == null || !known.since().isAfter(it.at())) {
            instances.put(
                    key,
                    new Instance(
                            it.detail("instance"),
                            it.detail("instanceId"),
                            it.detail("zone"),
                            it.detail("state"),
                            it.detail("cause"),
                            it.at()));
        }
    }

    private static String key(Happening it) {
        return it.detail("instanceId").isEmpty() ? it.detail("instance") : it.detail("instanceId");
    }

    /** By id, in the order in which they became known. */
    Map<String, Target> targets() {
        return targets;
    }

    Optional<Instance> instance(String key) {
        return Optional.ofNullable(instances.get(key));
    }

    /** The instance that a database runs on. */
    Optional<Instance> instanceOf(String database) {
        return instances.values().stream()
                .filter(it -> it.name().equals(database) || it.instanceId().equals(database))
                .findFirst();
    }

    List<Alarm> alarms() {
        return List.copyOf(alarms.values());
    }

    /** Oldest first. */
    List<Happening> events() {
        return events;
    }

    /** Identifiers, sorted. */
    List<String> databases() {
        return List.copyOf(databases);
    }

    /** Value of CloudWatch's dimension; empty while it is not known. */
    String balancer() {
        return balancer;
    }

    /** The newest second that there is data of. */
    OptionalLong last() {
        return samples.isEmpty() ? OptionalLong.empty() : OptionalLong.of(samples.lastKey());
    }

    /** The newest second in which one of the lines had a value. */
    OptionalLong lastOf(String... lines) {
        return samples.descendingMap().entrySet().stream()
                .filter(sample -> List.of(lines).stream().anyMatch(sample.getValue()::containsKey))
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }

    /** The newest value of a line, if it is of the last seconds. */
    OptionalDouble latest(String line) {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        return samples.tailMap(samples.lastKey() - DELAYED_BY, false).descendingMap().values().stream()
                .filter(sample -> sample.containsKey(line))
                .mapToDouble(sample -> sample.get(line))
                .findFirst();
    }

    /** The values of a line in the last seconds, oldest first; NaN where there was none. */
    double[] past(String line, int seconds) {
        double[] values = new double[seconds];
        long end = last().orElse(0);
        Map<String, Double> none = new HashMap<>();
        for (int i = 0; i < seconds; i++) {
            Double value = samples.getOrDefault(end - seconds + 1 + i, none).get(line);
            values[i] = value == null ? Double.NaN : value;
        }
        return values;
    }
}
