package io.failoverlab.cli;

import io.failoverlab.engine.Engine;
import io.failoverlab.environment.StackImages;
import io.failoverlab.topology.Application;
import io.failoverlab.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The application to test instead of the sample shop. */
final class AppOptions {
    private static final String JAR = "/run/failover-lab/application.jar";
    private static final int PORT = 8080;
    private static final List<String> RUN_JAR =
            List.of("java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-jar", JAR);

    @Option(
            names = "--app",
            paramLabel = "IMAGE",
            description =
                    "Test this image instead of the sample shop. It has a shell and needs no privilege; its database is"
                            + " in MYSQL_HOST, _PORT, _DATABASE, _USER and _PASSWORD, and in SPRING_DATASOURCE_URL, _USERNAME and"
                            + " _PASSWORD.")
    private String image;

    @Option(
            names = "--app-jar",
            paramLabel = "FILE",
            description = "Test this executable jar, such as a Spring Boot one, on the shop's Java runtime.")
    private Path jar;

    @Option(
            names = "--app-port",
            paramLabel = "PORT",
            description = "Where the application serves (default: 8080; it is told in PORT and SERVER_PORT).")
    private Integer port;

    @Option(
            names = "--app-health",
            paramLabel = "PATH",
            description = "What the health checks ask it for; 200 passes (default: /).")
    private String health;

    @Option(names = "--app-env", paramLabel = "NAME=VALUE", description = "A variable for it; no secret.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--app-command",
            paramLabel = "COMMAND",
            description = "What starts it, words between blanks (default: what the image says).")
    private String command;

    @Option(
            names = "--app-writable",
            paramLabel = "PATH",
            description = "A folder that it may write to, beside /tmp; empty at each start.")
    private List<String> writable = new ArrayList<>();

    @Option(
            names = "--app-idempotent",
            description =
                    "It keeps to an Idempotency-Key: a POST that carries one may be repeated. Without it none is.")
    private boolean idempotent;

    boolean given() {
        return image != null || jar != null;
    }

    /** @throws UserError if an option needs an application and there is none */
    void requireSense() {
        boolean others = port != null
                || health != null
                || !environment.isEmpty()
                || command != null
                || !writable.isEmpty()
                || idempotent;
        if (!given() && others) {
            throw UserError.usage("--app-port, --app-health, --app-env, --app-command, --app-writable and"
                    + " --app-idempotent go with --app or --app-jar; found neither");
        }
        if (jar != null && !Files.isRegularFile(jar)) {
            throw UserError.usage("--app-jar: expected a jar, found no file " + jar);
        }
    }

    /** The topology with its health checks and retries fit for the application. */
    Topology applyTo(Topology topology) {
        requireSense();
        if (!given()) {
            return topology;
        }
        var balancer = topology.loadBalancer();
        try {
            return topology.withLoadBalancer(
                    balancer.withHealthCheck(balancer.healthCheck().withPath(health == null ? "/" : health))
                            .withRetry(application(List.of("true"))
                                    .retry(balancer.forwarding().retry())));
        } catch (IllegalArgumentException refused) {
            throw UserError.usage("--app: " + refused.getMessage());
        }
    }

    /** The images of a stack with it; those that were given if there is none. */
    StackImages applyTo(StackImages images, Engine engine, Path scripts) {
        return given() ? images.with(application(started(engine)), scripts) : images;
    }

    private List<String> started(Engine engine) {
        if (command != null) {
            return List.of(command.strip().split("\\s+"));
        }
        return image == null ? RUN_JAR : engine.startCommand(image);
    }

    private Application application(List<String> started) {
        return new Application(
                Optional.ofNullable(image),
                Optional.ofNullable(jar)
                        .map(file -> file.toAbsolutePath().normalize().toString()),
                port == null ? PORT : port,
                environment,
                started,
                writable,
                idempotent);
    }

    /** The options as they were given, for the command that repeats the run. */
    String asWritten() {
        if (!given()) {
            return "";
        }
        StringBuilder options = new StringBuilder();
        options.append(image == null ? " --app-jar " + quoted(jar.toString()) : " --app " + quoted(image));
        if (port != null) {
            options.append(" --app-port ").append(port);
        }
        if (health != null) {
            options.append(" --app-health ").append(quoted(health));
        }
        environment.forEach((name, value) -> options.append(" --app-env ").append(quoted(name + "=" + value)));
        if (command != null) {
            options.append(" --app-command ").append(quoted(command));
        }
        writable.forEach(path -> options.append(" --app-writable ").append(quoted(path)));
        if (idempotent) {
            options.append(" --app-idempotent");
        }
        return options.toString();
    }

    static String quoted(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
