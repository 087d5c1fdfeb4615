package io.failoverlab.fis;

import io.failoverlab.document.Document;
import io.failoverlab.document.Field;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Problem;
import io.failoverlab.document.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the input of {@code aws fis create-experiment-template --cli-input-json}, unmodified: what that command or the service
 * behind it refuses is refused here, all of it at once, and so is every action that has no meaning here. Who may do what and
 * where the logs go (role, log and report configuration, tags of the template) matters only on AWS.
 */
public final class TemplateFile {
    private final Document document;
    private final Set<String> leftOut;
    private final List<String> notes = new ArrayList<>();

    private TemplateFile(Document document, Set<String> leftOut) {
        this.document = document;
        this.leftOut = leftOut;
    }

    /**
     * Reads a template.
     *
     * @param leftOut names of actions to leave out
     * @throws InvalidInput with all problems
     */
    public static Template read(Path file, Set<String> leftOut) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput(Problem.of(
                    "--fis",
                    "the file of an experiment template",
                    file.toString(),
                    "`aws fis create-experiment-template --generate-cli-skeleton` prints an empty one"));
        }
        try {
            return parse(file.toString(), Files.readString(file), leftOut);
        } catch (IOException failure) {
            throw new UncheckedIOException("the file " + file + " cannot be read", failure);
        }
    }

    static Template parse(String source, String text, Set<String> leftOut) {
        return new TemplateFile(Document.parseJson(source, text), leftOut).template(source);
    }

    private Template template(String source) {
        Section root = document.root();
        root.text("clientToken");
        Field<String> description = Form.DESCRIPTION.text(root, "description").required();
        Map<String, Target> targets = targets(root.section("targets"));
        List<TemplateAction> actions = actions(root, targets);
        List<String> stopAlarms = stopAlarms(root);
        onlyOnAws(root);
        Template.EmptyTargets mode = options(root.section("experimentOptions"));
        root.rejectUnknownKeys();
        noteUnused(targets, actions);
        document.problems().throwIfAny();
        return new Template(source, description.get(), targets, actions, stopAlarms, mode, notes);
    }

    /** The lab needs no role; one that AWS would not take is worth a word. */
    private void onlyOnAws(Section root) {
        root.text("roleArn")
                .required()
                .value()
                .filter(role -> !Form.ARN.fits(role))
                .ifPresent(role -> notes.add(
                        "roleArn: AWS takes " + Form.ARN + ", found " + Form.found(role) + "; the lab needs no role"));
        tags(root.section("tags"));
        root.section("logConfiguration");
        root.section("experimentReportConfiguration");
    }

    private static Template.EmptyTargets options(Section section) {
        Field<String> accounts = section.oneOf(
                "accountTargeting", Map.of("single-account", "single-account", "multi-account", "multi-account"));
        accounts.value()
                .filter("multi-account"::equals)
                .ifPresent(it -> accounts.reject("single-account: the lab is one account", it, ""));
        Template.EmptyTargets mode = section.oneOf("emptyTargetResolutionMode", Template.EmptyTargets.class)
                .orElse(Template.EmptyTargets.FAIL);
        section.rejectUnknownKeys();
        return mode;
    }

    private Map<String, Target> targets(Section section) {
        Map<String, Target> targets = new LinkedHashMap<>();
        for (String name : section.keys()) {
            Section target = section.section(name);
            requireName(target, "a target's name", name);
            target(target).ifPresent(it -> targets.put(name, it));
        }
        return targets;
    }

    private static void requireName(Section section, String what, String name) {
        if (!Form.NAME.fits(name)) {
            section.reject(what + " of " + Form.NAME, Form.found(name), "");
        }
    }

    private static Optional<Target> target(Section section) {
        Field<String> type = Form.ID.text(section, "resourceType").required();
        List<Field<String>> arns = section.texts("resourceArns");
        section.rejectEmptyList("resourceArns");
        arns.forEach(arn -> Form.ARN.require(arn, "an ARN"));
        if (arns.size() > Form.MAX_ARNS) {
            arns.getLast().reject("at most " + Form.MAX_ARNS + " ARNs", arns.size() + " of them", "");
        }
        Map<String, String> tags = tags(section.section("resourceTags"));
        List<Target.Filter> filters = filters(section, type);
        Map<String, String> parameters = parameters(section.section("parameters"), type);
        Field<Selection> selection = section.parsed("selectionMode", Selection.FORM, Selection::parse)
                .required();
        section.rejectUnknownKeys();
        boolean byArn = !arns.isEmpty();
        if (byArn && (!tags.isEmpty() || !filters.isEmpty())) {
            section.reject("either resourceArns, or resourceTags and filters", "both", "");
        }
        if (!byArn && tags.isEmpty() && filters.isEmpty() && parameters.isEmpty()) {
            section.reject("resourceArns, resourceTags, filters or parameters", "none of them", "");
        }
        return type.value()
                .flatMap(id -> selection
                        .value()
                        .map(mode -> new Target(
                                id,
                                arns.stream()
                                        .flatMap(arn -> arn.value().stream())
                                        .toList(),
                                tags,
                                filters,
                                parameters,
                                mode)));
    }

    private static Map<String, String> tags(Section section) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String key : section.keys()) {
            if (!Form.TAG_KEY.fits(key)) {
                section.reject("a tag's key of " + Form.TAG_KEY, Form.found(key), "");
            }
            Form.TAG_VALUE.text(section, key).value().ifPresent(value -> tags.put(key, value));
        }
        if (tags.size() > Form.MAX_TAGS) {
            section.reject("at most " + Form.MAX_TAGS + " tags", tags.size() + " of them", "");
        }
        return tags;
    }

    private static List<Target.Filter> filters(Section section, Field<String> type) {
        List<Target.Filter> filters = new ArrayList<>();
        for (Section filter : section.sections("filters")) {
            Field<String> path = Form.PATH.text(filter, "path").required();
            List<Field<String>> values = filter.texts("values");
            if (values.isEmpty()) {
                filter.reject("at least one of values", "none", "");
            }
            values.forEach(value -> Form.FILTER_VALUE.require(value, "a value"));
            filter.rejectUnknownKeys();
            requirePath(path, type);
            path.value()
                    .ifPresent(it -> filters.add(new Target.Filter(
                            it,
                            values.stream()
                                    .flatMap(value -> value.value().stream())
                                    .toList())));
        }
        return filters;
    }

    private static void requirePath(Field<String> path, Field<String> type) {
        type.value()
                .flatMap(ResourceType::of)
                .map(ResourceType::filters)
                .filter(known -> path.value().filter(it -> !known.contains(it)).isPresent())
                .ifPresent(known -> path.reject(
                        "an attribute that resources of type " + type.get() + " have here: " + String.join(", ", known),
                        path.get(),
                        Nearest.of(path.get(), known)
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("")));
    }

    private static Map<String, String> parameters(Section section, Field<String> type) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Optional<ResourceType> known = type.value().flatMap(ResourceType::of);
        for (String key : section.keys()) {
            Field<String> value = Form.PARAMETER.text(section, key);
            value.value().ifPresent(it -> parameters.put(key, it));
            known.filter(it -> !it.parameters().contains(key))
                    .ifPresent(it -> value.reject(
                            "a resource parameter of " + it.id()
                                    + (it.parameters().isEmpty()
                                            ? ", which has none"
                                            : ": " + String.join(", ", it.parameters())),
                            key,
                            ""));
        }
        return parameters;
    }

    private List<TemplateAction> actions(Section root, Map<String, Target> targets) {
        Section section = root.section("actions");
        List<String> names = section.keys();
        if (names.isEmpty()) {
            section.reject("at least one action under actions", "none", "");
        }
        if (names.size() > Form.MAX_ACTIONS) {
            section.reject("at most " + Form.MAX_ACTIONS + " actions", names.size() + " of them", "");
        }
        leftOut.stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> section.reject(
                        "the name of an action after --skip", Form.found(name), Nearest.hint(name, names)));
        List<TemplateAction> actions = new ArrayList<>();
        Map<String, List<Field<String>>> startAfter = new LinkedHashMap<>();
        for (String name : names) {
            Section action = section.section(name);
            requireName(action, "an action's name", name);
            startAfter.put(name, startAfter(action, name, names));
            action(action, name, targets, startAfter.get(name)).ifPresent(actions::add);
        }
        rejectCircles(startAfter);
        return actions;
    }

    private static List<Field<String>> startAfter(Section section, String name, List<String> names) {
        List<Field<String>> startAfter = section.texts("startAfter");
        startAfter.forEach(other -> other.value()
                .filter(it -> !names.contains(it) || it.equals(name))
                .ifPresent(it -> other.reject("the name of another action", Form.found(it), Nearest.hint(it, names))));
        return startAfter;
    }

    private Optional<TemplateAction> action(
            Section section, String name, Map<String, Target> targets, List<Field<String>> startAfter) {
        Field<String> id = Form.ID.text(section, "actionId").required();
        Form.DESCRIPTION.text(section, "description");
        Section parameters = section.section("parameters");
        Section slots = section.section("targets");
        section.rejectUnknownKeys();
        Optional<Action> action =
                leftOut.contains(name) ? Optional.of(new Action.LeftOut()) : read(id, name, parameters, slots, targets);
        return action.flatMap(what -> id.value()
                .map(actionId -> new TemplateAction(
                        name,
                        actionId,
                        startAfter.stream()
                                .flatMap(other -> other.value().stream())
                                .toList(),
                        what)));
    }

    private Optional<Action> read(
            Field<String> id, String name, Section parameters, Section slots, Map<String, Target> targets) {
        Optional<ActionType> type = id.value().flatMap(ActionType::of);
        if (type.isEmpty()) {
            id.value()
                    .ifPresent(unknown -> id.reject(
                            "an action that has a meaning here, one of " + String.join(", ", ActionType.ids()),
                            unknown + " of " + name,
                            Nearest.of(unknown, ActionType.ids())
                                    .map(near -> "did you mean " + near + "?")
                                    .orElse("--skip " + name + " leaves it out")));
            return Optional.empty();
        }
        Optional<String> target = type.get().slot().flatMap(slot -> target(slots, slot, type.get(), targets));
        slots.rejectUnknownKeys();
        Parameters given = new Parameters(parameters, note -> notes.add(name + ": " + note));
        Optional<Action> action = type.get().read(given, target.orElse(""));
        given.rejectUnknown();
        return action;
    }

    private static Optional<String> target(
            Section slots, ActionType.Slot slot, ActionType type, Map<String, Target> targets) {
        Field<String> name = slots.text(slot.name()).required();
        name.value().ifPresent(it -> {
            if (!targets.containsKey(it)) {
                name.reject("the name of a target", Form.found(it), Nearest.hint(it, targets.keySet()));
            } else if (!targets.get(it).typeId().equals(slot.type().id())) {
                name.reject(
                        "a target of type " + slot.type().id() + " for " + type.id(),
                        it + " of type " + targets.get(it).typeId(),
                        "");
            }
        });
        return name.value();
    }

    /** Told at the first action of each circle. */
    private static void rejectCircles(Map<String, List<Field<String>>> startAfter) {
        Set<String> fine = new LinkedHashSet<>();
        boolean found = true;
        while (found) {
            found = false;
            for (Map.Entry<String, List<Field<String>>> action : startAfter.entrySet()) {
                boolean free = action.getValue().stream()
                        .flatMap(other -> other.value().stream())
                        .allMatch(other -> fine.contains(other) || !startAfter.containsKey(other));
                found |= free && fine.add(action.getKey());
            }
        }
        startAfter.entrySet().stream()
                .filter(action -> !fine.contains(action.getKey()))
                .findFirst()
                .ifPresent(action -> action.getValue()
                        .getFirst()
                        .reject(
                                "actions that do not wait for each other in a circle",
                                String.join(
                                        ", ",
                                        startAfter.keySet().stream()
                                                .filter(it -> !fine.contains(it))
                                                .toList()),
                                ""));
    }

    private static List<String> stopAlarms(Section root) {
        List<Section> conditions = root.sections("stopConditions");
        if (!root.keys().contains("stopConditions")) {
            root.reject("stopConditions, such as [{\"source\": \"none\"}]", "no such key", "");
        }
        if (conditions.size() > Form.MAX_STOP_CONDITIONS) {
            root.reject("at most " + Form.MAX_STOP_CONDITIONS + " stop conditions", conditions.size() + " of them", "");
        }
        List<String> alarms = new ArrayList<>();
        for (Section condition : conditions) {
            Map<String, Boolean> sources = new LinkedHashMap<>();
            sources.put("none", false);
            sources.put("aws:cloudwatch:alarm", true);
            Field<Boolean> ofAlarm = condition.oneOf("source", sources).required();
            Field<String> value = Form.ARN.text(condition, "value");
            if (ofAlarm.orElse(false)) {
                value.required().value().ifPresent(alarms::add);
            }
            condition.rejectUnknownKeys();
        }
        return alarms;
    }

    private void noteUnused(Map<String, Target> targets, List<TemplateAction> actions) {
        Set<String> used = new LinkedHashSet<>();
        actions.forEach(action -> {
            if (action.action() instanceof Action.OnTarget onTarget) {
                used.add(onTarget.target());
            }
        });
        targets.keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> notes.add("target " + name + " is of no action that runs here"));
    }
}
