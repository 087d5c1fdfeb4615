package io.failoverlab.experiment;

import io.failoverlab.document.Field;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Section;
import io.failoverlab.experiment.Experiment.FisInjection;
import io.failoverlab.fis.Mapping;
import io.failoverlab.fis.Template;
import io.failoverlab.fis.TemplateFile;
import io.failoverlab.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the section {@code fis} of an experiment: an FIS template that is carried out beside the faults, or instead of them. */
final class FisReader {
    private static final String KEY = "fis";
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_SCALE = 3_600;

    private FisReader() {}

    /**
     * @param folder where the template is
     * @param topology that it has to fit, if it is known
     * @param load length of the load
     * @param alarms names of those that the experiment brings
     */
    static Optional<FisInjection> read(
            Section root, Path folder, Optional<Topology> topology, Duration load, List<String> alarms, long seed) {
        if (!root.keys().contains(KEY)) {
            return Optional.empty();
        }
        Section section = root.section(KEY);
        Field<String> file = section.text("template").required();
        Field<Duration> at = section.duration("at", Duration.ZERO, LONGEST);
        Field<Integer> scale = section.integer("time-scale", 1, MOST_SCALE);
        List<Field<String>> words = section.texts("map");
        Set<String> skipped = new LinkedHashSet<>(values(section.texts("skip")));
        section.rejectUnknownKeys();
        Duration begin = at.orElse(FisExperiment.AT);
        if (begin.compareTo(load) >= 0) {
            at.reject("a time before the load ends at " + load.toSeconds() + " s", begin.toSeconds() + " s", "");
        }
        Optional<Template> template =
                file.value().flatMap(name -> noting(file, () -> template(folder.resolve(name), skipped)));
        Optional<Mapping> mapping = noting(file, () -> Mapping.parse(values(words)));
        Optional<FisInjection> read = template.flatMap(
                it -> mapping.map(map -> new FisInjection(it, map, alarms, seed, scale.orElse(1), begin)));
        read.ifPresent(it -> topology.ifPresent(stack -> noting(file, () -> it.plan(stack))));
        return read;
    }

    private static Template template(Path file, Set<String> skipped) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("found no file " + file);
        }
        return TemplateFile.read(file, skipped);
    }

    private static List<String> values(List<Field<String>> fields) {
        return fields.stream().flatMap(field -> field.value().stream()).toList();
    }

    /** What is wrong in the template, or with it, is told at the key that names it; the template's own line comes first there. */
    private static <T> Optional<T> noting(Field<String> field, Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (InvalidInput invalid) {
            invalid.problems().forEach(problem -> field.reject("a template for this stack", problem.toString(), ""));
        } catch (IllegalArgumentException missing) {
            field.reject("the file of an FIS template", missing.getMessage(), "");
        }
        return Optional.empty();
    }
}
