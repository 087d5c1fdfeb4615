package io.failoverlab.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine on which programs are names, and apt-get adds some. */
final class FakeHost implements HostCommands {
    final List<String> ran = new ArrayList<>();
    private final boolean root;
    private final Set<String> programs;
    private final Map<String, List<String>> programsByPackage;
    private final Map<String, Result> failures;
    private final Runnable onLaunch;

    FakeHost(
            boolean root,
            Set<String> programs,
            Map<String, List<String>> programsByPackage,
            Map<String, Result> failures,
            Runnable onLaunch) {
        this.root = root;
        this.programs = new HashSet<>(programs);
        this.programsByPackage = programsByPackage;
        this.failures = failures;
        this.onLaunch = onLaunch;
    }

    @Override
    public Optional<Path> find(String program) {
        return programs.contains(program) ? Optional.of(Path.of("/usr/bin", program)) : Optional.empty();
    }

    @Override
    public boolean isRoot() {
        return root;
    }

    @Override
    public Result run(Duration limit, Map<String, String> environment, List<String> command) {
        String line = String.join(" ", command);
        ran.add(line);
        if (failures.containsKey(line)) {
            return failures.get(line);
        }
        command.forEach(word -> programs.addAll(programsByPackage.getOrDefault(word, List.of())));
        return new Result(0, "");
    }

    @Override
    public void launch(List<String> command, Path log) {
        ran.add(String.join(" ", command));
        onLaunch.run();
    }
}
