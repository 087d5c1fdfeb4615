package io.failoverlab.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmRefusedException;
import io.failoverlab.alarm.Timing;
import io.failoverlab.metric.Scope;
import io.failoverlab.store.TagStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * A file of alarms in YAML or JSON: one or a list of inputs as {@code aws cloudwatch put-metric-alarm --cli-input-json} and
 * {@code put-composite-alarm} take them; whatever has an AlarmRule is a composite alarm. They may name each other. The same rules hold
 * as for requests, except that an unknown key is an error: in a file it is a misspelt one.
 */
public final class AlarmFile {
    private final Path file;
    private final PutMetricAlarm metricAlarms;
    private final PutCompositeAlarm compositeAlarms;
    private final TagStore tags;
    private String content = "";

    public AlarmFile(Path file, Timing timing, InstantSource clock, TagStore tags) {
        this.file = file;
        this.metricAlarms = new PutMetricAlarm(timing, clock, tags);
        this.compositeAlarms = new PutCompositeAlarm(clock, tags);
        this.tags = tags;
    }

    /**
     * Defines all alarms of the file that are new or different, or, if anything is wrong, none; does nothing if the file is as it was
     * the last time. Alarms that left the file stay, since it is not known whose they are.
     *
     * @throws AlarmFileException if the file cannot be read or is wrong
     */
    public synchronized void apply(CloudWatchRegion region) {
        String now = read();
        if (now.equals(content)) {
            return;
        }
        content = now;
        Reading reading = new Reading(region.scope(), now);
        List<AlarmDefinition> changed = reading.definitions.stream()
                .filter(definition -> region.alarms()
                        .alarm(definition.name())
                        .map(alarm -> !alarm.definition().isSameAs(definition))
                        .orElse(true))
                .toList();
        reading.tags
                .keySet()
                .removeIf(arn -> region.alarms().alarms().stream()
                        .anyMatch(alarm -> alarm.definition().arn().equals(arn)));
        try {
            region.alarms().define(changed);
        } catch (AlarmRefusedException e) {
            throw new AlarmFileException(List.of(file + ": " + e.getMessage()));
        }
        reading.tags.forEach(tags::tag);
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AlarmFileException(List.of("Cannot read the alarms in " + file + ": " + e));
        }
    }

    /** One time that the file is read. */
    private final class Reading {
        private final Scope scope;
        private final LocatedTree tree;
        private final List<AlarmDefinition> definitions = new ArrayList<>();
        private final Map<String, Map<String, String>> tags = new HashMap<>();
        private final Set<String> names = new HashSet<>();
        private final List<String> problems = new ArrayList<>();

        private Reading(Scope scope, String text) {
            this.scope = scope;
            try {
                this.tree = LocatedTree.parse(text);
            } catch (IllegalArgumentException e) {
                throw new AlarmFileException(List.of(file + ": " + e.getMessage()));
            }
            JsonNode root = tree.root();
            if (root.isArray()) {
                for (int i = 0; i < root.size(); i++) {
                    add(root.get(i), LocatedTree.path("", i));
                }
            } else if (!root.isNull()) {
                add(root, "");
            }
            if (!problems.isEmpty()) {
                throw new AlarmFileException(problems);
            }
        }

        private void add(JsonNode node, String path) {
            int before = problems.size();
            boolean composite = node.has("AlarmRule");
            checkKeys(node, composite ? PutCompositeAlarmRequest.builder() : PutMetricAlarmRequest.builder(), path);
            if (problems.size() > before) {
                return;
            }
            try {
                AlarmDefinition definition = composite ? composite(node) : metric(node);
                if (!names.add(definition.name())) {
                    problem(path, "repeats the AlarmName " + definition.name());
                }
                definitions.add(definition);
            } catch (ApiException e) {
                problem(path, e.getMessage());
            } catch (IOException e) {
                throw new IllegalStateException("a tree is read from memory", e);
            }
        }

        private AlarmDefinition metric(JsonNode node) throws IOException {
            PutMetricAlarmRequest.Builder builder = PutMetricAlarmRequest.builder();
            new PojoReader(node.traverse()).readInto((SdkPojo) builder);
            PutMetricAlarmRequest request = builder.build();
            return tagged(metricAlarms.read(request, scope), request.tags());
        }

        private AlarmDefinition composite(JsonNode node) throws IOException {
            PutCompositeAlarmRequest.Builder builder = PutCompositeAlarmRequest.builder();
            new PojoReader(node.traverse()).readInto((SdkPojo) builder);
            PutCompositeAlarmRequest request = builder.build();
            return tagged(compositeAlarms.read(request, scope), request.tags());
        }

        private AlarmDefinition tagged(AlarmDefinition definition, List<Tag> given) {
            if (!given.isEmpty()) {
                tags.put(definition.arn(), Tags.read(given));
            }
            return definition;
        }

        private void checkKeys(JsonNode node, Object builder, String path) {
            if (!node.isObject()) {
                problem(
                        path,
                        "expected an alarm with AlarmName and the other parameters of PutMetricAlarm, found a "
                                + node.getNodeType());
                return;
            }
            Map<String, SdkField<?>> fields = ((SdkPojo) builder).sdkFieldNameToField();
            node.properties().forEach(entry -> {
                SdkField<?> field = fields.get(entry.getKey());
                String inner = LocatedTree.path(path, entry.getKey());
                if (field == null) {
                    problem(inner, "unknown key; expected one of " + String.join(", ", fields.keySet()));
                } else {
                    checkInner(entry.getValue(), field, inner);
                }
            });
        }

        private void checkInner(JsonNode node, SdkField<?> field, String path) {
            if (node.isObject() && field.constructor() != null) {
                checkKeys(node, field.constructor().get(), path);
            } else if (node.isArray() && field.containsTrait(ListTrait.class)) {
                for (int i = 0; i < node.size(); i++) {
                    checkInner(
                            node.get(i), field.getTrait(ListTrait.class).memberFieldInfo(), LocatedTree.path(path, i));
                }
            }
        }

        private void problem(String path, String what) {
            problems.add(file + ": " + tree.at(path) + (path.isEmpty() ? "" : path + ": ") + what);
        }
    }
}
