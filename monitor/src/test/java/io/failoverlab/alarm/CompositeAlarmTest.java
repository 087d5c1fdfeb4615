package io.failoverlab.alarm;

import static io.failoverlab.alarm.AlarmState.ALARM;
import static io.failoverlab.alarm.AlarmState.INSUFFICIENT_DATA;
import static io.failoverlab.alarm.AlarmState.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Scope;
import io.failoverlab.metric.Statistic;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Composite alarms in the engine: when they are evaluated, what they say, and who may be deleted. */
class CompositeAlarmTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.300Z");

    private final ManualClock clock = new ManualClock("2026-01-02T03:04:05.300Z");
    private final FakeMetrics metrics = new FakeMetrics();
    private final FakeJournal journal = new FakeJournal();
    private final List<String> told = new ArrayList<>();
    private final List<String> acted = new ArrayList<>();
    private int nextId;
    private AlarmEngine engine = engine();

    private AlarmEngine engine() {
        AlarmListener listener = new AlarmListener() {
            @Override
            public void defined(Alarm alarm) {}

            @Override
            public void changed(List<AlarmTransition> transitions) {
                transitions.forEach(transition -> told.add(
                        transition.definition().name() + " " + transition.to().state()));
            }

            @Override
            public void act(Alarm alarm, List<AlarmAction> actions) {
                acted.add(alarm.name() + " " + alarm.status().state());
            }

            @Override
            public void deleted(String alarmName) {}
        };
        return new AlarmEngine(
                Timing.LAB,
                metrics,
                journal,
                clock,
                () -> "id-" + ++nextId,
                List.of(listener),
                new AlarmCounters(new CollectorRegistry()));
    }

    private static AlarmDefinition definition(String name, AlarmCondition condition) {
        return new AlarmDefinition(
                name,
                Scope.LAB.alarmArn(name),
                Optional.empty(),
                new AlarmDefinition.Actions(
                        true, List.of(), List.of("arn:aws:sns:ap-northeast-1:000000000000:topic"), List.of()),
                condition,
                START);
    }

    private static MetricId metricOf(String name) {
        return MetricId.of("Test", "Broken", Map.of("Name", name));
    }

    private void defineMetric(String... names) {
        for (String name : names) {
            MetricSource source = new MetricSource(metricOf(name), Optional.empty(), Statistic.Simple.MAXIMUM, 1);
            engine.define(List.of(definition(
                    name,
                    new MetricCondition(
                            source,
                            1,
                            OptionalInt.empty(),
                            Comparison.GREATER_THAN_OR_EQUAL,
                            1,
                            Optional.of(MissingData.IGNORE),
                            Optional.empty()))));
        }
    }

    private static AlarmDefinition composite(String name, String rule) {
        return definition(name, new CompositeCondition(parse(rule), Optional.empty()));
    }

    private static AlarmRule parse(String rule) {
        return AlarmRuleParser.parse(rule, Scope.LAB.alarmArn(""));
    }

    private void define(String name, String rule) {
        engine.define(List.of(composite(name, rule)));
    }

    private void defineSuppressed(String name, String rule, String suppressor) {
        engine.define(List.of(definition(
                name, new CompositeCondition(parse(rule), Optional.of(new Suppressor(suppressor, suppressor, 2, 3))))));
    }

    private void put(String alarm, int value) {
        metrics.put(metricOf(alarm), clock.instant().minusSeconds(1), value);
        engine.dataArrived(List.of(metricOf(alarm)));
    }

    /** A second later; the value is what the last finished second holds. */
    private void nextSecond() {
        clock.advance(Duration.ofSeconds(1));
        engine.tick();
    }

    private AlarmStatus status(String name) {
        return engine.alarm(name).orElseThrow().status();
    }

    private AlarmState state(String name) {
        return status(name).state();
    }

    @Test
    void isEvaluatedWhenItIsCreated() throws JsonProcessingException {
        defineMetric("a", "b");
        define("both", "ALARM(a) AND ALARM(b)");
        assertThat(status("both").state()).isEqualTo(OK);
        assertThat(status("both").reason())
                .isEqualTo(Scope.LAB.alarmArn("both") + " was created and its alarm rule evaluates to OK");
        assertThat(status("both").explanation())
                .isEqualTo("The rule is false: a is INSUFFICIENT_DATA, b is INSUFFICIENT_DATA");
        assertThat(json(status("both").reasonData())).isEqualTo(json("""
                {"triggeringAlarms":[
                  {"arn":"arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:a",
                   "state":{"value":"INSUFFICIENT_DATA","timestamp":"2026-01-02T03:04:05.300+0000"}},
                  {"arn":"arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:b",
                   "state":{"value":"INSUFFICIENT_DATA","timestamp":"2026-01-02T03:04:05.300+0000"}}]}"""));
        assertThat(told).containsExactly("both OK");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void changesWithItsChildAndNamesIt() throws JsonProcessingException {
        defineMetric("a", "b");
        define("any", "ALARM(a) OR ALARM(b)");
        put("b", 1);
        assertThat(told).containsExactly("any OK", "b ALARM", "any ALARM");
        assertThat(status("any").reason())
                .isEqualTo("arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:b transitioned to ALARM at"
                        + " Friday 02 January, 2026 03:04:05 UTC");
        assertThat(json(status("any").reasonData())).isEqualTo(json("""
                {"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:b",
                  "state":{"value":"ALARM","timestamp":"2026-01-02T03:04:05.300+0000"}}]}"""));
        assertThat(journal.items)
                .extracting(item -> item.alarmName() + ": " + item.summary())
                .endsWith(
                        "b: Alarm updated from INSUFFICIENT_DATA to ALARM",
                        "b: Successfully executed action arn:aws:sns:ap-northeast-1:000000000000:topic",
                        "any: Alarm updated from OK to ALARM",
                        "any: Successfully executed action arn:aws:sns:ap-northeast-1:000000000000:topic");
    }

    @Test
    void itsMessageHasTheRuleAndTheTriggeringChildren() throws JsonProcessingException {
        defineMetric("a");
        define("any", "ALARM(a)");
        put("a", 1);
        JsonNode message = json(journal.notifications.getLast());
        assertThat(message.get("AlarmRule").asText()).isEqualTo("ALARM(a)");
        assertThat(message.get("OldStateValue").asText()).isEqualTo("OK");
        assertThat(message.has("Trigger")).isFalse();
        assertThat(message.get("TriggeringChildren")).isEqualTo(json("""
                [{"Arn":"arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:a",
                  "State":{"Value":"ALARM","Timestamp":"2026-01-02T03:04:05.300+0000"}}]"""));
    }

    @Test
    void aTreeIsEvaluatedFromTheBottomUpEachAlarmOnce() {
        defineMetric("a");
        define("left", "ALARM(a)");
        define("right", "OK(a)");
        define("top", "ALARM(left) AND NOT ALARM(right)");
        put("a", 0);
        told.clear();
        nextSecond();
        put("a", 1);
        assertThat(told).containsExactly("a ALARM", "left ALARM", "right OK", "top ALARM");
    }

    @Test
    void alarmsThatChangeTogetherAreJudgedTogether() {
        defineMetric("a", "b");
        define("onlyA", "ALARM(a) AND NOT ALARM(b)");
        metrics.put(metricOf("a"), START.minusSeconds(1), 1);
        metrics.put(metricOf("b"), START.minusSeconds(1), 1);
        told.clear();
        nextSecond();
        assertThat(told).containsExactly("a ALARM", "b ALARM");
    }

    @Test
    void allThatChangesTogetherIsSavedTogether() {
        defineMetric("a");
        define("any", "ALARM(a)");
        int saves = journal.saves;
        put("a", 1);
        assertThat(journal.saves).isEqualTo(saves + 1);
    }

    @Test
    void alarmsInTheRuleMustExist() {
        defineMetric("a");
        assertThatThrownBy(() -> define("any", "ALARM(a) OR ALARM(x) OR OK(y)"))
                .isInstanceOf(AlarmRefusedException.class)
                .hasMessage("Could not save the composite alarm as alarms [x, y] in the alarm rule do not exist");
        assertThatThrownBy(() -> defineSuppressed("any", "ALARM(a)", "x"))
                .hasMessage("Could not save the composite alarm as the suppressor alarm [x] does not exist");
        assertThat(engine.alarm("any")).isEmpty();
    }

    @Test
    void alarmsDefinedTogetherMayNameEachOther() {
        engine.define(List.of(composite("top", "ALARM(bottom)"), composite("bottom", "TRUE")));
        assertThat(state("top")).isEqualTo(ALARM);
    }

    @Test
    void anAlarmThatIsWatchedCannotBeDeleted() {
        defineMetric("a", "b", "m");
        define("any", "ALARM(a) OR ALARM(b)");
        defineSuppressed("quiet", "FALSE", "m");
        assertThatThrownBy(() -> engine.delete(List.of("a")))
                .hasMessage("Cannot delete a as there are composite alarm(s) depending on it.");
        assertThatThrownBy(() -> engine.delete(List.of("b", "a", "nobody")))
                .hasMessage("Cannot delete a,b as there are composite alarm(s) depending on them.");
        assertThatThrownBy(() -> engine.delete(List.of("m")))
                .hasMessage("Cannot delete m as there are composite alarm(s) depending on it.");
        assertThatThrownBy(() -> engine.delete(List.of("any", "quiet")))
                .hasMessage("Only one composite alarm can be deleted at a time, found [any, quiet]");
        assertThat(engine.alarms()).hasSize(5);
        engine.delete(List.of("any", "a", "b"));
        engine.delete(List.of("quiet"));
        assertThat(engine.alarms()).extracting(Alarm::name).containsExactly("m");
    }

    @Test
    void aCycleCanBeMadeStopsEvaluationAndMustBeBrokenToBeDeleted() {
        defineMetric("a");
        define("x", "ALARM(a)");
        define("y", "ALARM(x)");
        define("above", "ALARM(y)");
        define("x", "ALARM(a) OR ALARM(y)");
        put("a", 1);
        assertThat(List.of(state("a"), state("x"), state("y"), state("above"))).containsExactly(ALARM, OK, OK, OK);
        assertThatThrownBy(() -> engine.delete(List.of("x")))
                .hasMessage("Cannot delete x as there are composite alarm(s) depending on it.");
        assertThatThrownBy(() -> engine.delete(List.of("y"))).isInstanceOf(AlarmRefusedException.class);
        define("y", "FALSE");
        assertThat(List.of(state("x"), state("y"), state("above"))).containsExactly(ALARM, OK, OK);
        engine.delete(List.of("x"));
        assertThat(engine.alarm("x")).isEmpty();
    }

    @Test
    void anAlarmThatWatchesItselfIsACycleToo() {
        define("x", "TRUE");
        define("x", "NOT ALARM(x)");
        assertThat(state("x")).isEqualTo(ALARM);
        assertThatThrownBy(() -> engine.delete(List.of("x"))).isInstanceOf(AlarmRefusedException.class);
        define("x", "FALSE");
        assertThat(state("x")).isEqualTo(OK);
        engine.delete(List.of("x"));
    }

    @Test
    void anAlarmHasAtMostAHundredAndFiftyParents() {
        defineMetric("a");
        IntStream.range(0, 150).forEach(i -> define("parent-" + i, "ALARM(a)"));
        assertThatThrownBy(() -> define("one-more", "ALARM(a)"))
                .hasMessage("The alarm a is watched by 150 composite alarms already");
        define("parent-3", "ALARM(a) OR FALSE");
    }

    @Test
    void aTypeCannotBeChanged() {
        defineMetric("a");
        assertThatThrownBy(() -> define("a", "TRUE"))
                .hasMessage("The alarm a exists and is no CompositeAlarm; delete it first, or use another name");
    }

    @Test
    void aStateThatWasSetLastsUntilAChildChanges() {
        defineMetric("a");
        define("any", "ALARM(a)");
        engine.setState("any", INSUFFICIENT_DATA, "a drill", "");
        nextSecond();
        assertThat(state("any")).isEqualTo(INSUFFICIENT_DATA);
        put("a", 0);
        assertThat(state("any")).isEqualTo(OK);
    }

    @Test
    void actionsWaitForTheSuppressor() {
        defineMetric("a", "m");
        defineSuppressed("any", "ALARM(a)", "m");
        clock.advance(Duration.ofSeconds(2));
        engine.tick();
        acted.clear();
        put("a", 1);
        assertThat(engine.alarm("any").orElseThrow().suppression().orElseThrow().reason())
                .isEqualTo("Actions suppressed by WaitPeriod");
        nextSecond();
        assertThat(acted).containsExactly("a ALARM");
        nextSecond();
        assertThat(acted).containsExactly("a ALARM", "any ALARM");
        assertThat(engine.alarm("any").orElseThrow().suppression()).isEmpty();
        assertThat(journal.items.getLast().summary())
                .isEqualTo("Successfully executed action arn:aws:sns:ap-northeast-1:000000000000:topic");
    }

    @Test
    void aSuppressorInAlarmHoldsActionsBackAcrossARestart() {
        defineMetric("a", "m");
        defineSuppressed("any", "ALARM(a)", "m");
        clock.advance(Duration.ofSeconds(2));
        engine.tick();
        put("m", 1);
        put("a", 1);
        acted.clear();
        engine = engine();
        IntStream.range(0, 10).forEach(i -> nextSecond());
        assertThat(acted).isEmpty();
        engine.setState("m", OK, "maintenance is over", "");
        IntStream.range(0, 2).forEach(i -> nextSecond());
        assertThat(acted).doesNotContain("any ALARM");
        engine = engine();
        nextSecond();
        assertThat(acted).contains("any ALARM");
        String message = journal.notifications.getLast();
        assertThat(message).contains("\"AlarmName\":\"any\"", "\"OldStateValue\":\"OK\"");
        String changed = journal.items.stream()
                .filter(item ->
                        item.alarmName().equals("any") && item.summary().equals("Alarm updated from OK to ALARM"))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(message).contains("\"MessageId\":\"" + changed + "\"");
    }

    @Test
    void replacingTheSuppressorForgetsWhatWaits() {
        defineMetric("a", "m", "other");
        defineSuppressed("any", "ALARM(a)", "m");
        nextSecond();
        put("a", 1);
        acted.clear();
        defineSuppressed("any", "ALARM(a)", "other");
        IntStream.range(0, 5).forEach(i -> nextSecond());
        assertThat(acted).isEmpty();
    }
}
