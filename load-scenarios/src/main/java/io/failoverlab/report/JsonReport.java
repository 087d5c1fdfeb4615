package io.failoverlab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.history.History;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.history.RunInfo;
import io.failoverlab.verdict.AssumptionResult;
import io.failoverlab.verdict.CheckResult;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.LedgerAudit;
import io.failoverlab.verdict.Measurement;
import io.failoverlab.verdict.Phase;
import io.failoverlab.verdict.WriteClass;
import java.io.UncheckedIOException;

/** The judgement as {@code verdict.json}, for programs: the same texts as in every report, and the bare numbers beside. */
public final class JsonReport {
    /** Goes up when a field changes its meaning or goes away; new fields may come at any time. */
    static final int SCHEMA_VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    public static String render(History history, Judgement judgement) {
        RunInfo run = history.run();
        ObjectNode json = MAPPER.createObjectNode()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("verdict", judgement.verdict().name())
                .put("sentence", judgement.sentence())
                .put("experiment", run.experiment().name())
                .put("topology", run.topology().name())
                .put("balancer", run.topology().balancer())
                .put("timing", run.topology().timing())
                .put("runId", run.runId())
                .put("startedAt", run.startedAt().toString())
                .put("repeat", run.repeatCommand());
        judgement
                .assumptions()
                .forEach(assumption -> json.withArray("assumptions").add(assumption(assumption)));
        judgement.results().forEach(result -> json.withArray("figures").add(figure(result)));
        judgement.phases().forEach(phase -> json.withArray("phases").add(phase(phase)));
        judgement
                .scorecard()
                .forEach(score -> json.withArray("scorecard")
                        .addObject()
                        .put("name", score.name())
                        .put("title", score.title())
                        .put("value", score.value())
                        .put("basis", score.basis()));
        json.set("ledger", ledger(history.ledger()));
        ObjectNode host = json.putObject("host")
                .put("cores", run.host().cores())
                .put("memoryBytes", run.host().memoryBytes());
        run.host().versions().forEach(host.putObject("versions")::put);
        try {
            return MAPPER.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ObjectNode assumption(AssumptionResult assumption) {
        return MAPPER.createObjectNode()
                .put("name", assumption.name())
                .put("title", assumption.title())
                .put("holds", assumption.holds())
                .put("required", assumption.required())
                .put("found", assumption.found());
    }

    private static ObjectNode figure(CheckResult result) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("name", result.name())
                .put("title", result.title())
                .put("outcome", result.outcome().name());
        if (!result.expectation().isEmpty()) {
            json.put("expectation", result.expectation());
        }
        json.set("measured", measured(result.measured()));
        json.put("explanation", result.explanation());
        result.evidence().forEach(json.putArray("evidence")::add);
        return json;
    }

    private static ObjectNode phase(Phase phase) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("name", phase.name())
                .put("requests", phase.requests())
                .put("lost", phase.lostInAll())
                .put("p50Milliseconds", phase.p50().toMillis())
                .put("p95Milliseconds", phase.p95().toMillis())
                .put("p99Milliseconds", phase.p99().toMillis())
                .put("maxMilliseconds", phase.max().toMillis());
        ObjectNode causes = json.putObject("causes");
        phase.lost().forEach((cause, count) -> causes.put(cause.label(), count));
        return json;
    }

    private static ObjectNode ledger(LedgerReading ledger) {
        return switch (ledger.finalRead()) {
            case FinalRead.NotRead notRead -> MAPPER.createObjectNode().put("notRead", notRead.reason());
            case FinalRead.Read read -> ledger(read.from(), LedgerAudit.of(ledger, read));
        };
    }

    private static ObjectNode ledger(String from, LedgerAudit audit) {
        ObjectNode json = MAPPER.createObjectNode().put("readFrom", from);
        for (WriteClass kind : WriteClass.values()) {
            ObjectNode node = json.putObject(kind.key()).put("count", audit.count(kind));
            audit.examples(kind).forEach(node.putArray("examples")::add);
        }
        return json;
    }

    private static ObjectNode measured(Measurement measured) {
        ObjectNode json = MAPPER.createObjectNode().put("text", measured.text());
        switch (measured) {
            case Measurement.Count count -> json.put("count", count.value());
            case Measurement.Time time -> json.put("milliseconds", time.value().toMillis());
            case Measurement.Never never ->
                json.put("happened", false)
                        .put("watchedMilliseconds", never.watched().toMillis());
            case Measurement.Degraded degraded ->
                json.put("inService", degraded.inService())
                        .put("expectedInService", degraded.expected())
                        .put("watchedMilliseconds", degraded.watched().toMillis());
            case Measurement.Shares shares -> shares.requests().forEach(json.putObject("requests")::put);
            case Measurement.State state -> json.put("state", state.word());
            case Measurement.Missing missing -> json.put("missing", missing.reason());
        }
        return json;
    }
}
