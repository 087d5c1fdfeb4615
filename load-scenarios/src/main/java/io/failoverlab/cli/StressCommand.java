package io.failoverlab.cli;

import io.failoverlab.fault.FaultKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "stress", description = "Run `yes > /dev/null` inside an instance, as often as asked.")
final class StressCommand implements Callable<Integer> {
    @Parameters(paramLabel = "INSTANCE", description = "Such as web-1c.")
    private String instance;

    @Option(names = "--yes", paramLabel = "N", description = "How many processes (default: ${DEFAULT-VALUE}).")
    private String yes = "5";

    @Option(
            names = "--percent",
            paramLabel = "N",
            description = "Of the instance's processors that they take together (default: all that they get).")
    private String percent = "100";

    @Option(names = "--for", paramLabel = "TIME", description = "How long, such as 30s (default: 60s).")
    private Duration limit = FaultKind.DEFAULT_LIMIT;

    @Override
    public Integer call() {
        return FaultRequests.inject("cpu-stress", instance, limit, Map.of("yes", yes, "percent", percent), false);
    }
}
