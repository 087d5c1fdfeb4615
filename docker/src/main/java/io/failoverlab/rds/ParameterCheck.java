package io.failoverlab.rds;

import io.failoverlab.engine.ExecResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks MySQL itself whether it takes parameters, before a server has to. */
public final class ParameterCheck {
    private static final Pattern MESSAGE = Pattern.compile(".*\\[(ERROR|Warning)\\] \\[(MY-\\d+)\\] \\[Server\\] (.*)");
    /** The server would take another value, and start. */
    private static final String ADJUSTED = "MY-000081";
    /** Tells only that the server gives up. */
    private static final String ABORTING = "MY-010119";

    private ParameterCheck() {}

    /**
     * What is wrong with each parameter, in MySQL's own words; empty if nothing is.
     *
     * @param server runs a command where MySQL's program is
     */
    public static List<String> problems(Map<String, String> parameters, Function<String[], ExecResult> server) {
        List<String> problems = new ArrayList<>();
        parameters.forEach((name, value) -> {
            ExecResult answer = server.apply(command(name, value));
            problem(name, answer).ifPresent(words -> problems.add(name + " = " + value + ": " + words));
        });
        return problems;
    }

    private static String[] command(String name, String value) {
        return new String[] {
            "mysqld",
            "--defaults-file=/etc/my.cnf",
            "--datadir=/srv/mysql",
            "--validate-config",
            "--log-error-verbosity=2",
            "--" + name + "=" + value
        };
    }

    /** The first message that is about this parameter: others are about the file, or about nothing of ours. */
    static Optional<String> problem(String name, ExecResult answer) {
        List<Matcher> messages = answer.stderr()
                .lines()
                .map(MESSAGE::matcher)
                .filter(Matcher::matches)
                .filter(it -> !it.group(2).equals(ABORTING))
                .toList();
        Optional<String> about = messages.stream()
                .filter(it -> it.group(3).replace('-', '_').contains(name))
                .filter(it -> it.group(1).equals("ERROR") || it.group(2).equals(ADJUSTED))
                .map(it -> it.group(3))
                .findFirst();
        if (about.isPresent() || answer.exitCode() == 0) {
            return about;
        }
        return Optional.of(messages.stream()
                .filter(it -> it.group(1).equals("ERROR"))
                .map(it -> it.group(3))
                .findFirst()
                .orElse(answer.stderr().strip()));
    }
}
