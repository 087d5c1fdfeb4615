package io.failoverlab.cli;

import io.failoverlab.engine.LabHome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The part of {@code lab test} after Maven: one line that counts everything, skipped tests with their reasons. */
@Command(name = "test-report", hidden = true, description = "Count the tests of the last run.")
final class TestReportCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        TestTally tally = TestTally.read(LabHome.find().folder());
        Terminal terminal = Terminal.ofProcess();
        tally.failed().forEach(test -> terminal.data("failed: " + test));
        terminal.data(tally.toString());
        return tally.isGreen() ? ExitCode.PASS : ExitCode.FAIL;
    }
}
