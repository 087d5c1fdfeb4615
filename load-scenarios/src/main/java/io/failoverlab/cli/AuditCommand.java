package io.failoverlab.cli;

import io.failoverlab.audit.Audit;
import io.failoverlab.audit.ContainerFacts;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.Inspection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "audit",
        description = {
            "Look at all containers of the lab by the CIS Docker Benchmark, section 5. Ends with 1 if one breaks a rule for no",
            "known reason, and with 4 if there is no container."
        })
final class AuditCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        Inspection inspection = Engine.connect().inspection();
        List<ContainerFacts> containers = inspection.containers();
        if (containers.isEmpty()) {
            throw UserError.environment("there is no container of the lab to look at; `lab up` starts some");
        }
        List<Audit.Result> results = Audit.of(inspection.engine(), containers);
        if (json.asked()) {
            results.forEach(result -> terminal.data(JsonOption.line(result)));
        } else {
            print(results, terminal);
            terminal.say(containers.size() + " containers, " + Audit.BENCHMARK);
        }
        return Audit.passes(results) ? ExitCode.PASS : ExitCode.FAIL;
    }

    private static void print(List<Audit.Result> results, Terminal terminal) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "RULE", "WHAT SHOULD BE", "BUT"));
        for (Audit.Result result : results) {
            List<String> words = words(result);
            rows.add(List.of(result.outcome().word(), result.rule(), result.title(), words.getFirst()));
            words.stream().skip(1).forEach(more -> rows.add(List.of("", "", "", more)));
        }
        Table.print(
                rows,
                line -> terminal.data(
                        line.startsWith(Audit.Outcome.FAIL.word())
                                ? terminal.red(line)
                                : line.startsWith(Audit.Outcome.EXCEPTION.word()) ? terminal.yellow(line) : line));
    }

    /** A line for all containers of which the same is true. */
    private static List<String> words(Audit.Result result) {
        Map<String, List<String>> where = new LinkedHashMap<>();
        result.findings()
                .forEach(it -> where.computeIfAbsent(
                                it.found() + (it.exception().isEmpty() ? "" : "; " + it.exception()),
                                unseen -> new ArrayList<>())
                        .add(it.container()));
        if (where.isEmpty()) {
            return List.of("");
        }
        return where.entrySet().stream()
                .map(entry -> (String.join(" ", entry.getValue()) + ": " + entry.getKey()).replaceFirst("^: ", ""))
                .toList();
    }
}
