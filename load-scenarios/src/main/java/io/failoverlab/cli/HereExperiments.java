package io.failoverlab.cli;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.environment.Environment;
import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentFile;
import io.failoverlab.experiment.ExperimentRunner;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.history.RunFolder;
import io.failoverlab.report.Reports;
import io.failoverlab.session.Experiments;
import io.failoverlab.session.LabSession;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs experiments on the stack of this process's lab, and judges and reports them as any other. */
final class HereExperiments implements Experiments {
    private static final long SEED = 1;

    private record Fitting(Topology topology, boolean shop, List<String> names) {}

    private final Workbench bench;
    private final Path runs;
    private final Terminal terminal;
    private volatile Fitting last;

    HereExperiments(Workbench bench, Path runs, Terminal terminal) {
        this.bench = bench;
        this.runs = runs;
        this.terminal = terminal;
    }

    @Override
    public List<String> fitting(Topology topology, boolean shop) {
        Fitting known = last;
        if (known == null || known.shop() != shop || !known.topology().equals(topology)) {
            known = new Fitting(
                    topology,
                    shop,
                    ExperimentFile.builtIn().stream()
                            .filter(name -> fits(name, topology, shop))
                            .toList());
            last = known;
        }
        return known.names();
    }

    /** Whether the stack has every instance and zone that it breaks, and knows the requests that it sends. */
    static boolean fits(String name, Topology topology, boolean shop) {
        try {
            Experiment read = ExperimentFile.read(name, SEED, itsOwn -> topology);
            return shop || !sendsShopsRequests(read);
        } catch (InvalidInput doesNot) {
            return false;
        }
    }

    /** Those of the shop's customers; an application of the user's knows the paths alone that its experiments name. */
    private static boolean sendsShopsRequests(Experiment experiment) {
        return experiment.load().paths().isEmpty();
    }

    /** @throws IllegalArgumentException if it sends the shop's requests, and the shop is not there */
    static void requireItsRequestsKnown(Experiment experiment, boolean shop) {
        if (!shop && sendsShopsRequests(experiment)) {
            throw new IllegalArgumentException("expected an experiment with the simulation get and paths of the"
                    + " application that this stack serves, found the requests of the sample shop's customers in "
                    + experiment.name());
        }
    }

    @Override
    public Path run(LabSession lab, String name) throws IOException, InterruptedException {
        Environment environment = lab.environment();
        requireCalm(environment);
        Experiment plan = ExperimentFile.read(name, SEED, itsOwn -> environment.topology());
        requireItsRequestsKnown(plan, lab.images().own().isEmpty());
        RunFolder folder = RunFolder.create(runs, plan.name(), bench.scheduler());
        HereNarrator narrator = new HereNarrator(plan.name(), lab.monitor(), terminal, bench.scheduler());
        narrator.begins();
        RunOutcome outcome = new ExperimentRunner(
                        plan,
                        bench.optionsHere(lab, folder, "./lab run " + name + " --here"),
                        bench.engine(),
                        bench.scheduler(),
                        bench.progress(),
                        narrator)
                .runOn(lab);
        Reports.save(outcome.history(), outcome.judgement(), outcome.folder());
        folder.linkLatest();
        narrator.ends(outcome.judgement().verdict() + ": " + outcome.judgement().sentence());
        return folder.path().toAbsolutePath();
    }

    /** What was broken before would be taken for what the experiment breaks. */
    private static void requireCalm(Environment environment) {
        if (!environment.faults().isEmpty()) {
            throw new IllegalArgumentException("expected a stack without faults, found "
                    + environment.faults().stream()
                            .map(it -> it.fault().name() + " of " + it.where())
                            .toList()
                    + "; `lab start INSTANCE` undoes one");
        }
        if (!environment.isInService()) {
            throw new IllegalArgumentException("expected every target to be in service, found otherwise: "
                    + String.join(", ", environment.outOfService()));
        }
    }
}
