package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.history.RequestLog;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunFolder;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.OwnSimulation;
import io.failoverlab.profile.RateStep;
import io.failoverlab.profile.Rates;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import io.failoverlab.session.ControlRequest;
import io.failoverlab.session.Session;
import io.failoverlab.session.Sessions;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.simulation.LoadResult;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.simulation.LoadSummary;
import io.failoverlab.simulation.RunningLoad;
import io.failoverlab.simulation.Threshold;
import io.failoverlab.verdict.Verdict;
import io.failoverlab.watch.LoadPublisher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "load",
        description = "Send load to the lab that is up, or to another address of this machine.",
        footer = {"", "Example:  lab load --rate 300 --for 60s --expect 'p99<200ms' --expect 'errors<=0%%'"})
final class LoadCommand implements Callable<Integer> {
    private static final Duration REPORT_LIMIT = Duration.ofMinutes(3);

    @Option(names = "--rate", paramLabel = "N", description = "Requests started a second (default: ${DEFAULT-VALUE}).")
    private int rate = 100;

    @Option(names = "--for", paramLabel = "TIME", description = "How long, ramp and warm-up included (default: 60s).")
    private Duration duration = Duration.ofSeconds(60);

    @Option(names = "--ramp", paramLabel = "TIME", description = "Rise to the rate, not judged (default: 3s).")
    private Duration ramp = Duration.ofSeconds(3);

    @Option(names = "--warm-up", paramLabel = "TIME", description = "At the rate, not judged (default: 2s).")
    private Duration warmUp = Duration.ofSeconds(2);

    @Option(
            names = "--simulation",
            paramLabel = "NAME",
            description = "browse-and-order, browse-and-reprice or browse.")
    private String simulation = Simulations.BROWSE_AND_ORDER.label();

    @Option(names = "--orders", paramLabel = "SHARE", description = "Share of orders, 0 to 1 (default: 0.2).")
    private Double orders;

    @Mixin
    private CustomerOptions customers = new CustomerOptions();

    @Option(
            names = "--rates",
            paramLabel = "COURSE",
            description =
                    "The rate as a function of time instead of --rate, --ramp and --for, steps with commas between them;"
                            + " such as '0 to 100 in 8s, 100 for 20s, spike 100 to 300 in 10s, replay rates.txt'.")
    private String rates;

    @Option(names = "--target", paramLabel = "URL", description = "Another target: loopback or a network of the lab.")
    private URI target;

    @Option(names = "--expect", paramLabel = "THRESHOLD", description = "Such as 'p99<200ms'; can be repeated.")
    private List<String> expectations = new ArrayList<>();

