package io.failoverlab.cli;

import io.failoverlab.engine.LabHome;
import io.failoverlab.watch.MonitorCommandLine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

@Command(
        name = "monitor",
        description = "Run the monitor alone: a local CloudWatch. `lab monitor --help` lists its own options.")
final class MonitorCommand implements Callable<Integer> {
    @Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        List<String> command = MonitorCommandLine.of(LabHome.find().folder());
        command.addAll(options);
        // Its standard input is a pipe from here, so that it ends with this process, however that ends.
        command.add("--exit-with-parent");
        return MonitorCommandLine.process()
                .command(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }
}
