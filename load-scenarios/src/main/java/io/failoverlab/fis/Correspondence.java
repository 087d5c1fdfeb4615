package io.failoverlab.fis;

import io.failoverlab.document.Nearest;
import io.failoverlab.document.Problem;
import io.failoverlab.fis.Stack.Resource;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a template's zones, tags, ARNs and alarms, which are those of an AWS account, are in the stack. What the user says comes
 * first; else:
 *
 * <ul>
 *   <li>A <em>zone</em> is the one of the same name, else of the same letter, else the next that no other zone of the template
 *       is.
 *   <li>A <em>tag</em> that resources here have selects these: {@code Name}, {@code tier} and, for instances of a group, {@code
 *       aws:autoscaling:groupName}. Any other tag is one that people gave their resources on AWS: all of the type count as
 *       having it.
 *   <li>An <em>ARN</em> is the resource that its last part names, else the next of its type that no other ARN of the template is.
 *   <li>An <em>alarm</em> is the one of the same name.
 * </ul>
 *
 * Every answer is kept as a line for people, and what has no answer as a problem.
 */
final class Correspondence {
    private final Template template;
    private final Stack stack;
    private final Mapping mapping;
    private final Map<String, Optional<Zone>> zones = new LinkedHashMap<>();
    private final Map<String, Optional<Resource>> arns = new LinkedHashMap<>();
    private final Set<String> lines = new LinkedHashSet<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Correspondence(Template template, Stack stack, Mapping mapping) {
        this.template = template;
        this.stack = stack;
        this.mapping = mapping;
        zonesOfTemplate().forEach(this::placeByName);
        zonesOfTemplate().forEach(this::placeNext);
        template.targets()
                .values()
                .forEach(target ->
                        target.type().ifPresent(type -> target.arns().forEach(arn -> assignByName(type, arn))));
        template.targets()
                .values()
                .forEach(target ->
                        target.type().ifPresent(type -> target.arns().forEach(arn -> assignNext(type, arn))));
    }

