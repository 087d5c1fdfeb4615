package io.failoverlab.cli;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentRunner;
import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.history.RunFolder;
import io.failoverlab.report.Reports;
import io.failoverlab.simulation.LoadGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One of several runs: says nothing while it lasts, and keeps history and reports as any other.
 *
 * @param inServiceAt when its stack was in service
 */
record QuietRun(RunOutcome outcome, Instant inServiceAt) {

    /**
     * @param runs folder of all runs
     * @param repeat the command that repeats it
     */
    static QuietRun of(Workbench bench, Experiment plan, StackOptions stack, Path runs, String repeat)
            throws IOException, InterruptedException {
        RunFolder folder = RunFolder.create(runs, plan.name(), bench.scheduler());
        BenchNarrator narrator = new BenchNarrator(bench.scheduler());
        RunOutcome outcome = new ExperimentRunner(
                        plan,
                        bench.runOptions(
                                folder,
                                stack.images(bench),
                                stack.servicePort(plan.topology()),
                                stack.monitorPort(),
                                repeat,
                                LoadGenerator.HtmlReport.LEAVE_OUT),
                        bench.engine(),
                        bench.scheduler(),
                        narrator,
                        narrator)
                .run();
        folder.linkLatest();
        Reports.save(outcome.history(), outcome.judgement(), outcome.folder());
        return new QuietRun(outcome, narrator.inServiceAt());
    }
}
