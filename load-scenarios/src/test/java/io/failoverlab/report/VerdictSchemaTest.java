package io.failoverlab.report;

import static io.failoverlab.history.RunBuilder.failed;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.failoverlab.history.History;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class VerdictSchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(VerdictSchema.json(), InputFormat.JSON);

    @Test
    void everyVerdictIsOfTheSchema() throws IOException {
        assertThat(problems(JsonReport.render(GoldenRun.history(), GoldenRun.judgement())))
                .isEqualTo("[]");
        assertThat(problems(json(RunBuilder.killOfOneOfTwo()
                        .add(failed(20_050, 30, 502, ""))
                        .ledger(LedgerReading.noWrites())
                        .expect("recovered", "<= 1s")
                        .expect("experiment", "completed"))))
                .isEqualTo("[]");
    }

    @Test
    void anotherFormIsNot() {
        String json = json(RunBuilder.killOfOneOfTwo().expect("requests-lost", "0"));

        assertThat(problems(json.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2")))
                .contains("schemaVersion");
        assertThat(problems(json.replace("\"sentence\"", "\"sentences\""))).contains("sentence");
        assertThat(problems(json.replace("\"MET\"", "\"GREEN\""))).contains("outcome");
    }

    private static String json(RunBuilder run) {
        History history = run.build();
        return JsonReport.render(history, Judge.judge(history));
    }

    private static String problems(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).toString();
    }
}
