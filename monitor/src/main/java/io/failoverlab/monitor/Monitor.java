package io.failoverlab.monitor;

import io.failoverlab.access.Policy;
import io.failoverlab.access.PolicyDocument;
import io.failoverlab.access.Role;
import io.failoverlab.alarm.Timing;
import io.failoverlab.api.AlarmFileException;
import io.failoverlab.scrape.Target;
import io.failoverlab.store.StoreException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The monitor as a process: a local CloudWatch on 127.0.0.1. Once it serves it prints one JSON line on standard output, with its URL
 * and, if it requires a token, the address that lets one browser in, once; all else goes to standard error. It exits with 2 for wrong options or a wrong file of alarms, and with 4 if the port or the store
 * cannot be had.
 */
@Command(
        name = "monitor",
        mixinStandardHelpOptions = true,
        version = "Failover Lab monitor 0.1.0",
        sortOptions = false,
        description = "A local CloudWatch: takes metrics, judges alarms, shows them on a page.",
        footer = {
            "",
            "Example: monitor --port 4580 --scrape http://127.0.0.1:9000/metrics",
            "Then point a client at it: AWS_ENDPOINT_URL_CLOUDWATCH=http://127.0.0.1:4580"
        })
public final class Monitor implements Callable<Integer> {
    private static final int NOT_AVAILABLE = 4;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            defaultValue = "monitor.db",
            description = "SQLite file for metrics, alarms and events, made if missing (default: ${DEFAULT-VALUE}).")
    private Path store;

    @Option(
            names = "--timing",
            paramLabel = "lab|aws",
            defaultValue = "lab",
            description = "lab: alarm periods of 1 s, judged at once; aws: as CloudWatch (default: ${DEFAULT-VALUE}).")
    private String timing;

    @Option(
            names = "--scrape-targets",
            paramLabel = "FILE",
            description = "Targets to scrape, in Prometheus's file_sd JSON; read again when it changes.")
    private Path scrapeTargets;

    @Option(names = "--scrape", paramLabel = "URL", description = "A target to scrape; may be repeated.")
    private List<URI> scrape = new ArrayList<>();

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "Every alarm state change is POSTed there as JSON; may be repeated.")
    private List<URI> webhooks = new ArrayList<>();

    @Option(
            names = "--on-alarm",
            paramLabel = "COMMAND",
            description = "Run by the shell for every alarm state change, with its JSON on standard input, for at most"
                    + " 10 s; again until it ends with 0; may be repeated.")
    private List<String> alarmCommands = new ArrayList<>();

    @Option(
            names = "--alarms",
            paramLabel = "FILE",
            description = "Alarms to define: one or a list of inputs of PutMetricAlarm or PutCompositeAlarm, YAML or"
                    + " JSON; read again when it changes.")
    private Path alarmFile;

    @Option(
            names = "--require-token",
            description =
                    "Serve only requests that carry the token in FILE.token beside the store: AWS clients as access"
                            + " key id, others as Authorization: Bearer, browsers by the printed link of one use.")
    private boolean requireToken;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = Entrance.LOOPBACK,
            description = "Address of this machine to serve on; any but 127.0.0.1 needs --require-token"
                    + " (default: ${DEFAULT-VALUE}).")
    private String bind;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Statements in IAM's form for the roles view, operate and break, beside those built in; one"
                    + " that denies wins.")
    private Path policy;

    @Option(
            names = "--runs",
            paramLabel = "FOLDER",
            description = "Finished runs that the page lists and compares, as `lab run` keeps them.")
    private Path runs;

    @Option(names = "--lab", hidden = true, description = "The socket of the lab whose actions the page offers.")
    private Path lab;

    @Option(names = "--exit-with-parent", description = "End when standard input ends.")
    private boolean exitWithParent;

    @Spec
    private CommandSpec spec;

    private final InputStream in;

    private Monitor(InputStream in) {
        this.in = in;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Monitor(System.in)).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        RunningMonitor monitor;
        MonitorSettings settings;
        try {
            settings = settings();
            monitor = RunningMonitor.start(settings, InstantSource.system());
        } catch (JavalinBindException e) {
            err.println("Port " + port + " of " + bind + " is in use; stop what uses it or give another --port.");
            return NOT_AVAILABLE;
        } catch (StoreException | IOException e) {
            err.println(e.getMessage());
            return NOT_AVAILABLE;
        } catch (AlarmFileException e) {
            err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(monitor::close, "shutdown"));
        PrintWriter out = spec.commandLine().getOut();
        String login = settings.entrance()
                .token()
                .map(token -> ",\"login\":\"" + token.loginLink(monitor.url(), Role.BREAK) + "\"")
                .orElse("");
        settings.entrance().warning(monitor.url().getPort()).ifPresent(err::println);
        out.println("{\"url\":\"" + monitor.url() + "\"" + login + "}");
        out.flush();
        CountDownLatch end = new CountDownLatch(1);
        if (exitWithParent) {
            Thread.ofPlatform().daemon().name("parent-watch").start(() -> awaitEndOf(in, end));
        }
        end.await();
        return 0;
    }

    private static void awaitEndOf(InputStream in, CountDownLatch end) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // a broken pipe is an end, too
        } finally {
            end.countDown();
        }
    }

    private MonitorSettings settings() throws IOException {
        try {
            webhooks.forEach(Monitor::requireHttp);
            return new MonitorSettings(
                    port,
                    store,
                    timing(),
                    Optional.ofNullable(scrapeTargets),
                    scrape.stream().map(Target::of).toList(),
                    webhooks,
                    alarmCommands,
                    Optional.ofNullable(alarmFile),
                    entrance(),
                    Optional.ofNullable(lab),
                    Optional.ofNullable(runs));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Entrance entrance() throws IOException {
        Policy built = Policy.builtIn();
        Policy decides = policy == null ? built : built.and(PolicyDocument.read(policy));
        Optional<AccessToken> token = requireToken
                ? Optional.of(
                        AccessToken.in(store.resolveSibling(store.getFileName() + ".token"), InstantSource.system()))
                : Optional.empty();
        Entrance entrance = new Entrance(bind, token, decides);
        entrance.requireOwn();
        return entrance;
    }

    private Timing timing() {
        return switch (timing.toLowerCase(Locale.ROOT)) {
            case "lab" -> Timing.LAB;
            case "aws" -> Timing.AWS;
            default -> throw new IllegalArgumentException("--timing is lab or aws, found '" + timing + "'");
        };
    }

    private static void requireHttp(URI url) {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "a webhook is a URL like http://127.0.0.1:9100/alarms, found '" + url + "'");
        }
    }
}
