package io.failoverlab.cli;

import io.failoverlab.comparison.ComparisonJson;
import io.failoverlab.comparison.ComparisonText;
import io.failoverlab.comparison.PatternDamage;
import io.failoverlab.comparison.RedundancyDamage;
import io.failoverlab.comparison.Strike;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "redundancy",
        description = {
            "Kill the primary of a Multi-AZ database under load, once with each kind of standby: hot, warm, cold, and a snapshot.",
            "One table of how long it took and which acknowledged writes are gone."
        },
        footer = {"", "Another topology, and two kinds:  lab compare redundancy --topology mine.yaml hot cold"})
final class CompareRedundancyCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "STANDBY",
            description = "hot, warm, cold, cold-snapshot (default: all of them).")
    private List<String> names = Redundancy.labels();

    @Option(
            names = "--topology",
            paramLabel = "NAME|FILE",
            description = "With a Multi-AZ database (default: ${DEFAULT-VALUE}).")
    private String topology = "two-web-multi-az";

    @Mixin
    private CampaignRuns campaign = new CampaignRuns(Duration.ofSeconds(20));

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        campaign.campaign();
        List<Redundancy> kinds = kinds();
        Topology multiAz = campaign.applyTo(TopologyFile.named(topology));
        if (!multiAz.hasStandby()) {
            throw UserError.usage("--topology: expected a Multi-AZ database, found " + multiAz.name()
                    + " without a standby; two-web-multi-az has one");
        }
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                List<RedundancyDamage> found = new ArrayList<>();
                try {
                    for (Redundancy kind : kinds) {
                        found.add(struck(bench, terminal, multiAz, kind));
                    }
                } finally {
                    show(terminal, found);
                }
                return ExitCode.of(
                        Verdict.of(found.stream().map(RedundancyDamage::verdict).toList()));
            }
        });
    }

    private List<Redundancy> kinds() {
        try {
            return names.stream().map(Redundancy::labelled).distinct().toList();
        } catch (IllegalArgumentException unknown) {
            throw UserError.usage(unknown.getMessage());
        }
    }

    private RedundancyDamage struck(Workbench bench, Terminal terminal, Topology multiAz, Redundancy kind)
            throws IOException, InterruptedException {
        Topology struck = multiAz.withRedundancy(kind);
        terminal.say("standby " + kind.label());
        List<Strike> kill = campaign.campaign().kills(struck).stream()
                .filter(it -> it.where().equals(struck.primaryDatabase().name()))
                .toList();
        List<PatternDamage> found = new ArrayList<>();
        campaign.strike(bench, terminal, struck, kill, repeat(), found);
        return new RedundancyDamage(kind, found.getFirst().damages().getFirst());
    }

    private void show(Terminal terminal, List<RedundancyDamage> found) throws IOException {
        if (found.isEmpty()) {
            return;
        }
        String rendered = ComparisonJson.redundancies(found);
        if (json.asked()) {
            terminal.data(JsonOption.compact(rendered));
        } else {
            Table.print(ComparisonText.redundancies(found), terminal::data);
            found.forEach(each -> each.damage()
                    .doubts()
                    .forEach(doubt ->
                            terminal.data("not to be trusted: " + each.standby().label() + ": " + doubt)));
        }
        Path folder = Files.createDirectories(campaign.runs().resolve("compare-redundancy"));
        Path file = Files.writeString(folder.resolve("comparison.json"), rendered);
        terminal.say("for programs: " + file);
        terminal.say("repeat: " + repeat());
    }

    private String repeat() {
        return "./lab compare redundancy " + String.join(" ", names) + " --topology " + topology + campaign.asWritten();
    }
}
