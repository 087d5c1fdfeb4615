package io.failoverlab.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static Policy of(String statements) {
        return PolicyDocument.read("policy.json", "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            view    | lab:View                         | *               | yes
            view    | lab:GetRun                       | run/x           | yes
            view    | cloudwatch:GetMetricData         | *               | yes
            view    | cloudwatch:DescribeAlarms        | *               | yes
            view    | cloudwatch:PutMetricData         | *               | no
            view    | cloudwatch:SetAlarmState         | *               | no
            view    | lab:PutEvents                    | *               | no
            view    | lab:StartLoad                    | load            | no
            view    | ec2:StartInstances               | instance/web-1a | no
            view    | lab:CreateLoginLink              | role/break      | no
            operate | lab:View                         | *               | yes
            operate | cloudwatch:PutDashboard          | *               | yes
            operate | lab:StartLoad                    | load            | yes
            operate | lab:HealZone                     | zone/a          | yes
            operate | ec2:StartInstances               | instance/web-1a | yes
            operate | ec2:StartInstances               | instance/lb     | yes
            operate | ec2:RebootInstances              | instance/web-1a | yes
            operate | ec2:RebootInstances              | instance/lb     | no
            operate | ec2:RebootInstances              | instance/db-1   | no
            operate | autoscaling:SetDesiredCapacity   | group/web       | yes
            operate | lab:Kill                         | instance/web-1a | no
            operate | ec2:StopInstances                | instance/web-1a | no
            operate | rds:RebootDBInstance             | db/db-1         | no
            operate | fis:StartExperiment              | experiment/x    | no
            operate | lab:CreateLoginLink              | role/operate    | no
            break   | lab:Kill                         | instance/web-1a | yes
            break   | lab:AzPower                      | zone/a          | yes
            break   | rds:RebootDBInstance             | db/db-1         | yes
            break   | fis:StartExperiment              | experiment/x    | yes
            break   | lab:CreateLoginLink              | role/view       | yes
            """)
    void theRolesThatAreBuiltIn(String role, String action, String resource, String allowed) {
        assertThat(Policy.builtIn()
                        .decide(Role.of(role).orElseThrow(), action, resource)
                        .allowed())
                .isEqualTo(allowed.equals("yes"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            *,          ,           yes
            *,          web-1a,     yes
            web-1a,     web-1a,     yes
            web-1a,     web-1ab,    no
            web-?a,     web-1a,     yes
            web-?a,     web-a,      no
            web-*,      web-,       yes
            *-1a,       web-1a-1a,  yes
            *-1a,       web-1a-1c,  no
            w*b*a,      web-1b-1a,  yes
            a*a*a,      aa,         no
            web.1a,     web-1a,     no
            ,           web,        no
            """)
    void wildcards(String pattern, String text, String matches) {
        assertThat(Statement.matches(pattern == null ? "" : pattern, text == null ? "" : text))
                .isEqualTo(matches.equals("yes"));
    }

    @Test
    void aStatementThatDeniesWinsWhereverItStands() {
        Policy policy = of("""
                {"Sid":"NoDatabase","Effect":"Deny","Action":"*","Resource":["db/*","instance/db-*"]},
                {"Effect":"Allow","Action":["lab:*","ec2:*"],"Resource":"*"}""");

        assertThat(policy.decide(Role.BREAK, "lab:Kill", "instance/web-1a")).isEqualTo(new Decision.Allowed());
        assertThat(policy.decide(Role.BREAK, "lab:Kill", "instance/db-1"))
                .isEqualTo(new Decision.Denied("The role break is not authorized to perform lab:Kill on instance/db-1,"
                        + " because statement NoDatabase denies it."));
        assertThat(policy.decide(Role.VIEW, "rds:RebootDBInstance", "db/x"))
                .as("a principal that is left out is everybody")
                .isInstanceOf(Decision.Denied.class);
        assertThat(Policy.builtIn().and(policy).decide(Role.BREAK, "rds:RebootDBInstance", "db/db-1"))
                .isInstanceOf(Decision.Denied.class);
    }

    @Test
    void anAlarmOrADashboardIsNamedByItsArn() {
        Policy policy = of("""
                {"Effect":"Allow","Principal":"view","Action":["cloudwatch:SetAlarmState","cloudwatch:Describe*"],
                 "Resource":"arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:web-*"},
                {"Sid":"NotThisOne","Effect":"Deny","Action":"*","Resource":"arn:aws:cloudwatch:*:alarm:web-1c"}""");
        String alarm = "arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:";

        assertThat(policy.decide(Role.VIEW, "cloudwatch:SetAlarmState", alarm + "web-1a"))
                .isEqualTo(new Decision.Allowed());
        assertThat(policy.decide(Role.VIEW, "cloudwatch:SetAlarmState", alarm + "web-1c"))
                .isEqualTo(new Decision.Denied("The role view is not authorized to perform cloudwatch:SetAlarmState on "
                        + alarm + "web-1c, because statement NotThisOne denies it."));
        assertThat(policy.decide(Role.VIEW, "cloudwatch:SetAlarmState", alarm + "db-1"))
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy.decide(Role.VIEW, "cloudwatch:DescribeAlarms", alarm + "*"))
                .as("all of them is more than those")
                .isInstanceOf(Decision.Denied.class);
        assertThat(policy.decide(
                        Role.VIEW, "cloudwatch:SetAlarmState", alarm.replace("ap-northeast-1", "eu-west-1") + "web-1a"))
                .isInstanceOf(Decision.Denied.class);
    }

    /** Everything that is offered and can reach a database server. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            lab:Kill,                 instance/db-1
            ec2:RebootInstances,      instance/db-2
            rds:RebootDBInstance,     db/db-1
            lab:AzPower,              zone/a
            lab:AzNetwork,            zone/c
            fis:StartExperiment,      experiment/failover-database
            """)
    void theExampleOfTheManualKeepsEveryRoleOffTheDatabases(String action, String resource) throws Exception {
        Policy example = Policy.builtIn().and(PolicyDocument.read("the manual's policy", example()));

        for (Role role : Role.values()) {
            assertThat(example.decide(role, action, resource)).isInstanceOf(Decision.Denied.class);
        }
        assertThat(example.decide(Role.BREAK, "lab:Kill", "instance/web-1a").allowed())
                .isTrue();
        assertThat(example.decide(Role.OPERATE, "lab:Pause", "instance/web-1a").allowed())
                .isTrue();
    }

    private static String example() throws IOException {
        String manual = Files.readString(Path.of("README.md"));
        int begin = manual.indexOf("{\"Version\": \"2012-10-17\"");
        return manual.substring(begin, manual.indexOf("```", begin));
    }

    @Test
    void whatNoStatementAllowsIsDenied() {
        Policy policy = of(
                "{\"Effect\":\"Allow\",\"Principal\":\"operate\",\"Action\":\"lab:StartLoad\",\"Resource\":\"load\"}");

        assertThat(policy.decide(Role.OPERATE, "LAB:startload", "load"))
                .as("actions are the same in upper and lower case, as in IAM")
                .isEqualTo(new Decision.Allowed());
        assertThat(policy.decide(Role.OPERATE, "lab:StartLoad", "LOAD")).isInstanceOf(Decision.Denied.class);
        assertThat(policy.decide(Role.BREAK, "lab:StartLoad", "load"))
                .isEqualTo(new Decision.Denied("The role break is not authorized to perform lab:StartLoad on load,"
                        + " because no statement allows it."));
        assertThat(policy.decide(Role.OPERATE, "lab:View", "*"))
                .isEqualTo(new Decision.Denied(
                        "The role operate is not authorized to perform lab:View, because no statement allows it."));
    }

    @Test
    void everyMistakeIsToldAtOnceAndNothingThatIsNotReadIsTaken() {
        assertThatThrownBy(() -> PolicyDocument.read("p.json", """
                        {"Version":"2008-10-17","Statements":[],"Statement":[
                          {"Effect":"Permit","Action":"*","Resource":"*"},
                          {"Effect":"Allow","Principal":"admin","Action":[],"Resource":7},
                          {"Effect":"Allow","Action":"*","Resource":"*","Condition":{}},
                          "all"]}"""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        p.json: the document: expected only Id, Statement, Version, found Statements
                        p.json: Version: expected "2012-10-17", found "2008-10-17"
                        p.json: Statement[0].Effect: expected "Allow" or "Deny", found "Permit"
                        p.json: Statement[1].Principal: expected "*" or roles: view, operate, break, found "admin"
                        p.json: Statement[1].Action: expected a text or a list of texts, such as "ec2:StopInstances" or "lab:*", found []
                        p.json: Statement[1].Resource: expected a text or a list of texts, such as "instance/web-1a" or "*", found 7
                        p.json: Statement[2]: expected only Action, Effect, Principal, Resource, Sid, found Condition
                        p.json: Statement[3]: expected an object, found "all\"""");
        assertThatThrownBy(() -> PolicyDocument.read("p.json", "{\n,}"))
                .hasMessageStartingWith("p.json: line 2: expected JSON, found ");
        assertThatThrownBy(() -> PolicyDocument.read("p.json", "[]"))
                .hasMessage("p.json: the document: expected an object with Version and Statement, found ARRAY");
        assertThatThrownBy(() -> PolicyDocument.read("p.json", "{\"Version\":\"2012-10-17\"}"))
                .hasMessage("p.json: Statement: expected at least one, found nothing");
    }

    @Test
    void aSingleStatementNeedsNoList() {
        Policy policy = PolicyDocument.read("p.json", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
        assertThat(policy.decide(Role.VIEW, "lab:Kill", "instance/web-1a").allowed())
                .isTrue();
    }
}
