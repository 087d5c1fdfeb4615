package io.failoverlab.cli;

import io.failoverlab.engine.LabHome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The part of {@code lab test} after Maven: one line that counts everything, skipped tests with their reasons. */
@Command(name = "test-report", hidden = true, description = "Count the tests of the last run.")
final class TestReportCommand implements Callable<Integer> {
    @Option(
            names = "--build-failed",
            description = "Maven ended with an error, which can have kept tests from running.")
    private boolean buildFailed;

    @Override
    public Integer call() {
        TestTally tally = TestTally.read(LabHome.find().folder());
        Terminal terminal = Terminal.ofProcess();
        tally.failed().forEach(test -> terminal.data("failed: " + test));
        terminal.data(tally + (buildFailed ? "; the build failed, see above: not every test may have run" : ""));
        return tally.isGreen() && !buildFailed ? ExitCode.PASS : ExitCode.FAIL;
    }
}
