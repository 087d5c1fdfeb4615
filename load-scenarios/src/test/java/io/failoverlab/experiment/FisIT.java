package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.ec2.InstanceState;
import io.failoverlab.environment.Environment;
import io.failoverlab.experiment.Experiment.FisInjection;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Hang;
import io.failoverlab.fis.Mapping;
import io.failoverlab.fis.TemplateFile;
import io.failoverlab.history.ActionStatus;
import io.failoverlab.history.Event;
import io.failoverlab.history.Event.ActionChanged;
import io.failoverlab.history.Event.ExperimentChanged;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.ExperimentStatus;
import io.failoverlab.session.TestSession;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.watch.AlarmChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FIS templates on a real stack. */
class FisIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topology TOPOLOGY = TopologyFile.named("two-web-one-db");
    /** In the form of {@code /proc/PID/status}: bit 15 of the signals that wait for a process. */
    private static final String SIGTERM_PENDING = "ShdPnd:\t0000000000004000";

    private static TestSession session;

    private final HistoryRecorder recorder = new HistoryRecorder(event -> {});
    private Instant origin;

    @BeforeAll
    static void bringUp() throws IOException {
        session = TestSession.up("fis-it", TOPOLOGY);
    }

    @AfterAll
    static void takeDown() {
        if (session != null) {
            session.close();
        }
    }

    private FisExecution start(String template) {
        return start(template, () -> {});
    }

    private FisExecution start(String template, Runnable before) {
        FisInjection fis = new FisInjection(
                TemplateFile.read(Path.of("src/test/resources/fis", template), Set.of()), Mapping.NONE, 7, 10, null);
        session.lab().environment().awaitInService(LIMIT, what -> {});
        await().atMost(LIMIT)
                .until(() -> session.lab().monitor().alarms().stream()
                        .allMatch(alarm -> alarm.stateValueAsString().equals("OK")));
        before.run();
        origin = session.scheduler().instant();
        FisExecution execution = FisExecution.schedule(
                fis.plan(TOPOLOGY), origin, session.lab(), session.scheduler(), recorder, new SilentNarrator());
        session.onAlarm(execution::alarmChanged);
        return execution;
    }

    private <E extends Event> Stream<E> events(Class<E> kind) {
        return recorder.events(origin).stream().filter(kind::isInstance).map(kind::cast);
    }

    private void awaitEnd(ExperimentStatus status) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(events(ExperimentChanged.class).map(ExperimentChanged::status))
                        .last()
                        .isEqualTo(status));
    }

    private List<String> statesOf(String action) {
        return events(ActionChanged.class)
                .filter(change -> change.action().equals(action))
                .map(change -> change.status().toString())
                .toList();
    }

    /** Of an action, once it was in effect. */
    private String seen(String action) {
        return events(ActionChanged.class)
                .filter(change -> change.action().equals(action) && change.status() == ActionStatus.RUNNING)
                .map(ActionChanged::reason)
                .collect(Collectors.joining());
    }

    @Test
    void aTemplateIsCarriedOutToItsEnd() {
        FisExecution execution = start("on-a-stack.json");
        awaitEnd(ExperimentStatus.COMPLETED);
        execution.close();

        for (String action : List.of("stop", "stress", "blocked", "apart", "crash", "reboot", "broken", "wait")) {
            assertThat(statesOf(action)).as(action).containsExactly("initiating", "running", "completed");
        }
        assertThat(seen("stress")).contains("1 of 1 `yes");
        assertThat(seen("blocked")).contains("in force: OUTPUT ! -o lo -p tcp --dport 3306 -j DROP");
        assertThat(seen("apart"))
                .matches("(?s).*web-1c: in force: INPUT -s (\\S+) -d (\\S+) -j DROP; OUTPUT -s \\2 -d \\1 .*");
        assertThat(seen("crash")).contains("is gone, the instance runs on");
        assertThat(seen("reboot")).contains("its processes run anew");
        assertThat(events(FaultInjected.class))
                .as("what the stack tells itself is not told again")
                .isEmpty();
        // A process that was killed is started again at the end of the run.
        session.lab().environment().faults().forEach(session.lab().environment()::heal);
        assertThat(session.lab().environment().faults()).isEmpty();
        assertThat(session.lab().environment().instance("web-1c").state()).isEqualTo(InstanceState.RUNNING);
    }

    @Test
    void anAlarmStopsATemplateAndEverythingIsUndone() {
        FisExecution execution = start("stopped-by-alarm.json");
        awaitEnd(ExperimentStatus.STOPPED);
        execution.close();

        ExperimentChanged stopping = events(ExperimentChanged.class)
                .filter(change -> change.status() == ExperimentStatus.STOPPING)
                .findFirst()
                .orElseThrow();
        ExperimentChanged stopped =
                events(ExperimentChanged.class).reduce((a, b) -> b).orElseThrow();
        System.out.println("stopped " + stopped.at().minus(stopping.at()).toMillis() + " ms after the alarm: "
                + events(ActionChanged.class).toList());
        assertThat(stopped.reason()).isEqualTo("the stop condition web-1c-down went to ALARM");
        assertThat(statesOf("cut").getLast()).isEqualTo(ActionStatus.STOPPED.toString());
        assertThat(statesOf("never")).containsExactly("cancelled");
        assertThat(session.lab().environment().faults()).isEmpty();
        assertThat(session.lab().environment().awaitInService(LIMIT, what -> {}))
                .isTrue();
    }

    @Test
    void aShutdownThatIsUnderWayIsCutShort() {
        Environment stack = session.lab().environment();
        List<ActiveFault> hang = new ArrayList<>();
        // A server process that hangs does not end by SIGTERM.
        FisExecution execution =
                start("stop-with-condition.json", () -> hang.add(stack.inject(new Hang(), "web-1c", Optional.empty())));
        await().atMost(LIMIT).until(() -> pendingSignals("web-1c").contains(SIGTERM_PENDING));
        Instant now = session.scheduler().instant();
        execution.alarmChanged(new AlarmChange(now, now, "latency", "OK", "ALARM", "slow"));
        awaitEnd(ExperimentStatus.STOPPED);
        execution.close();
        stack.heal(hang.getFirst());

        assertThat(statesOf("stop")).containsExactly("initiating", "stopping", "stopped");
        assertThat(events(ActionChanged.class).toList().getLast().reason()).endsWith("shutdown cut short: web-1c");
        assertThat(stack.faults()).isEmpty();
        assertThat(stack.instance("web-1c").state()).isEqualTo(InstanceState.RUNNING);
    }

    private static String pendingSignals(String instance) {
        return session.lab()
                .environment()
                .instance(instance)
                .run("sh", "-c", "grep -h ShdPnd /proc/[0-9]*/status")
                .stdout();
    }
}
