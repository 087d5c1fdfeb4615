package io.failoverlab.cli;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.OwnSimulation;
import io.failoverlab.profile.Simulations;
import io.failoverlab.simulation.GatlingCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What customers do instead of the shop's: requests of a few paths, or a simulation of the user's own. */
final class CustomerOptions {
    @Option(
            names = "--get",
            paramLabel = "PATH",
            description = "Requests of this path instead of the shop's customers; can be repeated.")
    private List<String> get = List.of();

    @Option(
            names = "--gatling",
            paramLabel = "JAR|FOLDER",
            description =
                    "Customers of your own instead of the shop's: a Gatling simulation in Java or Kotlin, in a jar"
                            + " or in a compiled project. As many arrive as the load says, whatever its base URL is.")
    private Path gatling;

    @Option(
            names = "--gatling-class",
            paramLabel = "NAME",
            description = "With --gatling: the simulation, where there are several.")
    private String simulation;

    boolean given() {
        return !get.isEmpty() || gatling != null;
    }

    /** The paths of {@code --get}; none without it. */
    List<String> paths() {
        return get;
    }

    /**
     * The simulation of {@code --gatling}.
     *
     * @throws UserError if there is none where it should be
     */
    Optional<OwnSimulation> own() {
        try {
            return Optional.ofNullable(gatling).map(place -> GatlingCode.find(place, Optional.ofNullable(simulation)));
        } catch (IllegalArgumentException refused) {
            throw UserError.usage("--gatling: " + refused.getMessage());
        }
    }

    /** @throws UserError if options contradict each other */
    void requireSense() {
        if (gatling != null && !get.isEmpty()) {
            throw UserError.usage("expected either --get or --gatling, found both");
        }
        if (gatling == null && simulation != null) {
            throw UserError.usage("--gatling-class goes with --gatling; found none");
        }
    }

    /**
     * The experiment with these customers; as it is, if none are asked for.
     *
     * @throws UserError if they cannot be, or the experiment's own cannot
     */
    Experiment applyTo(Experiment plan) {
        requireSense();
        if (!given()) {
            List<String> problems = plan.load().own().isPresent()
                    ? List.of()
                    : Simulations.find(plan.load().simulation())
                            .map(it -> LoadProfile.problemsOf(it, plan.load().paths()))
                            .orElse(List.of());
            if (!problems.isEmpty()) {
                throw UserError.usage(String.join("; ", problems) + "; --get PATH names them");
            }
            return plan;
        }
        Experiment changed = own().map(plan::simulating).orElseGet(() -> requesting(plan));
        List<String> leftOut = new ArrayList<>(plan.expectations().keySet());
        leftOut.removeAll(changed.expectations().keySet());
        if (!leftOut.isEmpty()) {
            Terminal.ofProcess()
                    .say((gatling == null ? "--get" : "--gatling")
                            + ": the lab sees no orders, and nothing is expected of " + String.join(", ", leftOut));
        }
        return changed;
    }

    private Experiment requesting(Experiment plan) {
        try {
            return plan.requesting(get);
        } catch (IllegalArgumentException refused) {
            throw UserError.usage("--get: " + refused.getMessage());
        }
    }

    /** The options as they were given, for the command that repeats the run. */
    String asWritten() {
        return get.stream().map(path -> " --get " + AppOptions.quoted(path)).collect(Collectors.joining())
                + (gatling == null ? "" : " --gatling " + AppOptions.quoted(gatling.toString()))
                + (simulation == null ? "" : " --gatling-class " + AppOptions.quoted(simulation));
    }
}
