package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.EngineContainer.Plug;
import io.failoverlab.engine.EngineException;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.AzPower;
import io.failoverlab.fault.DnsStale;
import io.failoverlab.fault.Effect;
import io.failoverlab.fault.FaultRecord;
import io.failoverlab.fault.Injection;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.Pause;
import io.failoverlab.fault.Stop;
import io.failoverlab.fault.Terminate;
import io.failoverlab.fault.Undo;
import io.failoverlab.telemetry.StackEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActiveFaultsTest {
    /** Nothing comes to its end while the tests run. */
    private static final Instant AT = Instant.parse("2126-11-28T08:00:00Z");

    private static final Effect SEEN = new Effect(AT, true, "it ended");
    private static final Undo START = new Undo.Start("web-1a");

    @TempDir
    private Path folder;

    private final LabScheduler scheduler = new LabScheduler(failure -> {});
    private final RecordedMetrics telemetry = new RecordedMetrics();
    private final List<Undo> undone = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        scheduler.close();
    }

    private ActiveFaults lab() {
        return new ActiveFaults(new FaultFile(folder), this::undo, scheduler, telemetry);
    }

    private String undo(Undo undo) {
        undone.add(undo);
        return "started";
    }

    private static Injection injection(Supplier<Effect> act) {
        return new Injection("web-1a", List.of(START), act);
    }

    private List<FaultRecord> written() {
        return new FaultFile(folder).read();
    }

    @Test
    void howAFaultIsUndoneIsWrittenDownBeforeItActsAndForgottenWhenItIsUndone() {
        List<FaultRecord> whenItActed = new ArrayList<>();
        ActiveFaults lab = lab();

        ActiveFault fault = lab.inject(
                new Kill(),
                injection(() -> {
                    whenItActed.addAll(written());
                    return SEEN;
                }),
                Optional.of(Duration.ofHours(1)));

        assertThat(whenItActed).map(FaultRecord::undo).containsExactly(List.of(START));
        assertThat(written())
                .containsExactly(new FaultRecord(
                        "kill", "web-1a", Optional.of(AT.plus(Duration.ofHours(1))), SEEN, List.of(START)));
        lab.heal(fault);
        lab.heal(fault);
        assertThat(undone).containsExactly(START);
        assertThat(written()).isEmpty();
        assertThat(telemetry.events())
                .map(it -> it.getClass().getSimpleName())
                .containsExactly("FaultInjected", "FaultHealed");
    }

    @Test
    void ofSeveralWhoUndoAFaultOneIsToldThatItLastedUntilThen() {
        ActiveFault fault = lab().inject(new Kill(), injection(() -> SEEN), Optional.empty());

        assertThat(fault.undoOnce()).isTrue();
        assertThat(fault.undoOnce()).isFalse();
        assertThat(fault.endsWith("the instance is terminated")).isFalse();
        assertThat(fault.healing()).isEqualTo("started");
        assertThat(undone).containsExactly(START);
    }

    @Test
    void anotherLabUndoesAtOnceWhatIsOverAndTheRestAtItsTime() {
        Instant now = scheduler.instant();
        new FaultFile(folder)
                .write(List.of(
                        record("kill", Optional.of(now.minusSeconds(1)), START),
                        record("pause", Optional.of(now.plusMillis(300)), new Undo.Resume("web-1c")),
                        record("stop", Optional.empty(), new Undo.Start("db-1"))));
        List<String> told = new ArrayList<>();
        ActiveFaults lab = lab();

        lab.load();
        assertThat(lab.now()).hasSize(3);
        assertThat(undone).isEmpty();
        lab.resume(told::add);

        assertThat(undone).startsWith(START);
        assertThat(told)
                .containsExactly(
                        "the fault kill of web-1a was over and is undone: started",
                        "the fault pause of web-1c goes on and is undone in 0 s",
                        "the fault stop of db-1 goes on, without a time limit");
        await().untilAsserted(
                        () -> assertThat(lab.now()).map(ActiveFault::where).containsExactly("db-1"));
        assertThat(undone).containsExactly(START, new Undo.Resume("web-1c"));
        await().untilAsserted(
                        () -> assertThat(written()).map(FaultRecord::where).containsExactly("db-1"));
        lab.heal(lab.now().getFirst());
        assertThat(written()).isEmpty();
    }

    private static FaultRecord record(String fault, Optional<Instant> until, Undo undo) {
        return new FaultRecord(fault, undo.instance(), until, SEEN, List.of(undo));
    }

    @Test
    void aFaultThatFailsHalfWayIsUndoneAndOneThatDidNothingIsNot() {
        ActiveFaults lab = lab();

        assertThatThrownBy(() -> lab.inject(
                        new Kill(),
                        injection(() -> {
                            throw new EngineException("no answer");
                        }),
                        Optional.empty()))
                .hasMessage("no answer");
        assertThat(undone).containsExactly(START);
        assertThatThrownBy(() -> lab.inject(
                        new Kill(),
                        injection(() -> {
                            throw new NotRunning("stopped meanwhile");
                        }),
                        Optional.empty()))
                .hasMessage("stopped meanwhile");

        assertThat(undone).hasSize(1);
        assertThat(lab.now()).isEmpty();
        assertThat(written()).isEmpty();
    }

    @Test
    void whatIsHealedWhileItActsIsUndoneAfterIt() throws Exception {
        CountDownLatch acts = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        ActiveFaults lab = new ActiveFaults(
                new FaultFile(folder),
                undo -> {
                    order.add("undone");
                    return "started";
                },
                scheduler,
                telemetry);
        CompletableFuture<ActiveFault> injected = CompletableFuture.supplyAsync(() -> lab.inject(
                new Stop(),
                injection(() -> {
                    acts.countDown();
                    await().until(() -> goOn.getCount() == 0);
                    order.add("stopped");
                    return SEEN;
                }),
                Optional.empty()));
        acts.await();

        Thread healing = Thread.ofPlatform().start(() -> lab.now().forEach(lab::heal));
        await().until(() -> !healing.isAlive() || healing.getState() == Thread.State.BLOCKED);
        goOn.countDown();
        healing.join();

        assertThat(injected.get(10, TimeUnit.SECONDS).healing()).isEqualTo("started");
        assertThat(order).containsExactly("stopped", "undone");
        assertThat(lab.now()).isEmpty();
        assertThat(written()).isEmpty();
        assertThat(telemetry.events())
                .map(it -> it.getClass().getSimpleName())
                .containsExactly("FaultInjected", "FaultHealed");
    }

    @Test
    void whatFailsHalfWayAndCannotBeUndoneIsTriedAgainAtItsTime() {
        ActiveFaults lab = failingOnce();

        assertThatThrownBy(() -> lab.inject(
                        new Kill(),
                        injection(() -> {
                            throw new EngineException("no answer to the kill");
                        }),
                        Optional.of(Duration.ZERO)))
                .hasMessage("no answer to the kill")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("no answer"));

        await().untilAsserted(() -> assertThat(written()).isEmpty());
        assertThat(undone).containsExactly(START);
    }

    @Test
    void oneThatCannotBeUndoneKeepsNoOtherFromBeingUndone() {
        Instant over = scheduler.instant().minusSeconds(1);
        new FaultFile(folder)
                .write(List.of(
                        record("kill", Optional.of(over), START),
                        record("pause", Optional.of(over), new Undo.Resume("web-1c"))));
        ActiveFaults lab = failingOnce();
        List<String> told = new ArrayList<>();

        lab.load();
        lab.resume(told::add);

        assertThat(told)
                .containsExactly(
                        "the fault kill of web-1a was over and could not be undone: no answer; `lab faults` lists it still",
                        "the fault pause of web-1c was over and is undone: started");
        assertThat(lab.now()).map(ActiveFault::where).containsExactly("web-1a");
        assertThat(written()).map(FaultRecord::where).containsExactly("web-1a");
    }

    private ActiveFaults failingOnce() {
        AtomicBoolean answers = new AtomicBoolean();
        return new ActiveFaults(
                new FaultFile(folder),
                undo -> {
                    if (answers.getAndSet(true)) {
                        return undo(undo);
                    }
                    throw new EngineException("no answer");
                },
                scheduler,
                telemetry);
    }

    @Test
    void aZoneIsLostUntilItIsGivenBackAlsoForWhatDidNotRunThere() {
        ActiveFaults lab = lab();
        lab.inject(new Kill(), injection(() -> SEEN), Optional.empty());
        assertThat(lab.isLost("ap-northeast-1a")).isFalse();

        ActiveFault zone = lab.inject(
                new AzPower(), new Injection("zone ap-northeast-1a", List.of(START), () -> SEEN), Optional.empty());

        assertThat(lab.isLost("ap-northeast-1a")).isTrue();
        assertThat(lab.isLost("ap-northeast-1c")).isFalse();
        lab.heal(zone);
        assertThat(lab.isLost("ap-northeast-1a")).isFalse();
    }

    @Test
    void whatCannotBeUndoneNowStaysListedAndIsTriedAgain() {
        ActiveFaults lab = failingOnce();
        ActiveFault fault = lab.inject(new Pause(), injection(() -> SEEN), Optional.empty());

        assertThatThrownBy(() -> lab.heal(fault)).hasMessage("no answer");
        assertThat(lab.now()).containsExactly(fault);
        assertThat(written()).hasSize(1);

        lab.heal(fault);
        assertThat(fault.healing()).isEqualTo("started");
        assertThat(written()).isEmpty();
    }

    @Test
    void aFaultOfAZoneIsUndoneAndToldForEachInstance() {
        ActiveFaults lab = lab();
        Injection zone = new Injection("zone ap-northeast-1a", List.of(START, new Undo.Start("db-1")), () -> SEEN);

        lab.heal(lab.inject(new AzPower(), zone, Optional.empty()));

        assertThat(undone).containsExactlyInAnyOrder(START, new Undo.Start("db-1"));
        assertThat(telemetry.events().stream()
                        .filter(StackEvent.FaultHealed.class::isInstance)
                        .map(StackEvent.FaultHealed.class::cast))
                .map(it -> it.instance() + " " + it.evidence())
                .containsExactly("web-1a web-1a, db-1: started", "db-1 web-1a, db-1: started");
    }

    @Test
    void whatIsUndoneIsForgottenAlsoIfAnotherServerIsInItsPlace() {
        ActiveFaults lab = lab();
        lab.inject(new Kill(), injection(() -> SEEN), Optional.empty());

        lab.endWith("web-1a", "another server is in its place");

        assertThat(undone).isEmpty();
        assertThat(lab.now()).isEmpty();
        assertThat(written()).isEmpty();
    }

    @Test
    void aFaultEndsWithTheLastInstanceThatItHit() {
        ActiveFaults lab = lab();
        Injection zone = new Injection("zone ap-northeast-1a", List.of(START, new Undo.Start("db-1")), () -> SEEN);
        lab.inject(new AzPower(), zone, Optional.empty());

        lab.endOfGone("db-1"::equals);
        assertThat(lab.now()).hasSize(1);
        lab.endOfGone("web-2a"::equals);

        assertThat(lab.now())
                .map(ActiveFault::where)
                .as("a zone is lost without its instances")
                .containsExactly("zone ap-northeast-1a");
        assertThat(lab.isLost("ap-northeast-1a")).isTrue();
        assertThat(undone).isEmpty();
    }

    @Test
    void whatIsOverOnceItIsDoneIsToldAsThatAndNotEndedByWhatItDoes() {
        ActiveFaults lab = lab();

        ActiveFault fault = lab.inject(
                new Terminate(),
                injection(() -> {
                    lab.endOfGone(name -> false);
                    lab.endWith("web-1a", "another server is in its place");
                    return SEEN;
                }),
                Optional.empty());

        assertThat(fault.isHealed()).isTrue();
        assertThat(lab.now()).isEmpty();
        assertThat(written()).isEmpty();
        assertThat(telemetry.events())
                .map(it -> it.getClass().getSimpleName())
                .containsExactly("FaultInjected", "FaultHealed");
    }

    @Test
    void whatALabDiedInIsUndoneByTheNextOneAtOnceIfItIsOverOnceItIsDone() {
        new FaultFile(folder).write(List.of(record("reboot", Optional.empty(), START)));
        List<String> told = new ArrayList<>();
        ActiveFaults lab = lab();

        lab.load();
        lab.resume(told::add);

        assertThat(told).containsExactly("the fault reboot of web-1a was over and is undone: started");
        assertThat(written()).isEmpty();
    }

    @Test
    void theDatabasesNameIsHeldForAsLongAsTheFaultIsActiveAlsoByTheNextLab() {
        ActiveFaults lab = lab();
        assertThat(lab.holdName()).isFalse();
        lab.inject(new DnsStale(), injection(() -> SEEN), Optional.empty());

        ActiveFaults next = lab();
        next.load();
        assertThat(lab.holdName()).isTrue();
        assertThat(next.holdName()).isTrue();

        next.heal(next.now().getFirst());
        assertThat(next.holdName()).isFalse();
    }

    @Test
    void everyKindOfUndoIsReadBackAsItWasWritten() {
        List<Undo> all = List.of(
                START,
                new Undo.Resume("a"),
                new Undo.Continue("a", 7),
                new Undo.Reboot("a", 7),
                new Undo.Delete("a", "/tmp/lab-fault"),
                new Undo.PlugIn("a", List.of(new Plug("lab-x-web-a", "10.0.10.10"))),
                new Undo.EndStress("a", "/tmp/lab-stress-1", ""),
                new Undo.RemoveRules("a", "lab-reset-1"),
                new Undo.EndRelay("a", "lab-latency-1", 61_001),
                new Undo.RemoveDelay("a"),
                new Undo.ApplyAtOnce("a"),
                new Undo.Nothing("a"),
                new Undo.GiveConnections("a"),
                new Undo.ReleaseName("a"));
        assertThat(all)
                .map(Object::getClass)
                .hasSameElementsAs(Stream.of(Undo.class.getPermittedSubclasses())
                        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                        .toList());
        List<FaultRecord> records = List.of(new FaultRecord("kill", "zone", Optional.of(AT), SEEN, all));

        new FaultFile(folder).write(records);

        assertThat(written()).isEqualTo(records);
    }
}
