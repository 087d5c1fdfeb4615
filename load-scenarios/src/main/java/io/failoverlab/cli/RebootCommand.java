package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "reboot", description = "Reboot an instance: same id and address, its processes anew.")
final class RebootCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1a.")
    private String instance;

    @Override
    public Integer call() {
        return FaultRequests.ask(new ControlRequest.Reboot(instance));
    }
}