    /** Told once, however often asked. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** What was found to be wrong, with what the user said and nothing in the template needed. */
    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        mapping.meanings().keySet().stream()
                .filter(word -> !used.contains(word) && !words().contains(word))
                .forEach(word -> all.add(Problem.of(
                        "--map",
                        "an ARN, a zone or a tag of " + template.source(),
                        word,
                        Nearest.of(word, words())
                                .map(near -> "did you mean " + near + "?")
                                .orElse(""))));
        return all;
    }

    private List<String> words() {
        return Stream.of(
                        zones.keySet().stream(),
                        arns.keySet().stream(),
                        template.stopAlarmArns().stream(),
                        template.targets().values().stream()
                                .flatMap(target -> target.tags().entrySet().stream()
                                        .map(tag -> tag.getKey() + "=" + tag.getValue())))
                .flatMap(it -> it)
                .toList();
    }

    private Optional<List<String>> said(String word) {
        Optional<List<String>> names = mapping.of(word);
        names.ifPresent(it -> used.add(word));
        return names;
    }

    private void refuse(String word, String expected, String found, List<String> known) {
        problems.add(Problem.of("--map " + word, expected, found, Nearest.hint(found, known)));
    }

    private void say(String word, String meaning, String why) {
        lines.add(word + " -> " + meaning + " (" + why + ")");
    }

    private List<String> zonesOfTemplate() {
        return template.targets().values().stream()
                .flatMap(target -> Stream.concat(
                        target.filters().stream()
                                .filter(filter -> ResourceType.isOfZones(filter.path()))
                                .flatMap(filter -> filter.values().stream()),
                        target.parameters().entrySet().stream()
                                .filter(parameter -> ResourceType.isOfZones(parameter.getKey()))
                                .flatMap(parameter -> zonesIn(parameter.getValue()))))
                .distinct()
                .sorted()
                .toList();
    }

    /** FIS's resource parameters have several zones in one text, or {@code all}. */
    static Stream<String> zonesIn(String value) {
        return Stream.of(value.split(",")).map(String::strip).filter(zone -> !zone.isEmpty() && !zone.equals("all"));
    }

    private void placeByName(String word) {
        List<Zone> there = stack.topology().zones();
        Optional<List<String>> said = said(word);
        Optional<Zone> zone = there.stream()
                .filter(it -> said.map(names -> names.contains(it.letter()) || names.contains(it.azName()))
                        .orElse(it.azName().equals(word)
                                || word.matches("[a-z]{2,3}(-[a-z]+)+-\\d[a-z]") && word.endsWith(it.letter())))
                .findFirst();
        if (said.isPresent() && zone.isEmpty()) {
            List<String> letters = there.stream().map(Zone::letter).toList();
            refuse(word, "a zone: " + String.join(", ", letters), String.join(",", said.get()), letters);
        }
        zone.ifPresent(it -> {
            zones.put(word, zone);
            say("zone " + word, it.azName(), said.isPresent() ? "as you say" : "by its letter");
        });
    }

    private void placeNext(String word) {
        if (!zones.containsKey(word)) {
            Optional<Zone> free = stack.topology().zones().stream()
                    .filter(it -> !zones.containsValue(Optional.of(it)))
                    .findFirst();
            zones.put(word, free);
            say(
                    "zone " + word,
                    free.map(Zone::azName).orElse("none"),
                    free.isPresent() ? "the next zone here" : "no zone is left");
        }
    }

    /** Whether a resource's zone is what the template calls so. */
    boolean isZone(String word, String azName) {
        return zones.getOrDefault(word, Optional.empty())
                .filter(zone -> zone.azName().equals(azName))
                .isPresent();
    }

    private void assignByName(ResourceType type, String arn) {
        String last = arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
        Optional<List<String>> said = said(arn);
        String wanted = said.map(names -> String.join(",", names)).orElse(last);
        Optional<Resource> found = stack.find(type, wanted);
        if (said.isPresent() && found.isEmpty()) {
            List<String> names = names(stack.ofType(type));
            refuse(arn, "one " + type.noun() + ": " + String.join(", ", names), wanted, names);
        }
        if (found.isPresent() && arns.put(arn, found) == null) {
            say(arn, wanted, said.isPresent() ? "as you say" : "by its name");
        }
    }

    private void assignNext(ResourceType type, String arn) {
        if (!arns.containsKey(arn)) {
            Optional<Resource> free = stack.ofType(type).stream()
                    .filter(it -> !arns.containsValue(Optional.of(it)))
                    .findFirst();
            arns.put(arn, free);
            say(
                    arn,
                    free.map(Resource::name).orElse("none"),
                    free.isPresent() ? "the next " + type.noun() + " here" : "no " + type.noun() + " is left");
        }
    }

    Optional<Resource> ofArn(String arn) {
        return arns.getOrDefault(arn, Optional.empty());
    }

    /** Those of the resources that count as having the tag. */
    List<Resource> tagged(ResourceType type, String key, String value) {
        String word = key + "=" + value;
        List<Resource> all = stack.ofType(type);
        Optional<List<String>> said = said(word);
        if (said.isPresent()) {
            List<String> names = names(all);
            said.get().stream()
                    .filter(name -> !names.contains(name))
                    .forEach(name ->
                            refuse(word, "names of type " + type.id() + ": " + String.join(", ", names), name, names));
            List<Resource> chosen =
                    all.stream().filter(it -> said.get().contains(it.name())).toList();
            say("tag " + word, String.join(", ", names(chosen)), "as you say");
            return chosen;
        }
        List<Resource> having =
                all.stream().filter(it -> hasTag(it, key, value)).toList();
        if (!having.isEmpty()) {
            say("tag " + word, String.join(", ", names(having)), "they have it");
            return having;
        }
        say(
                "tag " + word,
                all.isEmpty() ? "none" : String.join(", ", names(all)),
                "no " + type.noun() + " here has it: all count as having it");
        return all;
    }

    private boolean hasTag(Resource resource, String key, String value) {
        return switch (key) {
            case "Name" -> value.equals(resource.name());
            case "tier" -> value.equals(tier(resource));
            case "aws:autoscaling:groupName" ->
                resource.type() == ResourceType.INSTANCE
                        && stack.topology().autoScaling().isPresent()
                        && value.equals("web");
            default -> false;
        };
    }

    private String tier(Resource resource) {
        return switch (resource.type()) {
            case INSTANCE -> "web";
            case DB, CLUSTER -> "db";
            case SUBNET -> stack.topology().subnet(resource.name()).tier().label();
        };
    }

    /** The stack's alarm of an ARN. */
    Optional<String> alarm(String arn) {
        String name = arn.substring(arn.lastIndexOf(":alarm:") < 0 ? 0 : arn.lastIndexOf(":alarm:") + 7);
        Optional<List<String>> said = said(arn).or(() -> said(name));
        String wanted = said.map(names -> String.join(",", names)).orElse(name);
        if (!stack.alarms().contains(wanted)) {
            problems.add(Problem.of(
                    template.source() + ": alarm " + name,
                    "an alarm of the stack: " + String.join(", ", stack.alarms()),
                    wanted,
                    Nearest.of(wanted, stack.alarms())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("--map " + name + "=ALARM says which it is")));
            return Optional.empty();
        }
        if (!wanted.equals(name)) {
            say("alarm " + name, wanted, "as you say");
        }
        return Optional.of(wanted);
    }

    /** The addresses of what a source of packets is here: an address, a block of addresses or a name of AWS. */
    List<String> addresses(String source) {
        List<String> known =
                stack.topology().nodes().stream().map(Node::name).sorted().toList();
        List<String> names = said(source).orElse(List.of());
        List<Node> nodes = stack.topology().nodes().stream()
                .filter(node -> names.contains(node.name()))
                .toList();
        if (nodes.isEmpty() || nodes.size() < names.size()) {
            problems.add(Problem.of(
                    template.source() + ": source " + source,
                    "names of the stack for it: " + String.join(", ", known),
                    names.isEmpty() ? "none" : String.join(",", names),
                    "--map " + source + "=" + stack.topology().primaryDatabase().name() + " says which it is"));
            return List.of();
        }
        say("source " + source, String.join(", ", names), "as you say");
        return nodes.stream()
                .flatMap(node -> node.interfaces().stream())
                .map(place -> place.address().toString())
                .toList();
    }

    private static List<String> names(List<Resource> resources) {
        return resources.stream().map(Resource::name).collect(Collectors.toList());
    }
}
