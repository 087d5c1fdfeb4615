package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.access.Policy;
import io.failoverlab.access.PolicyDocument;
import io.failoverlab.access.Role;
import io.failoverlab.alarm.Timing;
import io.failoverlab.console.FakeLab;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Browsers that came in with different roles, before a monitor with a lab and a policy of the user's. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
    private static final Pattern REFUSED = Pattern.compile("(?m)^failoverlab_requests_refused_total (\\S+)$");
    private static final String KILL =
            "{\"action\":\"lab:Kill\",\"resource\":\"instance/web-1a\",\"parameters\":{\"for\":\"30\"}}";
    private static final JsonMapper JSON = new JsonMapper();

    private AccessToken access;
    private FakeLab lab;
    private RunningMonitor monitor;
    private HttpClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        access = AccessToken.in(directory.resolve("token"), InstantSource.system());
        lab = new FakeLab(directory.resolve("lab.sock"), """
                {"run":"r1","offers":[
                  {"action":"lab:Kill","resource":"instance/web-1a"},
                  {"action":"lab:Kill","resource":"instance/db-1"},
                  {"action":"lab:StartLoad","resource":"load"}]}""");
        Path policy = Files.writeString(directory.resolve("policy.json"), """
                {"Version":"2012-10-17","Statement":[
                  {"Sid":"KeepTheDatabase","Effect":"Deny","Action":"*","Resource":"instance/db-*"},
                  {"Sid":"KeepTheSecret","Effect":"Deny","Action":"cloudwatch:*",
                   "Resource":["arn:aws:cloudwatch:*:alarm:secret*","arn:aws:cloudwatch::*:dashboard/secret*"]},
                  {"Sid":"ViewersHaveTheirOwn","Effect":"Allow","Principal":"view","Action":"cloudwatch:PutDashboard",
                   "Resource":"arn:aws:cloudwatch::000000000000:dashboard/mine-*"}]}""");
        monitor = RunningMonitor.start(
                new MonitorSettings(
                        0,
                        directory.resolve("monitor.db"),
                        Timing.LAB,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        new Entrance(
                                "127.0.0.1",
                                Optional.of(access),
                                Policy.builtIn().and(PolicyDocument.read(policy))),
                        Optional.of(lab.socket()),
                        Optional.empty()),
                InstantSource.system());
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        monitor.close();
        lab.close();
    }

    /** The cookie of a browser that came in by a link for a role. */
    private String cookie(Role role) throws IOException, InterruptedException {
        HttpResponse<String> login = send(HttpRequest.newBuilder(access.loginLink(monitor.url(), role)));
        assertThat(login.statusCode()).isEqualTo(303);
        String given = login.headers().firstValue("Set-Cookie").orElseThrow();
        return given.substring(0, given.indexOf(';'));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path, Role role) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(monitor.url().resolve(path)).header("Cookie", cookie(role));
    }

    private HttpResponse<String> act(Role role, String body) throws IOException, InterruptedException {
        return send(to("/actions", role)
                .header("Content-Type", "application/json")
                .header("X-Lab-Action", "1")
                .POST(BodyPublishers.ofString(body)));
    }

    private double refused() throws IOException, InterruptedException {
        Matcher count = REFUSED.matcher(send(to("/metrics", Role.VIEW)).body());
        return count.find() ? Double.parseDouble(count.group(1)) : -1;
    }

    @Test
    void whoeverLooksIsToldWhatTheyMayDoAndWhyNot() throws Exception {
        JsonNode shown = JSON.readTree(send(to("/actions", Role.OPERATE)).body());
        assertThat(shown).isEqualTo(JSON.readTree("""
                {"run":"r1","role":"operate","lab":true,"offers":[
                  {"action":"lab:Kill","resource":"instance/web-1a","allowed":false,"reason":
                   "The role operate is not authorized to perform lab:Kill on instance/web-1a, because no statement allows it."},
                  {"action":"lab:Kill","resource":"instance/db-1","allowed":false,"reason":
                   "The role operate is not authorized to perform lab:Kill on instance/db-1, because statement KeepTheDatabase denies it."},
                  {"action":"lab:StartLoad","resource":"load","allowed":true}]}"""));
    }

    @Test
    void aRefusedActionNeverReachesTheLabAndIsCountedAndLogged() throws Exception {
        for (Role role : List.of(Role.VIEW, Role.OPERATE)) {
            int before = lab.done().size();
            double refusedBefore = refused();

            HttpResponse<String> refused = act(role, KILL);

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(JSON.readTree(refused.body()).path("message").asText())
                    .isEqualTo("The role " + role.word() + " is not authorized to perform lab:Kill on instance/web-1a,"
                            + " because no statement allows it.");
            assertThat(lab.done()).hasSize(before);
            assertThat(refused()).isEqualTo(refusedBefore + 1);
        }
    }

    @Test
    void whoMayBreakBreaksButNotWhatAStatementDenies() throws Exception {
        HttpResponse<String> killed = act(Role.BREAK, KILL);

        assertThat(killed.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(killed.body()))
                .isEqualTo(JSON.readTree("{\"done\":true,\"message\":\"done: lab:Kill\"}"));
        assertThat(lab.done().getLast()).isEqualTo(JSON.readTree("""
                {"ask":"act","action":"lab:Kill","resource":"instance/web-1a","parameters":{"for":"30"},"role":"break"}"""));
        int before = lab.done().size();
        assertThat(act(Role.BREAK, KILL.replace("web-1a", "db-1")).statusCode()).isEqualTo(403);
        assertThat(lab.done()).hasSize(before);
    }

    @Test
    void whatTheLabRefusesIsToldAsItsOwnRefusal() throws Exception {
        lab.refuse("expected web-1a to be running, found it stopped");
        try {
            HttpResponse<String> refused = act(Role.BREAK, KILL);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("found it stopped");
        } finally {
            lab.refuse("");
        }
    }

    @Test
    void aRequestThatAFormOrAnotherPageCouldSendIsRefused() throws Exception {
        int before = lab.done().size();
        HttpRequest.Builder form = to("/actions", Role.BREAK)
                .header("Content-Type", "text/plain")
                .header("X-Lab-Action", "1")
                .POST(BodyPublishers.ofString(KILL));
        assertThat(send(form).statusCode()).isEqualTo(415);
        HttpRequest.Builder bare = to("/actions", Role.BREAK)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(KILL));
        assertThat(send(bare).statusCode()).isEqualTo(403);
        assertThat(act(Role.BREAK, "{\"action\":1}").statusCode()).isEqualTo(400);
        assertThat(act(Role.BREAK, "no JSON").statusCode()).isEqualTo(400);
        assertThat(act(Role.BREAK, "\"" + "x".repeat(20_000) + "\"").statusCode())
                .isEqualTo(413);
        assertThat(lab.done()).hasSize(before);
    }

    @Test
    void whoLooksChangesNothingOfTheMonitorEither() throws Exception {
        URI put = monitor.url()
                .resolve("/?Action=PutMetricData&Namespace=N&MetricData.member.1.MetricName=M"
                        + "&MetricData.member.1.Value=1");
        HttpResponse<String> refused = send(HttpRequest.newBuilder(put).header("Cookie", cookie(Role.VIEW)));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains(
                        "<Code>AccessDenied</Code>",
                        "The role view is not authorized to perform cloudwatch:PutMetricData");
        assertThat(send(HttpRequest.newBuilder(put).header("Cookie", cookie(Role.OPERATE)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(to("/?Action=ListMetrics", Role.VIEW)).statusCode()).isEqualTo(200);
        HttpRequest.Builder event = to("/events", Role.VIEW)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[]"));
        assertThat(send(event).statusCode()).isEqualTo(403);
    }

    /** Each operation that AWS gives a resource, on one that a statement denies to everybody. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PutMetricAlarm       | AlarmName=secret-1                             | alarm
            PutCompositeAlarm    | AlarmName=secret-1                             | alarm
            SetAlarmState        | AlarmName=secret-1                             | alarm
            DescribeAlarmHistory | AlarmName=secret-1                             | alarm
            DescribeAlarms       | AlarmNames.member.1=x&AlarmNames.member.2=secret-1 | alarm
            DeleteAlarms         | AlarmNames.member.1=secret-1                   | alarm
            EnableAlarmActions   | AlarmNames.member.1=secret-1                   | alarm
            DisableAlarmActions  | AlarmNames.member.1=secret-1                   | alarm
            PutDashboard         | DashboardName=secret-1                         | dashboard
            GetDashboard         | DashboardName=secret-1                         | dashboard
            DeleteDashboards     | DashboardNames.member.1=secret-1               | dashboard
            TagResource          | ResourceARN=arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:secret-1 | alarm
            UntagResource        | ResourceARN=arn:aws:cloudwatch::000000000000:dashboard/secret-1           | dashboard
            ListTagsForResource  | ResourceARN=arn:aws:cloudwatch::000000000000:dashboard/secret-1           | dashboard
            """)
    void anOperationIsDecidedOnByTheArnOfWhatItNames(String operation, String parameters, String type)
            throws Exception {
        String arn = "arn:aws:cloudwatch:"
                + (type.equals("alarm") ? "ap-northeast-1:000000000000:alarm:" : ":000000000000:dashboard/")
                + "secret-1";
        double before = refused();

        HttpResponse<String> refused = send(to("/?Action=" + operation + "&" + parameters, Role.BREAK));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains(
                        "<Code>AccessDenied</Code>",
                        "The role break is not authorized to perform cloudwatch:" + operation + " on " + arn
                                + ", because statement KeepTheSecret denies it.");
        assertThat(refused()).isEqualTo(before + 1);
    }

    @Test
    void aRoleMayHaveADashboardOfItsOwnAndNoOther() throws Exception {
        String put = "/?Action=PutDashboard&DashboardBody=%7B%22widgets%22:%5B%5D%7D&DashboardName=";

        assertThat(send(to(put + "mine-1", Role.VIEW)).statusCode()).isEqualTo(200);
        assertThat(send(to(put + "yours-1", Role.VIEW)).body())
                .contains("cloudwatch:PutDashboard on arn:aws:cloudwatch::000000000000:dashboard/yours-1,"
                        + " because no statement allows it.");
        assertThat(send(to(put + "yours-1", Role.OPERATE)).statusCode()).isEqualTo(200);
        assertThat(send(to("/?Action=DescribeAlarms", Role.VIEW)).statusCode())
                .as("all alarms: alarm:*, which is none of those that are denied")
                .isEqualTo(200);
    }

    @Test
    void nobodyGetsALinkForMoreThanTheyMay() throws Exception {
        for (Role role : List.of(Role.VIEW, Role.OPERATE)) {
            HttpRequest.Builder asked = to("/login?role=break", role).POST(BodyPublishers.noBody());
            assertThat(send(asked).statusCode()).isEqualTo(403);
        }
        HttpResponse<String> link = send(to("/login?role=view", Role.BREAK).POST(BodyPublishers.noBody()));
        assertThat(link.statusCode()).isEqualTo(201);
        HttpResponse<String> wrong = send(to("/login?role=admin", Role.BREAK).POST(BodyPublishers.noBody()));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).isEqualTo("expected a role of view, operate, break, found admin\n");
    }
}
