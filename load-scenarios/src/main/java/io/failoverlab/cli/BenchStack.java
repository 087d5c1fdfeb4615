package io.failoverlab.cli;

import io.failoverlab.bench.MonitorBench;
import io.failoverlab.session.LabSession;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Topology;
import io.failoverlab.watch.AlarmChange;
import java.util.List;
import java.util.function.Consumer;

/** The stack whose instances a benchmark kills; engine and images are seen to only if it is asked for. */
final class BenchStack implements MonitorBench.Stack, AutoCloseable {
    private static final Telemetry NOBODY = new Telemetry() {
        @Override
        public void measured(List<Measurement> measurements) {
            // the monitor is told; nobody else needs to be
        }

        @Override
        public void happened(StackEvent event) {
            // as above
        }
    };

    private final Terminal terminal;
    private final Topology topology;
    private final StackOptions options;
    private Workbench workbench;

    BenchStack(Terminal terminal, Topology topology, StackOptions options) {
        this.terminal = terminal;
        this.topology = topology;
        this.options = options;
    }

    @Override
    public LabSession up(Consumer<AlarmChange> alarms) {
        int servicePort = options.servicePort(topology);
        int monitorPort = options.monitorPort();
        workbench = Workbench.prepare(terminal);
        workbench.requireRoom(topology);
        return LabSession.up(
                new LabSession.Options(
                        workbench.home().folder(),
                        Workbench.newRun(),
                        topology,
                        workbench.stackImages(),
                        servicePort,
                        monitorPort),
                workbench.engine(),
                workbench.scheduler(),
                new LabSession.Listeners(workbench.progress(), NOBODY, alarms, terminal::say));
    }

    @Override
    public void close() {
        if (workbench != null) {
            workbench.close();
        }
    }
}
