package io.failoverlab.cli;

import io.failoverlab.comparison.ComparisonText;
import io.failoverlab.comparison.PatternDamage;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "spof",
        description = {
            "Find the single points of failure of a topology: kill each part once, under load, and see what is not served",
            "while it is dead."
        })
final class SpofCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME|FILE", description = "The topology (default: ${DEFAULT-VALUE}).")
    private String name = "two-web-one-db";

    @Mixin
    private CampaignRuns campaign = new CampaignRuns();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        campaign.campaign();
        Topology topology = campaign.applyTo(TopologyFile.named(name));
        return Interrupts.guard(terminal, () -> {
            try (Workbench bench = Workbench.prepare(terminal)) {
                List<PatternDamage> found = new ArrayList<>();
                try {
                    campaign.strike(
                            bench, terminal, topology, campaign.campaign().kills(topology), repeat(), found);
                } finally {
                    found.forEach(pattern -> show(terminal, pattern));
                }
                return ExitCode.of(found.getFirst().verdict());
            }
        });
    }

    private void show(Terminal terminal, PatternDamage pattern) {
        json.print(ComparisonText.strikes(List.of(pattern)), terminal);
        ComparisonText.doubts(pattern)
                .forEach(doubt -> terminal.data(json.asked() ? JsonOption.line(Map.of("doubt", doubt)) : doubt));
        List<String> points = pattern.singlePointsOfFailure().stream()
                .map(damage -> damage.strike().where())
                .toList();
        if (json.asked()) {
            terminal.data(JsonOption.line(Map.of("singlePointsOfFailure", points)));
        } else {
            terminal.data(
                    points.isEmpty()
                            ? "no single point of failure"
                            : "single points of failure: " + String.join(", ", points));
        }
        terminal.say("repeat: " + repeat());
    }

    private String repeat() {
        return "./lab spof " + name + campaign.asWritten();
    }
}
