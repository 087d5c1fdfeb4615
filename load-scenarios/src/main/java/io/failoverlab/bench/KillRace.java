package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.PrometheusInstaller;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Kill;
import io.failoverlab.session.LabSession;
import io.failoverlab.topology.Instance;
import io.failoverlab.watch.AlarmChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Kills web servers of a stack that is up, and takes the time until the monitor's webhook and Alertmanager's come in: both watch the
 * same instances, and all times are of one clock. A kill begins the moment before it is handed to the engine. Between two kills both
 * have told that all is well again, and some part of a second passes, another one each time, so that no rhythm of theirs decides.
 */
final class KillRace {
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(20);
    private static final Duration WELL_LIMIT = Duration.ofSeconds(60);
    /** Multiples of it, without their whole parts, are spread evenly over [0, 1). */
    private static final double GOLDEN = 0.6180339887498949;

    private final int kills;
    private final Path home;
    private final Path folder;
    private final PrometheusInstaller.Programs programs;
    private final LabScheduler scheduler;
    private final Consumer<String> progress;
    private final List<AlarmChange> changes = new CopyOnWriteArrayList<>();
    private final List<AlertWebhook.Alert> alerts = new CopyOnWriteArrayList<>();

    KillRace(
            int kills,
            Path home,
            Path folder,
            PrometheusInstaller.Programs programs,
            LabScheduler scheduler,
            Consumer<String> progress) {
        this.kills = kills;
        this.home = home;
        this.folder = folder;
        this.programs = programs;
        this.scheduler = scheduler;
        this.progress = progress;
    }

    /** To be told of the alarms of the stack's monitor. */
    Consumer<AlarmChange> alarms() {
        return changes::add;
    }

    List<Row> measure(LabSession lab) throws IOException {
        List<Instance> web = lab.environment().topology().web();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        try (AlertWebhook webhook = new AlertWebhook(scheduler, alerts::add);
                Peers peers = Peers.start(
                        programs,
                        home.resolve("docker/peers"),
                        folder.resolve("race-peers"),
                        lab.scrapeTargets(),
                        webhook.url(),
                        scheduler)) {
            peers.awaitScraping(web.size());
            web.forEach(instance -> require(
                    WELL_LIMIT,
                    "the monitor's alarm on " + instance.name() + " to be OK",
                    () -> lastChange(instance)
                            .filter(change -> change.to().equals("OK"))
                            .isPresent()));
            for (int kill = 0; kill < kills; kill++) {
                Instance instance = web.get(kill % web.size());
                scheduler.pause(Duration.ofMillis((long) (1_000 * (kill * GOLDEN % 1))));
                Instant at = kill(lab, instance);
                awaitNotices(instance, at);
                Optional<Double> alarm = millis(at, alarmed(instance, at));
                Optional<Double> alert = millis(at, alerted(instance, at));
                alarm.ifPresent(ours::add);
                alert.ifPresent(theirs::add);
                progress.accept("kill %2d of %d: %s  monitor %s ms, Alertmanager %s ms"
                        .formatted(kill + 1, kills, instance.name(), text(alarm), text(alert)));
                awaitWell(lab, instance, peers, web.size());
            }
        }
        return rows(ours, theirs);
    }

    private List<Row> rows(List<Double> ours, List<Double> theirs) {
        if (ours.isEmpty() || theirs.isEmpty()) {
            throw new BenchFailed("expected both to tell of at least one kill, found the monitor to tell of "
                    + ours.size() + " and Alertmanager of " + theirs.size() + " of " + kills);
        }
        Row peer = Row.ofPeer(Figure.ALARM, "Prometheus + Alertmanager", Spread.of(theirs), kills);
        return List.of(Row.beside(peer, "monitor", Spread.of(ours), kills), peer);
    }

    private static Instant kill(LabSession lab, Instance instance) {
        ActiveFault fault = lab.environment().inject(new Kill(), instance.name(), Optional.empty());
        if (!fault.tookEffect()) {
            throw new BenchFailed("expected " + instance.name() + " to end, found that " + fault.evidence());
        }
        return fault.injectedAt();
    }

    /** Until both came in, or had time enough. */
    private void awaitNotices(Instance instance, Instant kill) {
        scheduler.await(
                NOTICE_LIMIT,
                () -> alarmed(instance, kill).isPresent()
                                && alerted(instance, kill).isPresent()
                        ? Optional.of(true)
                        : Optional.empty());
    }

    /** When the monitor's first notice after the kill came in. */
    private Optional<Instant> alarmed(Instance instance, Instant kill) {
        return changes.stream()
                .filter(change ->
                        change.alarm().equals(alarm(instance)) && change.to().equals("ALARM"))
                .map(AlarmChange::receivedAt)
                .filter(received -> !received.isBefore(kill))
                .findFirst();
    }

    /** When Alertmanager's first notice after the kill came in. */
    private Optional<Instant> alerted(Instance instance, Instant kill) {
        return alerts.stream()
                .filter(alert -> isOf(instance, alert) && alert.firing())
                .map(AlertWebhook.Alert::receivedAt)
                .filter(received -> !received.isBefore(kill))
                .findFirst();
    }

    private static Optional<Double> millis(Instant kill, Optional<Instant> received) {
        return received.map(time -> Duration.between(kill, time).toNanos() / 1e6);
    }

    private static String text(Optional<Double> millis) {
        return millis.map(Numbers::text).orElse("-");
    }

    private void awaitWell(LabSession lab, Instance instance, Peers peers, int targets) {
        lab.environment().heal(instance.name());
        require(WELL_LIMIT, instance.name() + " to be in service again", lab.environment()::isInService);
        require(
                WELL_LIMIT,
                "the monitor's alarm on " + instance.name() + " to be OK again",
                () -> lastChange(instance)
                        .filter(change -> change.to().equals("OK"))
                        .isPresent());
        require(
                WELL_LIMIT,
                "Alertmanager to tell that " + instance.name() + " is well again",
                () -> lastAlert(instance).filter(alert -> !alert.firing()).isPresent());
        peers.awaitScraping(targets);
    }

    private void require(Duration limit, String what, BooleanSupplier condition) {
        boolean held = scheduler
                .await(limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
        if (!held) {
            throw new BenchFailed("expected " + what + " within " + limit.toSeconds() + " s, found it not");
        }
    }

    private Optional<AlarmChange> lastChange(Instance instance) {
        return changes.stream()
                .filter(change -> change.alarm().equals(alarm(instance)))
                .reduce((earlier, later) -> later);
    }

    private Optional<AlertWebhook.Alert> lastAlert(Instance instance) {
        return alerts.stream().filter(alert -> isOf(instance, alert)).reduce((earlier, later) -> later);
    }

    private static boolean isOf(Instance instance, AlertWebhook.Alert alert) {
        return alert.instance().startsWith(instance.primary().address() + ":");
    }

    /** As {@link io.failoverlab.watch.StackAlarms} names it. */
    private static String alarm(Instance instance) {
        return instance.name() + "-down";
    }
}
