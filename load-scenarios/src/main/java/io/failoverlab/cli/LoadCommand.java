package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.history.RequestLog;
import io.failoverlab.history.RequestSample;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
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
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Option(names = "--simulation", paramLabel = "NAME", description = "browse-and-order or browse.")
    private String simulation = Simulations.BROWSE_AND_ORDER.label();

    @Option(names = "--orders", paramLabel = "SHARE", description = "Share of orders, 0 to 1 (default: 0.2).")
    private Double orders;

    @Option(names = "--target", paramLabel = "URL", description = "Another target: loopback or a network of the lab.")
    private URI target;

    @Option(names = "--expect", paramLabel = "THRESHOLD", description = "Such as 'p99<200ms'; can be repeated.")
    private List<String> expectations = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "FOLDER", description = "Where loads are kept (default: ./runs).")
    private Path runs = Path.of("runs");

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.ofProcess();
        List<Threshold> thresholds = expectations.stream().map(Threshold::parse).toList();
        Optional<Session> session = Sessions.ofUser().live();
        LoadProfile profile = profile(session);
        return Interrupts.guard(terminal, () -> {
            try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say(failure.getMessage()));
                    LoadPublisher publisher = LoadPublisher.to(session.map(Session::monitor), terminal::say)) {
                RunFolder folder = RunFolder.create(runs, "load", scheduler);
                terminal.say("load: " + rate + " requests a second for " + duration.toSeconds() + " s to "
                        + profile.target());
                try (RunningLoad load =
                        LoadGenerator.start(profile, folder.path(), LoadGenerator.HtmlReport.MAKE, second -> {
                            publisher.second(second);
                            live(terminal, second);
                        })) {
                    publisher.event(load.startedAt(), "Load Started", simulation, rate);
                    LoadResult result = load.await(duration.plus(REPORT_LIMIT));
                    publisher.event(load.startedAt().plus(duration), "Load Ended", simulation, rate);
                    folder.linkLatest();
                    List<RequestSample> samples =
                            RequestLog.read(folder.path().resolve("requests.csv"), load.startedAt(), new ArrayList<>());
                    OrdersOfLoad orders = session.isPresent() && target == null
                            ? OrdersOfLoad.read(session.get(), folder.path(), scheduler)
                            : new OrdersOfLoad(List.of(), Verdict.PASS);
                    return conclude(terminal, samples, orders, thresholds, result, folder);
                }
            }
        });
    }

    private LoadProfile profile(Optional<Session> session) {
        URI address = Optional.ofNullable(target)
                .or(() -> session.map(Session::service))
                .orElseThrow(() -> UserError.environment(
                        "no lab is up to send load to; `lab up` starts one, or name an address with --target"));
        TargetPolicy policy =
                new TargetPolicy(session.map(Session::subnets).orElse(List.of()), InetAddress::getAllByName);
        Simulations chosen = Simulations.named(simulation);
        double share = orders == null ? (chosen.writing() ? 0.2 : 0) : orders;
        return new LoadProfile(chosen, rate, ramp, warmUp, duration, share, 1, policy.check(address));
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
            List<RequestSample> samples,
            OrdersOfLoad orders,
            List<Threshold> thresholds,
            LoadResult result,
            RunFolder folder) {
        LoadSummary summary = LoadSummary.of(samples, ramp.plus(warmUp), duration);
        summary.lines().forEach(terminal::data);
        orders.lines().forEach(terminal::data);
        List<Threshold.Result> results =
                thresholds.stream().map(threshold -> threshold.check(summary)).toList();
        Threshold.Result.lines(results).forEach(terminal::data);
        result.report().ifPresent(page -> terminal.say("Gatling's report: " + page));
        terminal.say("Kept in " + folder.path());
        boolean kept = results.stream().allMatch(Threshold.Result::passed);
        return ExitCode.of(Verdict.of(List.of(kept ? Verdict.PASS : Verdict.FAIL, orders.verdict())));
    }
}
