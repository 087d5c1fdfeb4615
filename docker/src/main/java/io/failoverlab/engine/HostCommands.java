package io.failoverlab.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs of this machine, as the parts that install what is missing use them. */
interface HostCommands {
    /**
     * How a program ended.
     *
     * @param output the end of what it wrote, standard output and standard error together
     */
    record Result(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }

        String lastLines(int count) {
            List<String> lines = output.lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        }
    }

    /** Where a program is, in PATH or one of the administrator's folders. */
    Optional<Path> find(String program);

    /** Whether packages may be installed and services started. */
    boolean isRoot();

    /** Runs a program to its end; one that takes longer than the limit is ended and counts as failed. */
    Result run(Duration limit, Map<String, String> environment, List<String> command);

    /** Starts a program that goes on after this process, with its output in the file. */
    void launch(List<String> command, Path log);
}
