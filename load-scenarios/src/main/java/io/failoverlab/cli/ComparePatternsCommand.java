package io.failoverlab.cli;

import io.failoverlab.comparison.ComparisonJson;
import io.failoverlab.comparison.ComparisonPicture;
import io.failoverlab.comparison.ComparisonText;
import io.failoverlab.comparison.PatternDamage;
import io.failoverlab.comparison.StatedAvailability;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "patterns",
        description = {
            "Kill each part of every pattern once, then cut the power of its database's zone: one table of what was lost,",
            "beside what the formulas of reliability foretell."
        },
        footer = {"", "Other topologies:  lab compare patterns two-web-one-db mine.yaml --rate 200"})
final class ComparePatternsCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "NAME|FILE", description = "Topologies (default: the three patterns).")
    private List<String> names = List.of("one-web-one-db", "two-web-one-db", "two-web-multi-az");

    @Mixin
    private CampaignRuns campaign = new CampaignRuns();

    @Option(
            names = "--stated",
            paramLabel = "LB,WEB,DB",
            split = ",",
            arity = "1",
            description =
                    "Availability of a balancer, a web server, a database, in percent (default: AWS's 99.99,99.5,99.5).")
    private List<Double> stated = List.of();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        StatedAvailability availability = stated();
        campaign.campaign();
        List<Topology> topologies =
                names.stream().map(TopologyFile::named).map(campaign::applyTo).toList();
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                List<PatternDamage> patterns = new ArrayList<>();
                try {
                    for (Topology topology : topologies) {
                        campaign.strike(
                                bench, terminal, topology, campaign.campaign().all(topology), repeat(), patterns);
                    }
                } finally {
                    show(terminal, patterns, availability);
                }
                return ExitCode.of(
                        Verdict.of(patterns.stream().map(PatternDamage::verdict).toList()));
            }
        });
    }

    private StatedAvailability stated() {
        if (stated.isEmpty()) {
            return StatedAvailability.AWS;
        }
        if (stated.size() != 3 || stated.stream().anyMatch(it -> !(it >= 0 && it <= 100))) {
            throw UserError.usage(
                    "--stated: expected three numbers of 0 to 100, such as 99.99,99.5,99.5, found " + stated);
        }
        return new StatedAvailability(stated.get(0) / 100, stated.get(1) / 100, stated.get(2) / 100);
    }

    private void show(Terminal terminal, List<PatternDamage> patterns, StatedAvailability availability)
            throws IOException {
        if (patterns.isEmpty()) {
            return;
        }
        String rendered = ComparisonJson.render(patterns, availability);
        if (json.asked()) {
            terminal.data(JsonOption.compact(rendered));
        } else {
            Table.print(ComparisonText.strikes(patterns), terminal::data);
            terminal.data("");
            Table.print(ComparisonText.summary(patterns, availability), terminal::data);
            ComparisonText.notes(patterns, availability).forEach(terminal::data);
        }
        Path folder = Files.createDirectories(campaign.runs().resolve("compare-patterns"));
        Files.writeString(folder.resolve("comparison.json"), rendered);
        Path picture = Files.writeString(folder.resolve("comparison.svg"), ComparisonPicture.render(patterns));
        terminal.say("Picture: " + picture + "  ·  for programs: " + folder.resolve("comparison.json"));
        terminal.say("repeat: " + repeat());
    }

    private String repeat() {
        return "./lab compare patterns " + String.join(" ", names) + campaign.asWritten();
    }
}
