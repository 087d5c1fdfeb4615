package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LabTest {
    /** Picocli warns past every writer of what it cannot format. */
    @Test
    void everyCommandHasHelpAndNothingElseIsPrinted() {
        ByteArrayOutputStream warnings = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            everyCommandHasHelp();
        } finally {
            System.setErr(before);
        }
        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static void everyCommandHasHelp() {
        for (List<String> command : commands(List.of(), Lab.commandLine())) {
            StringWriter out = new StringWriter();
            List<String> line = new ArrayList<>(command);
            line.add("--help");
            int exit = Lab.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(out, true))
                    .execute(line.toArray(String[]::new));
            assertThat(out.toString()).startsWith("Usage: lab " + String.join(" ", command));
            assertThat(exit).as(String.join(" ", line)).isZero();
        }
    }

    /** Those that answer by themselves: not {@code lab monitor}, whose options are the monitor's own. */
    private static List<List<String>> commands(List<String> path, CommandLine command) {
        List<List<String>> found = new ArrayList<>();
        command.getSubcommands().forEach((name, each) -> {
            List<String> at = new ArrayList<>(path);
            at.add(name);
            if (each.getCommandSpec().unmatchedArgsBindings().isEmpty()) {
                found.add(at);
            }
            found.addAll(commands(at, each));
        });
        return found;
    }
}
