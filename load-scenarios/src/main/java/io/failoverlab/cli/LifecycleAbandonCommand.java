package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import io.failoverlab.topology.LifecycleHook;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "abandon",
        description = "Give a launch up: the instance is terminated. A termination goes on all the same.")
final class LifecycleAbandonCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "One that is Pending:Wait or Terminating:Wait, such as web-2a.")
    private String instance;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.CompleteLifecycleAction(instance, LifecycleHook.Result.ABANDON));
    }
}
