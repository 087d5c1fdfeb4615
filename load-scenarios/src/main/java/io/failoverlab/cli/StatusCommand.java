package io.failoverlab.cli;

import io.failoverlab.session.ControlReply;
import io.failoverlab.session.ControlRequest;
import io.failoverlab.session.GroupStatus;
import io.failoverlab.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show the instances of the lab that is up, their states and faults.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        RunningLab lab = RunningLab.find();
        ControlReply status = lab.ask(new ControlRequest.Status());
        Session session = lab.session();
        if (json.asked()) {
            terminal.data(JsonOption.line(Map.of(
                    "run", session.run(),
                    "topology", session.topology(),
                    "service", session.service().toString(),
                    "monitor", session.monitor().toString(),
                    "instances", status.instances(),
                    "autoScalingGroups", status.groups(),
                    "faults", status.faults())));
            return ExitCode.PASS;
        }
        terminal.data(session.topology() + ", run " + session.run() + ", shop " + session.service() + ", monitor "
                + session.monitor());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "INSTANCE", "ZONE", "ADDRESS", "STATE", "TARGET", "REASON"));
        status.instances()
                .forEach(it -> rows.add(
                        List.of(it.name(), it.id(), it.zone(), it.address(), it.state(), it.target(), it.reason())));
        Table.print(rows, terminal::data);
        status.groups().forEach(group -> print(group, terminal));
        status.faults().forEach(fault -> terminal.data("fault: " + fault.line()));
        return ExitCode.PASS;
    }

    private static void print(GroupStatus group, Terminal terminal) {
        terminal.data("");
        terminal.data("group " + group.name() + ": desired " + group.desired() + ", min " + group.min() + ", max "
                + group.max());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "INSTANCE", "LIFECYCLE STATE", "HEALTH", "SCALE-IN"));
        group.instances()
                .forEach(it -> rows.add(List.of(
                        it.name(),
                        it.id(),
                        it.lifecycleState(),
                        it.healthStatus(),
                        it.protectedFromScaleIn() ? "protected" : "")));
        Table.print(rows, terminal::data);
        group.activities()
                .forEach(it -> terminal.data("activity %s  %s  %s%s%s"
                        .formatted(
                                it.start(),
                                it.statusCode(),
                                it.description(),
                                it.instance().isEmpty() ? "" : " (" + it.instance() + ")",
                                it.details().isEmpty() ? "" : ": " + it.details())));
    }
}
