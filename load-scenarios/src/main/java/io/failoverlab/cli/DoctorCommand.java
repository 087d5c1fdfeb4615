package io.failoverlab.cli;

import io.failoverlab.engine.Doctor;
import io.failoverlab.engine.DoctorFinding;
import io.failoverlab.engine.HostFactsReader;
import io.failoverlab.engine.LabHome;
import io.failoverlab.topology.Subnet;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = "Check this machine: a line per check, with the fix. Ends with 4 if the lab cannot work here.")
final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = "--topology",
            paramLabel = "PATTERN|FILE",
            defaultValue = "two-web-one-db",
            description = "Whose addresses must be free; default: ${DEFAULT-VALUE}.")
    private String topology;

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Topology plan = TopologyFile.named(topology);
        List<Integer> ports = List.of(plan.loadBalancer().listenerPort(), StackOptions.MONITOR_PORT);
        Terminal terminal = Terminal.ofProcess();
        List<DoctorFinding> findings = Doctor.examine(
                HostFactsReader.read(LabHome.find(), ports),
                plan.subnets().stream().map(Subnet::cidr).toList());
        findings.forEach(
                finding -> terminal.data(json.asked() ? JsonOption.line(finding) : coloured(terminal, finding)));
        return findings.stream().anyMatch(finding -> finding.level() == DoctorFinding.Level.FAIL)
                ? ExitCode.ENVIRONMENT
                : ExitCode.PASS;
    }

    private static String coloured(Terminal terminal, DoctorFinding finding) {
        return switch (finding.level()) {
            case OK -> finding.toString();
            case WARN -> terminal.yellow(finding.toString());
            case FAIL -> terminal.red(finding.toString());
        };
    }
}
