package io.failoverlab.cli;

import io.failoverlab.explain.Concept;
import io.failoverlab.explain.ConceptText;
import io.failoverlab.explain.Concepts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description = "Tell what a thing is on AWS, its numbers, how it is mirrored here and where the mirror differs."
                + " Without a name, list all.")
final class ExplainCommand implements Callable<Integer> {
    private static final int WIDTH = 100;

    @Parameters(arity = "0..*", paramLabel = "THING", description = "Such as subnet, multi-az or health-check.")
    private List<String> name = new ArrayList<>();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        Concepts concepts = Concepts.read();
        Optional<String> asked = Optional.of(String.join(" ", name)).filter(it -> !it.isEmpty());
        List<Concept> found = asked.map(it -> List.of(concepts.named(it))).orElseGet(concepts::all);
        if (json.asked()) {
            found.forEach(concept -> terminal.data(JsonOption.line(concept)));
        } else if (asked.isPresent()) {
            ConceptText.of(found.getFirst(), WIDTH, terminal::bold).forEach(terminal::data);
        } else {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("THING", "HERE", "ALSO"));
            found.forEach(concept ->
                    rows.add(List.of(concept.name(), concept.mirror().word(), String.join(", ", concept.also()))));
            Table.print(rows, terminal::data);
        }
        return ExitCode.PASS;
    }
}
