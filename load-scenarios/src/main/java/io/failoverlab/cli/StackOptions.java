package io.failoverlab.cli;

import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.Cidr;
import io.failoverlab.topology.Topology;
import picocli.CommandLine.Option;

/** Options of all commands that bring a stack up. */
final class StackOptions {
    static final int MONITOR_PORT = 8490;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the load balancer on 127.0.0.1.")
    private int port;

    @Option(
            names = "--monitor-port",
            paramLabel = "PORT",
            description = "Port of the page and the CloudWatch API on 127.0.0.1 (default: " + MONITOR_PORT + ").")
    private int monitorPort = MONITOR_PORT;

    @Option(names = "--web", paramLabel = "N", description = "Number of web servers, spread over the zones.")
    private Integer web;

    @Option(
            names = "--balancer",
            paramLabel = "MODE",
            description = "tuned, or nginx-default to see what nginx does by itself.")
    private String balancer;

    @Option(
            names = "--base",
            paramLabel = "CIDR",
            description = "Another block for the VPC, such as 10.77.0.0/16, if 10.0.0.0/16 clashes with yours.")
    private String base;

    /** The topology with what was asked for changed. */
    Topology applyTo(Topology topology) {
        Topology changed = topology;
        if (base != null) {
            changed = changed.withBase(Cidr.parse(base));
        }
        if (web != null) {
            changed = changed.withWeb(web);
        }
        if (balancer != null) {
            changed = changed.withLoadBalancer(changed.loadBalancer()
                    .withBalancing(
                            switch (balancer) {
                                case "tuned" -> Balancing.TUNED;
                                case "nginx-default" -> Balancing.NGINX_DEFAULT;
                                default ->
                                    throw UserError.usage(
                                            "--balancer: expected tuned or nginx-default, found " + balancer);
                            }));
        }
        return changed;
    }

    /** The balancer's port; checked to be free. */
    int servicePort(Topology topology) {
        int wanted = port != 0 ? port : topology.loadBalancer().listenerPort();
        Workbench.requireFree(wanted, "the load balancer", "--port");
        return wanted;
    }

    /** The monitor's port; checked to be free. */
    int monitorPort() {
        Workbench.requireFree(monitorPort, "the monitor", "--monitor-port");
        return monitorPort;
    }

    /** The options as they were given, for the command that repeats the run. */
    String asWritten() {
        StringBuilder options = new StringBuilder();
        if (port != 0) {
            options.append(" --port ").append(port);
        }
        if (monitorPort != MONITOR_PORT) {
            options.append(" --monitor-port ").append(monitorPort);
        }
        if (web != null) {
            options.append(" --web ").append(web);
        }
        if (balancer != null) {
            options.append(" --balancer ").append(balancer);
        }
        if (base != null) {
            options.append(" --base ").append(base);
        }
        return options.toString();
    }
}
