package io.failoverlab.audit;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where the lab does not keep to a rule, and why.
 *
 * @param covers the containers that it holds for
 * @param reason for people
 */
record Exemption(Rule rule, Predicate<ContainerFacts> covers, String reason) {
    /** Ending of the name of a container that keeps a volume. */
    private static final String KEEPER = "-keeper";

    private static final Pattern OWN_COMMAND = Pattern.compile("\\bss -\\w|^ip route |^mount -o remount,");

    private static final List<Exemption> ALL = List.of(
            new Exemption(
                    Rule.HEALTH,
                    container -> container.name().endsWith(KEEPER),
                    "it sleeps and keeps a volume; nothing of it could be checked"),
            new Exemption(
                    Rule.HEALTH,
                    container -> true,
                    "the lab checks it from outside each second, which finds a lost network too; a check inside would take"
                            + " processor time from what is measured"),
            new Exemption(
                    Rule.PRIVILEGED_COMMANDS,
                    container -> container.privilegedCommands().stream()
                            .allMatch(line -> OWN_COMMAND.matcher(line).find()),
                    "connections to what is dead are cut, and a volume is resized, by the engine where the lab is not root"));

    /** The one that holds for a finding, if there is one. */
    static Optional<Exemption> of(Rule rule, ContainerFacts container) {
        return ALL.stream()
                .filter(it -> it.rule() == rule && it.covers().test(container))
                .findFirst();
    }
}
