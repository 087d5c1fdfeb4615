package io.failoverlab.experiment;

import io.failoverlab.document.DurationText;
import io.failoverlab.document.Field;
import io.failoverlab.document.Nearest;
import io.failoverlab.document.Section;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.OwnSimulation;
import io.failoverlab.profile.RateStep;
import io.failoverlab.profile.Rates;
import io.failoverlab.profile.Simulations;
import io.failoverlab.simulation.GatlingCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code load} of an experiment: one rate after a ramp, or the rate as a function of time. */
final class LoadReader {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(10);
    private static final String RATES = "rates";
    private static final String GATLING = "gatling";

    private LoadReader() {}

    /** @param folder where a file is that is to be replayed */
    static Experiment.Load read(Section section, Path folder) {
        return section.keys().contains(GATLING) ? own(section, folder) : known(section, folder);
    }

    /** A simulation of the user's own, whose requests and writes are its business. */
    private static Experiment.Load own(Section section, Path folder) {
        Field<String> place = section.text(GATLING);
        Field<String> simulation = section.text("gatling-class");
        Optional<OwnSimulation> own = place.value().flatMap(text -> {
            try {
                return Optional.of(GatlingCode.find(folder.resolve(text), simulation.value()));
            } catch (IllegalArgumentException refused) {
                place.reject("a simulation of one's own", '"' + text + '"', refused.getMessage());
                return Optional.empty();
            }
        });
        Experiment.Load load = section.keys().contains(RATES)
                ? changing(section, folder, Simulations.OWN.label(), 0)
                : steady(section, Simulations.OWN.label(), 0);
        section.rejectUnknownKeys();
        return new Experiment.Load(load.simulation(), load.rates(), load.unjudged(), 0, List.of(), own);
    }

    private static Experiment.Load known(Section section, Path folder) {
        Field<String> simulation = section.text("simulation");
        List<String> known = Simulations.labels();
        String chosen = simulation.orElse(Simulations.BROWSE_AND_ORDER.label());
        if (!known.contains(chosen)) {
            simulation.reject("one of " + String.join(", ", known), chosen, Nearest.hint(chosen, known));
        }
        Field<Double> orders = section.decimal("orders", 0, 1);
        double share = orders.orElse(
                Simulations.find(chosen).filter(Simulations::writing).isPresent() ? 0.2 : 0);
        if (orders.value().isPresent()) {
            Simulations.find(chosen)
                    .map(it -> LoadProfile.orderProblems(it, share))
                    .orElse(List.of())
                    .forEach(problem -> orders.reject(
                            "orders that " + chosen + " places", orders.get().toString(), problem));
        }
        List<String> paths = section.texts("paths").stream()
                .flatMap(path -> path.value().stream())
                .toList();
        Experiment.Load load = section.keys().contains(RATES)
                ? changing(section, folder, chosen, share)
                : steady(section, chosen, share);
        section.rejectUnknownKeys();
        Simulations.find(chosen)
                .map(it -> LoadProfile.problemsOf(it, paths))
                .orElse(List.of())
                .forEach(problem -> section.reject("paths of an application", chosen, problem));
        return new Experiment.Load(load.simulation(), load.rates(), load.unjudged(), load.orders(), paths);
    }

    private static Experiment.Load steady(Section section, String simulation, double orders) {
        int rate = section.integer("rate", 1, LoadProfile.MAX_RATE).orElse(300);
        Duration ramp = seconds(section.duration("ramp", Duration.ZERO, LONGEST_WARM_UP), Duration.ofSeconds(3));
        Duration warmUp = seconds(warmUp(section), Duration.ofSeconds(5));
        Field<Duration> duration = section.duration("duration", Duration.ofSeconds(2), LONGEST);
        Duration length = seconds(duration, Duration.ofSeconds(60));
        Duration unjudged = ramp.plus(warmUp);
        if (length.compareTo(unjudged) <= 0) {
            duration.reject(
                    "more than ramp and warm-up together, " + unjudged.toSeconds() + " s",
                    length.toSeconds() + " s",
                    "");
            length = unjudged.plusSeconds(1);
        }
        return new Experiment.Load(simulation, rate, ramp, warmUp, length, orders);
    }

    private static Experiment.Load changing(Section section, Path folder, String simulation, double orders) {
        for (String other : List.of("rate", "ramp", "duration")) {
            Field<String> beside = section.parsed(other, "nothing", text -> text);
            beside.value()
                    .ifPresent(found -> beside.reject(
                            "either rates or " + other, other + ": " + found, "rates say the whole course"));
        }
        List<RateStep> steps = new ArrayList<>();
        boolean sound = true;
        for (Field<String> line : section.texts(RATES)) {
            Optional<List<RateStep>> read = line.value().flatMap(text -> steps(line, text, folder));
            read.ifPresent(steps::addAll);
            sound &= read.isPresent();
        }
        Field<Duration> warmUp = warmUp(section);
        Optional<Rates> rates = sound ? rates(section, steps) : Optional.empty();
        Rates used = rates.orElse(Rates.steady(1, Duration.ZERO, LONGEST));
        Duration unjudged =
                seconds(warmUp, Duration.ofSeconds(Math.min(8, used.length().toSeconds() - 1)));
        if (unjudged.compareTo(used.length()) >= 0) {
            warmUp.reject(
                    "less than the " + DurationText.print(used.length()) + " of all rates",
                    DurationText.print(unjudged),
                    "");
            unjudged = Duration.ZERO;
        }
        return new Experiment.Load(simulation, used, unjudged, orders);
    }

    private static Field<Duration> warmUp(Section section) {
        return section.duration("warm-up", Duration.ZERO, LONGEST_WARM_UP);
    }

    private static Duration seconds(Field<Duration> field, Duration fallback) {
        Duration value = field.orElse(fallback);
        if (value.getNano() == 0) {
            return value;
        }
        field.reject("whole seconds", DurationText.print(value), "");
        return fallback;
    }

    private static Optional<List<RateStep>> steps(Field<String> line, String text, Path folder) {
        try {
            return Optional.of(Rates.parse(text, file -> lines(folder.resolve(file))));
        } catch (IllegalArgumentException refused) {
            line.reject(Rates.FORM, '"' + text + '"', refused.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Rates> rates(Section section, List<RateStep> steps) {
        try {
            return Optional.of(new Rates(steps));
        } catch (IllegalArgumentException refused) {
            section.reject("rates of a load", steps.size() + " steps", refused.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> lines(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("expected a file with a rate a line, found no file " + file);
        }
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("the file " + file + " cannot be read", failure);
        }
    }
}
