package io.failoverlab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "runs",
        description = "List the runs that are kept, newest first, with their verdicts.",
        footer = {"", "Then:  lab judge RUN, lab compare RUN RUN"})
final class RunsCommand implements Callable<Integer> {
    private static final String VERDICT = "verdict.json";

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where runs are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    /** A run, and what its verdict says; without any if it was never judged to its end. */
    private record Kept(Path folder, JsonNode verdict) {
        String text(String field) {
            return verdict.path(field).asText("-");
        }

        /** In digits, as the name of its folder has it where it was never judged. */
        String began() {
            String begin = verdict.path("startedAt").asText(folder.getFileName().toString());
            return begin.replaceAll("\\D", "");
        }

        String lost() {
            for (JsonNode figure : verdict.path("figures")) {
                if (figure.path("name").asText().equals("requests-lost")) {
                    return figure.at("/measured/text").asText("-");
                }
            }
            return "-";
        }
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.ofProcess();
        List<Kept> kept = kept(terminal);
        if (json) {
            kept.forEach(run -> terminal.data(object(run)));
            return ExitCode.PASS;
        }
        if (kept.isEmpty()) {
            terminal.say("no runs in " + runs + "; `lab run kill-one-web` makes one");
            return ExitCode.PASS;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("RUN", "STARTED", "VERDICT", "LOST", "ON"));
        kept.forEach(run -> rows.add(List.of(
                run.folder().toString(),
                run.text("startedAt"),
                run.text("verdict"),
                run.lost(),
                run.text("topology"))));
        Table.print(rows, terminal::data);
        return ExitCode.PASS;
    }

    private List<Kept> kept(Terminal terminal) throws IOException {
        List<Kept> kept = new ArrayList<>();
        if (Files.isDirectory(runs)) {
            try (Stream<Path> experiments = Files.list(runs)) {
                for (Path experiment : experiments.filter(Files::isDirectory).toList()) {
                    for (Path run : StoredRuns.within(experiment)) {
                        kept.add(new Kept(run, verdict(run, terminal)));
                    }
                }
            }
        }
        kept.sort(Comparator.comparing(Kept::began).reversed());
        return kept;
    }

    /** One that is torn is told of, and hides no other. */
    private static JsonNode verdict(Path run, Terminal terminal) throws IOException {
        Path file = run.resolve(VERDICT);
        ObjectMapper mapper = new ObjectMapper();
        if (!Files.isRegularFile(file)) {
            return mapper.createObjectNode();
        }
        try {
            return mapper.readTree(file.toFile());
        } catch (JsonProcessingException torn) {
            terminal.say(file + " cannot be read; `lab judge " + run + "` writes it anew");
            return mapper.createObjectNode();
        }
    }

    private static String object(Kept run) {
        ObjectNode object =
                new ObjectMapper().createObjectNode().put("folder", run.folder().toString());
        for (String field : List.of("experiment", "topology", "startedAt", "verdict", "sentence", "repeat")) {
            if (run.verdict().has(field)) {
                object.set(field, run.verdict().get(field));
            }
        }
        return object.toString();
    }
}
