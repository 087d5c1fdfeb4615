package io.failoverlab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.session.ControlRequest;
import io.failoverlab.session.FaultStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "faults",
        description = "List the faults that are not undone yet: where, since when, and when each ends by itself.")
final class FaultsCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Terminal terminal = Terminal.ofProcess();
        List<FaultStatus> faults =
                RunningLab.find().ask(new ControlRequest.Status()).faults();
        if (json) {
            terminal.data(new ObjectMapper().writeValueAsString(faults));
        } else if (faults.isEmpty()) {
            terminal.say("no fault is active");
        } else {
            faults.forEach(fault -> terminal.data(fault.line()));
        }
        return ExitCode.PASS;
    }
}
