package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema for editors, as a validator that others keep understands it. */
class ExperimentSchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ExperimentSchema.json(), InputFormat.JSON);

    @ParameterizedTest
    @MethodSource("io.failoverlab.experiment.ExperimentFileTest#builtIn")
    void everyBuiltInExperimentIsValid(String name) throws IOException {
        assertThat(problems(new String(
                        getClass()
                                .getResourceAsStream("/experiments/" + name + ".yaml")
                                .readAllBytes(),
                        StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void everyKeyMayBeThere() {
        assertThat(problems("""
                name: mine
                load:
                  rates: [0 to 100 in 8s, 100 to 500 in 5 steps of 10s, spike 100 to 300 in 4s, replay rates.txt]
                  warm-up: 10s
                alarms:
                  - {AlarmName: a, Namespace: n, MetricName: m, Statistic: Sum, Period: 1, EvaluationPeriods: 1,
                     Threshold: 0.5, ComparisonOperator: GreaterThanThreshold, Dimensions: [{Name: a, Value: b}]}
                faults:
                  - {fault: az-power, zone: c, at: 20s, for: 1m30s}
                  - {fault: kill, targets: {role: web, select: COUNT(1)}, at: 20s}
                  - {fault: cut, targets: {tag: tier=web, select: one}, at: 20s}
                  - {fault: memory-stress, instance: web-1a, percent: 70, at: 20s}
                  - {fault: failover, database: db-1, at: 20s}
                fis: {template: t.json, at: 20s, time-scale: 20, map: [env=prod=web-1a], skip: [wait]}
                expect: {requests-lost: 0, alarm web-1a-down: within 2 s, detected: true}
                """)).isEmpty();
    }

    @Test
    void theParametersOfFaultsAreExplained() {
        assertThat(ExperimentSchema.json())
                .contains("Of kill-process: that it gets.")
                .contains("Of memory-stress: of the instance's memory in use then.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            topology: two-web-one-db                                | name
            {name: x, topolgy: two-web-one-db}                      | topolgy
            {name: x, load: {rate: 0}}                              | minimum
            {name: x, load: {rate: 5, rates: [5 for 5s]}}           | rate
            {name: x, load: {rates: [5]}}                           | string
            {name: x, load: {rates: [5 till 6]}}                    | pattern
            {name: x, load: {duration: 5}}                          | string
            {name: x, load: {ramp: 5 minutes}}                      | pattern
            {name: x, load: {simulation: browse-and-oder}}          | enumeration
            {name: x, faults: [{fault: kil, instance: a, at: 5s}]}  | enumeration
            {name: x, faults: [{fault: kill, instence: a, at: 5s}]} | instance
            {name: x, expect: [request lost = 0]}                   | pattern
            {name: x, expect: {request-lost: 0}}                    | pattern
            {name: x, alarms: [{AlarmName: a}]}                     | Namespace
            """)
    void whatIsWrongIsShown(String yaml, String word) {
        assertThat(problems(yaml)).contains(word);
    }

    private static String problems(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML).toString().replaceAll("^\\[]$", "");
    }
}
