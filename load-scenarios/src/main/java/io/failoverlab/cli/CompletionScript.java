package io.failoverlab.cli;

import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.explain.Concept;
import io.failoverlab.explain.Concepts;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.TopologyFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script that completes for bash, and for zsh by way of its own bashcompinit. Picocli writes it; what a parameter can be is
 * said here, by its label, once for all commands.
 */
final class CompletionScript {
    /** Run by the shell each time: instances come and go. Without Docker's client it offers nothing. */
    private static final String INSTANCES = """
            # The names of the instances of the lab that is up.
            function _lab_instances() {
              docker ps --all --filter label=io.failoverlab.name --format '{{.Label "io.failoverlab.name"}}' 2>/dev/null
            }

            """;

    /** Run by the shell, each of its words one candidate. */
    private static final String COMMAND = "$(_lab_instances)";

    private static final List<String> INSTANCE = List.of(COMMAND);

    private static final Map<String, List<String>> BY_LABEL = Map.of(
            "INSTANCE", INSTANCE,
            "DATABASE", INSTANCE,
            "ZONE", List.of("a", "c"),
            "PATTERN|FILE", TopologyFile.patterns(),
            "NAME|FILE", TopologyFile.patterns(),
            "STANDBY", Redundancy.labels(),
            "CLOCKS", List.of("lab", "aws"),
            "POLICY", List.of("idempotent", "alb", "none"),
            "MODE", List.of("tuned", "nginx-default"),
            "SHELL", List.of("bash", "zsh"));

    /** Where {@code NAME|FILE} is an experiment. */
    private static final Set<String> OF_EXPERIMENTS = Set.of("run", "bench");

    /** A label that says itself what there is: {@code tcp|udp}. */
    private static final Pattern ALTERNATIVES = Pattern.compile("[A-Za-z0-9-]+(\\|[A-Za-z0-9-]+)+");

    private CompletionScript() {}

    /** @param lab whose parameters are changed */
    static String of(CommandLine lab) {
        offer(lab);
        // Picocli quotes each candidate, and what is quoted is one word.
        return INSTANCES + AutoComplete.bash("lab", lab).replace('"' + COMMAND + '"', COMMAND);
    }

    private static void offer(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
            List<String> candidates = candidates(spec, parameter.paramLabel());
            if (!candidates.isEmpty()) {
                spec.remove(parameter);
                spec.addPositional(PositionalParamSpec.builder(parameter)
                        .completionCandidates(candidates)
                        .build());
            }
        }
        for (OptionSpec option : List.copyOf(spec.options())) {
            List<String> candidates = candidates(spec, option.paramLabel());
            if (!candidates.isEmpty()) {
                spec.remove(option);
                spec.addOption(OptionSpec.builder(option)
                        .completionCandidates(candidates)
                        .build());
            }
        }
        command.getSubcommands().values().forEach(CompletionScript::offer);
    }

    private static List<String> candidates(CommandSpec spec, String label) {
        if (label.equals("NAME|FILE") && OF_EXPERIMENTS.contains(spec.name())) {
            return ExperimentFile.builtIn();
        }
        if (label.equals("THING")) {
            return Concepts.read().all().stream().map(Concept::name).toList();
        }
        if (!BY_LABEL.containsKey(label) && ALTERNATIVES.matcher(label).matches()) {
            return List.of(label.split("\\|"));
        }
        return BY_LABEL.getOrDefault(label, List.of());
    }
}