    @Option(names = "--stop", description = "End the load that was started on the lab's page, and do nothing else.")
    private boolean stop;

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where loads are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        if (stop) {
            return FaultRequests.ask(new ControlRequest.StopLoad());
        }
        List<Threshold> thresholds = expectations.stream().map(Threshold::parse).toList();
        Optional<Session> session = Sessions.ofUser().live();
        LoadProfile profile = profile(session);
        return Interrupts.guard(terminal, () -> {
            try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say(failure.getMessage()));
                    LoadPublisher publisher = LoadPublisher.to(session.map(Session::access), terminal::say)) {
                RunFolder folder = RunFolder.create(runs, "load", scheduler);
                terminal.say("load: "
                        + (rates == null
                                ? rate + (profile.own().isPresent() ? " customers" : " requests") + " a second for "
                                        + duration.toSeconds() + " s"
                                : profile.rates().summary())
                        + " to " + profile.target());
                try (RunningLoad load =
                        LoadGenerator.start(profile, folder.path(), LoadGenerator.HtmlReport.MAKE, second -> {
                            publisher.second(second);
                            live(terminal, second);
                        })) {
                    String what = profile.simulation().label();
                    publisher.event(load.startedAt(), "Load Started", what, profile.rate());
                    LoadResult result = load.await(profile.duration().plus(REPORT_LIMIT));
                    publisher.event(load.startedAt().plus(profile.duration()), "Load Ended", what, profile.rate());
                    folder.linkLatest();
                    List<RequestSample> samples =
                            RequestLog.read(folder.path().resolve("requests.csv"), load.startedAt(), new ArrayList<>());
                    OrdersOfLoad orders = session.isPresent()
                                    && target == null
                                    && profile.own().isEmpty()
                            ? OrdersOfLoad.read(session.get(), folder.path(), scheduler)
                            : new OrdersOfLoad(List.of(), Verdict.PASS);
                    return conclude(terminal, profile, samples, orders, thresholds, result, folder);
                }
            }
        });
    }

    /** The load that the options ask for. */
    LoadProfile profile(Optional<Session> session) {
        URI address = Optional.ofNullable(target)
                .or(() -> session.map(Session::service))
                .orElseThrow(() -> UserError.environment(
                        "no lab is up to send load to; `lab up` starts one, or name an address with --target"));
        TargetPolicy policy =
                new TargetPolicy(session.map(Session::subnets).orElse(List.of()), InetAddress::getAllByName);
        customers.requireSense();
        Optional<OwnSimulation> own = customers.own();
        Simulations chosen =
                own.isPresent() ? Simulations.OWN : customers.given() ? Simulations.GET : Simulations.named(simulation);
        double share = orders == null ? (chosen.writing() ? 0.2 : 0) : orders;
        if (rates != null) {
            return new LoadProfile(
                    chosen, course(), ramp.plus(warmUp), share, 1, policy.check(address), customers.paths(), own);
        }
        LoadProfile steady = new LoadProfile(
                customers.given() ? Simulations.BROWSE : chosen,
                rate,
                ramp,
                warmUp,
                duration,
                share,
                1,
                policy.check(address));
        return new LoadProfile(
                chosen, steady.rates(), steady.unjudged(), share, 1, steady.target(), customers.paths(), own);
    }

    private Rates course() {
        List<RateStep> steps = new ArrayList<>();
        for (String step : rates.split(",")) {
            steps.addAll(Rates.parse(step, LoadCommand::lines));
        }
        return new Rates(steps);
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException unreadable) {
            throw UserError.usage("--rates: expected a file with a rate a line, found none at " + file);
        }
    }

    private static void live(Terminal terminal, LoadSecond second) {
        String line = "%s  %d requests/s, %d failed"
                .formatted(second.at().toString().substring(11, 19), second.ok() + second.ko(), second.ko());
        if (terminal.interactive()) {
            terminal.status(line);
        } else {
            terminal.say(line);
        }
    }

    private int conclude(
            Terminal terminal,
            LoadProfile profile,
            List<RequestSample> samples,
            OrdersOfLoad orders,
            List<Threshold> thresholds,
            LoadResult result,
            RunFolder folder) {
        LoadSummary summary = LoadSummary.of(samples, profile.unjudged(), profile.duration());
        List<Threshold.Result> results =
                thresholds.stream().map(threshold -> threshold.check(summary)).toList();
        Verdict verdict = Verdict.of(List.of(
                results.stream().allMatch(Threshold.Result::passed) ? Verdict.PASS : Verdict.FAIL, orders.verdict()));
        if (json.asked()) {
            terminal.data(JsonOption.line(figures(summary, orders, results, verdict)));
        } else {
            summary.lines().forEach(terminal::data);
            orders.lines().forEach(terminal::data);
            Threshold.Result.lines(results).forEach(terminal::data);
        }
        result.report().ifPresent(page -> terminal.say("Gatling's report: " + page));
        terminal.say("Kept in " + folder.path());
        return ExitCode.of(verdict);
    }

    private static Map<String, Object> figures(
            LoadSummary summary, OrdersOfLoad orders, List<Threshold.Result> thresholds, Verdict verdict) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("requests", summary.requests());
        figures.put("ok", summary.ok());
        figures.put("failed", summary.ko());
        figures.put("causes", summary.lost());
        figures.put("requestsPerSecond", summary.rate());
        figures.put("p50Millis", summary.p50().toMillis());
        figures.put("p95Millis", summary.p95().toMillis());
        figures.put("p99Millis", summary.p99().toMillis());
        figures.put("maxMillis", summary.max().toMillis());
        figures.put("orders", orders.lines().stream().map(String::strip).toList());
        figures.put("thresholds", thresholds);
        figures.put("verdict", verdict);
        return figures;
    }
}
