package io.failoverlab.cli;

import io.failoverlab.document.Nearest;
import io.failoverlab.environment.StackImages;
import io.failoverlab.session.Sessions;
import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.Cidr;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Retry;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
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
            names = "--retry",
            paramLabel = "POLICY",
            description = "What becomes of a request whose target fails: idempotent, safe, alb or none.")
    private String retry;

    @Option(
            names = "--timing",
            paramLabel = "CLOCKS",
            description = "lab, or aws for AWS's health checks, delays and network time-outs.")
    private String timing;

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            description = "With --timing aws: divide AWS's clocks by N, but no network time-out. With --fis: divide the"
                    + " template's times of a minute and more by N.")
    private Integer timeScale;

    @Option(
            names = "--base",
            paramLabel = "CIDR",
            description = "Another block for the VPC, such as 10.77.0.0/16, if 10.0.0.0/16 clashes with yours.")
    private String base;

    @Mixin
    private AppOptions app = new AppOptions();

    /** The application that is tested in the place of the shop, if one is. */
    AppOptions app() {
        return app;
    }

    /** The images of the stack. */
    StackImages images(Workbench bench) {
        return app.applyTo(
                bench.stackImages(), bench.engine(), bench.home().folder().resolve("docker/images"));
    }

    /** The topology with what was asked for changed. */
    Topology applyTo(Topology topology) {
        return applyTo(topology, timing(clocks(), timeScale == null ? 1 : timeScale));
    }

    /** As {@link #applyTo}; the time scale is the template's, and that of the clocks only if they are AWS's. */
    Topology applyWithTemplate(Topology topology) {
        timing(Timing.Clocks.AWS, templateScale());
        return applyTo(
                topology,
                switch (clocks()) {
                    case LAB -> Timing.LAB;
                    case AWS -> timing(Timing.Clocks.AWS, templateScale());
                });
    }

    /** What an FIS template's times are divided by. */
    int templateScale() {
        return timeScale == null ? 1 : timeScale;
    }

    private Topology applyTo(Topology topology, Timing timing) {
        Topology changed = app.applyTo(topology);
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
        if (retry != null) {
            changed = changed.withLoadBalancer(withRetry(changed.loadBalancer()));
        }
        return changed.withTiming(timing);
    }

    private LoadBalancer withRetry(LoadBalancer balancer) {
        Retry policy = constant("--retry", retry, Retry.class);
        if (balancer.type() == BalancerType.NETWORK && policy != Retry.NONE) {
            throw UserError.usage("--retry: expected none for a network balancer, found " + retry);
        }
        return balancer.withRetry(policy);
    }

    private Timing.Clocks clocks() {
        return timing == null ? Timing.Clocks.LAB : constant("--timing", timing, Timing.Clocks.class);
    }

    private static Timing timing(Timing.Clocks clocks, int scale) {
        try {
            return new Timing(clocks, scale);
        } catch (IllegalArgumentException refused) {
            throw UserError.usage("--time-scale: " + refused.getMessage());
        }
    }

    private static <E extends Enum<E>> E constant(String option, String word, Class<E> type) {
        List<String> words = Stream.of(type.getEnumConstants())
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = words.indexOf(word);
        if (index < 0) {
            throw UserError.usage(option + ": expected one of " + String.join(", ", words) + ", found " + word + "; "
                    + Nearest.hint(word, words));
        }
        return type.getEnumConstants()[index];
    }

    /** The balancer's port; checked to be free, or to be that of a dead lab's stack, which is removed before this one. */
    int servicePort(Topology topology) {
        int wanted = port != 0 ? port : topology.loadBalancer().listenerPort();
        boolean ofDeadLab = Sessions.ofUser().dead().stream()
                .anyMatch(session -> session.service().getPort() == wanted);
        if (!ofDeadLab) {
            Workbench.requireFree(wanted, "the load balancer", "--port");
        }
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
        if (retry != null) {
            options.append(" --retry ").append(retry);
        }
        if (timing != null) {
            options.append(" --timing ").append(timing);
        }
        if (timeScale != null) {
            options.append(" --time-scale ").append(timeScale);
        }
        if (base != null) {
            options.append(" --base ").append(base);
        }
        return options.append(app.asWritten()).toString();
    }
}
