package io.failoverlab.fis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateFileTest {
    @Test
    void aTemplateIsReadAsItIs() {
        Template template = GoldenTemplates.read("stop-a-zone");

        assertThat(template.targets())
                .isEqualTo(Map.of(
                        "shop-in-b",
                        new Target(
                                "aws:ec2:instance",
                                List.of(),
                                Map.of("env", "prod", "tier", "web"),
                                List.of(
                                        new Target.Filter("Placement.AvailabilityZone", List.of("us-east-1c")),
                                        new Target.Filter("State.Name", List.of("running"))),
                                Map.of(),
                                new Selection.All())));
        assertThat(template.actions().get(1))
                .isEqualTo(new TemplateAction(
                        "stop",
                        "aws:ec2:stop-instances",
                        List.of("settle"),
                        new Action.StopInstances("shop-in-b", Optional.of(Duration.ofMinutes(5)), true)));
        assertThat(template.stopAlarmArns())
                .containsExactly("arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop-errors");
        assertThat(template.emptyTargets()).isEqualTo(Template.EmptyTargets.FAIL);
        assertThat(template.notes()).isEmpty();
    }

    @Test
    void allMistakesAreToldAtOnceWithPlaceAndNextStep() {
        assertThat(problems("""
                {
                  "descriptoin": "typo",
                  "targets": {
                    "a": {"resourceType": "aws:ec2:instance", "selectionMode": "COUNT(0)", "resourceTags": {"k": "v"},
                      "filters": [{"path": "Placement.AvailabiltyZone", "values": ["us-east-1a"]}]},
                    "b": {"resourceType": "aws:rds:db", "selectionMode": "ALL"}
                  },
                  "actions": {
                    "one": {"actionId": "aws:ec2:stop-instance", "targets": {"Instances": "a"}},
                    "two": {"actionId": "aws:ec2:stop-instances", "targets": {"Instances": "b"},
                      "parameters": {"startInstancesAfterDuration": "5m"}, "startAfter": ["on"]},
                    "three": {"actionId": "aws:fis:wait", "parameters": {"duration": "PT13H", "more": "1"},
                      "startAfter": ["four"], "startAfterDelay": "PT5M"},
                    "four": {"actionId": "aws:ecs:stop-task", "startAfter": ["three"]}
                  },
                  "stopConditions": [{"source": "aws:cloudwatch:alarm"}, {"source": "alarm"}],
                  "experimentOptions": {"emptyTargetResolutionMode": "ignore"}
                }
                """))
                .containsExactly(
                        "t.json:1:1: expected text for description, found no such key",
                        "t.json:1:1: expected text for roleArn, found no such key",
                        "t.json:2:3: expected a known key, found \"descriptoin\"; did you mean \"description\"?",
                        "t.json:4:64: expected ALL, COUNT(n) with n of 1 or more, or PERCENT(n) with n of 1 to 100 for"
                                + " targets.a.selectionMode, found the text \"COUNT(0)\"",
                        "t.json:5:28: expected an attribute that resources of type aws:ec2:instance have here:"
                                + " Placement.AvailabilityZone, State.Name, InstanceType, VpcId, found"
                                + " Placement.AvailabiltyZone; did you mean \"Placement.AvailabilityZone\"?",
                        "t.json:6:5: expected resourceArns, resourceTags, filters or parameters, found none of them",
                        "t.json:9:25: expected an action that has a meaning here, one of aws:ec2:stop-instances,"
                                + " aws:ec2:reboot-instances, aws:ec2:terminate-instances, aws:ssm:send-command,"
                                + " aws:network:disrupt-connectivity, aws:rds:reboot-db-instances,"
                                + " aws:rds:failover-db-cluster, aws:fis:wait, aws:cloudwatch:assert-alarm-state, found"
                                + " aws:ec2:stop-instance of one; did you mean aws:ec2:stop-instances?",
                        "t.json:10:76: expected a target of type aws:ec2:instance for aws:ec2:stop-instances, found b of"
                                + " type aws:rds:db",
                        "t.json:11:53: expected a duration of ISO 8601, one minute to 12 hours, such as PT2M for"
                                + " actions.two.parameters.startInstancesAfterDuration, found the text \"5m\"",
                        "t.json:11:75: expected the name of another action, found \"on\"; did you mean \"one\"?",
                        "t.json:12:70: expected a duration of ISO 8601, one minute to 12 hours, such as PT2M for"
                                + " actions.three.parameters.duration, found the text \"PT13H\"",
                        "t.json:12:79: expected a known key of actions.three.parameters, found \"more\"; known: duration",
                        "t.json:13:22: expected actions that do not wait for each other in a circle, found three, four",
                        "t.json:13:31: expected a known key of actions.three, found \"startAfterDelay\"; did you mean"
                                + " \"startAfter\"?",
                        "t.json:14:26: expected an action that has a meaning here, one of aws:ec2:stop-instances,"
                                + " aws:ec2:reboot-instances, aws:ec2:terminate-instances, aws:ssm:send-command,"
                                + " aws:network:disrupt-connectivity, aws:rds:reboot-db-instances,"
                                + " aws:rds:failover-db-cluster, aws:fis:wait, aws:cloudwatch:assert-alarm-state, found"
                                + " aws:ecs:stop-task of four; --skip four leaves it out",
                        "t.json:16:22: expected text for stopConditions[0].value, found no such key",
                        "t.json:16:69: expected one of none, aws:cloudwatch:alarm for stopConditions[1].source, found the"
                                + " text \"alarm\"",
                        "t.json:17:54: expected one of fail, skip for experimentOptions.emptyTargetResolutionMode, found"
                                + " the text \"ignore\"");
    }

    private static List<String> problems(String json, String... leftOut) {
        return catchThrowableOfType(InvalidInput.class, () -> TemplateFile.parse("t.json", json, Set.of(leftOut)))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    /** The smallest template, with a part of it changed. */
    private static String with(String target, String action) {
        return """
                {"description": "d", "roleArn": "arn:aws:iam::123456789012:role/fis", "stopConditions": [],
                "targets": {"t": %s},
                "actions": {"x": %s}}
                """.formatted(target, action);
    }

    private static final String INSTANCES =
            "{\"resourceType\": \"aws:ec2:instance\", \"resourceTags\": {\"k\": \"v\"}, \"selectionMode\": \"ALL\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AWSFIS-Run-CPU-Stress            | {}                                            | DurationSeconds: expected a value, found none
            AWSFIS-Run-CPU-Stress            | {"DurationSeconds":"60","LoadPercent":"0"}    | LoadPercent: expected 1 to 100, found "0"
            AWSFIS-Run-Memory-Stress         | {"DurationSeconds":"60","Workers":"2"}        | Percent: expected a value, found none
            AWSFIS-Run-Network-Blackhole-Port | {"DurationSeconds":"60","Protocol":"icmp","Port":"1"} | Protocol: expected tcp or udp, found "icmp"
            AWSFIS-Run-Network-Blackhole-Port | {"DurationSeconds":"60","Protocol":"tcp"}    | Port: expected a value, found none
            AWSFIS-Run-Network-Packet-Loss-Sources | {"DurationSeconds":"60"}                | Sources: expected a value, found none
            AWSFIS-Run-CPU-Stress            | {"DurationSeconds":"60","Cpu":"1"}            | it has no parameter Cpu, did you mean "CPU"?
            AWSFIS-Run-CPU-Stress            | {"DurationSeconds":"long"}                    | DurationSeconds: expected 1 to 43200, found "long"
            AWSFIS-Run-Kill-Process          | {"ProcessName":"java","Signal":"SIGHUP"}      | Signal: expected SIGTERM or SIGKILL, found "SIGHUP"
            AWSFIS-Run-Kill-Process          | []                                            | expected one object of JSON
            AWSFIS-Run-Everything            | {"DurationSeconds":"60"}                      | expected an SSM document that has a fault here, one of AWSFIS-Run-CPU-Stress, AWSFIS-Run-Memory-Stress
            MySQL-LoadTest-Document          | {}                                            | --skip ACTION leaves an action out
            """)
    void anSsmDocumentIsRefusedWithWhatItLacks(String document, String parameters, String message) {
        String action = """
                {"actionId": "aws:ssm:send-command", "targets": {"Instances": "t"}, "parameters": {
                  "documentArn": "arn:aws:ssm:us-east-1::document/%s", "duration": "PT1M",
                  "documentParameters": "%s"}}
                """.formatted(document, parameters.replace("\"", "\\\""));

        assertThat(problems(with(INSTANCES, action))).singleElement().asString().contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aws:network:disrupt-connectivity | "scope": "vpc", "duration": "PT1M" | expected a scope that has a fault here, all or availability-zone, found "vpc"; of the stack only the balancer
            aws:network:disrupt-connectivity | "scope": "s3", "duration": "PT1M"  | expected a scope that has a fault here, all or availability-zone, found "s3"; the stack uses none of AWS's services over the network; --skip ACTION
            aws:network:disrupt-connectivity | "scope": "zone", "duration": "PT1M" | expected a scope that has a fault here, all or availability-zone, found "zone"; known: all, availability-zone
            aws:network:disrupt-connectivity | "duration": "PT1M"                 | expected text for actions.x.parameters.scope, found no such key
            aws:ec2:reboot-instances         | "force": "true"                    | expected a known key of actions.x.parameters, found "force"
            aws:cloudwatch:assert-alarm-state | "alarmArns": "a", "alarmStates": "FINE" | expected alarm states, of OK, ALARM, INSUFFICIENT_DATA, found "FINE"
            aws:cloudwatch:assert-alarm-state | "alarmArns": "a,b,c,d,e,f", "alarmStates": "OK" | expected 1 to 5 alarms, found 6 of them
            aws:fis:wait                     | "duration": 60                     | expected text for actions.x.parameters.duration, found the number 60
            """)
    void aParameterIsRefusedWithWhatItShouldBe(String actionId, String parameters, String message) {
        String action = "{\"actionId\": \"%s\", \"parameters\": {%s}}".formatted(actionId, parameters);

        assertThat(problems(with(INSTANCES, action))).anyMatch(problem -> problem.contains(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "resourceArns": ["arn:aws:ec2:us-east-1:1:instance/i-1"], "resourceTags": {"k": "v"} | expected either resourceArns, or resourceTags and filters, found both
            "resourceArns": []                        | expected at least one entry for targets.t.resourceArns, found an empty list
            "resourceArns": ["short"]                 | expected an ARN of 20 to 2048 characters without spaces, found "short"
            "resourceTags": {"k": "v"}, "filters": [{"path": "State.Name", "values": []}] | expected at least one of values, found none
            "resourceTags": {"k": 1}                  | expected text for targets.t.resourceTags.k, found the number 1
            "resourceTags": {"k": "v"}, "parameters": {"vpc": "v"} | expected a resource parameter of aws:ec2:instance, which has none, found vpc
            """)
    void aTargetIsRefusedWithWhatItShouldBe(String parts, String message) {
        String target = "{\"resourceType\": \"aws:ec2:instance\", \"selectionMode\": \"ALL\", %s}".formatted(parts);
        String action = "{\"actionId\": \"aws:ec2:reboot-instances\", \"targets\": {\"Instances\": \"t\"}}";

        assertThat(problems(with(target, action))).anyMatch(problem -> problem.contains(message));
    }

    @Test
    void anActionIsLeftOutByNameAndNothingElse() {
        String lambda = "{\"actionId\": \"aws:lambda:invocation-error\", \"parameters\": {\"anything\": \"goes\"}}";

        assertThat(TemplateFile.parse("t.json", with(INSTANCES, lambda), Set.of("x"))
                        .actions())
                .isEqualTo(List.of(
                        new TemplateAction("x", "aws:lambda:invocation-error", List.of(), new Action.LeftOut())));
        assertThat(problems(with(INSTANCES, lambda), "y"))
                .anyMatch(problem -> problem.contains("expected the name of an action after --skip, found \"y\""));
    }
}
