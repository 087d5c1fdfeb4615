package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import io.failoverlab.session.FaultStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "faults",
        description = "List the faults that are not undone yet: where, since when, and when each ends by itself.")
final class FaultsCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        List<FaultStatus> faults =
                RunningLab.find().ask(new ControlRequest.Status()).faults();
        if (json.asked()) {
            faults.forEach(fault -> terminal.data(JsonOption.line(fault)));
        } else if (faults.isEmpty()) {
            terminal.say("no fault is active");
        } else {
            faults.forEach(fault -> terminal.data(fault.line()));
        }
        return ExitCode.PASS;
    }
}
