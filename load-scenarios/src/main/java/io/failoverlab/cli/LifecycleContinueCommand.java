package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import io.failoverlab.topology.LifecycleHook;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "continue", description = "Let the launch or the termination go on.")
final class LifecycleContinueCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "One that is Pending:Wait or Terminating:Wait, such as web-2a.")
    private String instance;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.CompleteLifecycleAction(instance, LifecycleHook.Result.CONTINUE));
    }
}
