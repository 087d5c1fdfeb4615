package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.access.Decision;
import io.failoverlab.access.Permits;
import io.failoverlab.access.Policy;
import io.failoverlab.access.Role;
import io.failoverlab.live.LivePast;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What is done from the page, and finished runs, in a real browser before a lab that only notes what it is asked. */
@Timeout(120)
class ActionsPageIT {
    private static final String OFFERS = """
            {"run":"r1","topology":"two-web-one-db","activity":"","faults":[],"nodes":[
              {"name":"front","id":"i-front","tier":"elb","zone":"ap-northeast-1a","subnet":"public-a","cidr":"10.0.1.0/24",
               "address":"10.0.1.10","state":"running","health":"","note":""},
              {"name":"web-1a","id":"%s","tier":"web","zone":"ap-northeast-1a","subnet":"web-a","cidr":"10.0.10.0/24",
               "address":"10.0.10.10","state":"running","health":"healthy","note":""},
              {"name":"web-1c","id":"%s","tier":"web","zone":"ap-northeast-1c","subnet":"web-c","cidr":"10.0.11.0/24",
               "address":"10.0.11.10","state":"running","health":"healthy","note":""},
              {"name":"db-1","id":"i-db1","tier":"db","zone":"ap-northeast-1a","subnet":"db-a","cidr":"10.0.20.0/24",
               "address":"10.0.20.10","state":"running","health":"primary","note":"in sync","names":["db-1.rds.lab"],"source":""},
              {"name":"db-2","id":"i-db2","tier":"db","zone":"ap-northeast-1c","subnet":"db-c","cidr":"10.0.21.0/24",
               "address":"10.0.21.10","state":"stopped","health":"standby","note":"exposed","names":[],"source":""}],
             "offers":[
              {"action":"lab:Kill","resource":"instance/web-1a","command":"./lab kill web-1a","parameters":[
                {"name":"for","meaning":"","unit":"s","value":"60","control":{"type":"Number","min":1,"max":3600},
                 "option":"--for {}s","optional":true}]},
              {"action":"lab:Pause","resource":"instance/web-1a","command":"./lab pause web-1a","parameters":[]},
              {"action":"lab:SolarFlare","resource":"instance/web-1a","summary":"Bits flip.","command":"./lab fault solar-flare web-1a",
               "parameters":[
                {"name":"class","meaning":"how strong","unit":"","value":"M","control":{"type":"Choice","words":["C","M","X"]},
                 "option":"--class {}","optional":false},
                {"name":"delay","meaning":"before it","unit":"","value":"200ms","control":{"type":"Text","expected":"a duration"},
                 "option":"--delay {}","optional":false},
                {"name":"target","meaning":"its name","unit":"","value":"","control":{"type":"Text","expected":"a name"},
                 "option":"--target {}","optional":true}]},
              {"action":"ec2:StartInstances","resource":"instance/web-1a","command":"./lab start web-1a","parameters":[]},
              {"action":"lab:Kill","resource":"instance/front","command":"./lab kill front","parameters":[]},
              {"action":"lab:AzPower","resource":"zone/a","command":"./lab fault az a","parameters":[]},
              {"action":"rds:RebootDBInstance","resource":"db/db-1","command":"./lab failover db-1","parameters":[]},
              {"action":"autoscaling:SetDesiredCapacity","resource":"group/web","command":"./lab scale web","parameters":[
                {"name":"desired","meaning":"","unit":"","value":"2","control":{"type":"Number","min":1,"max":20},
                 "option":"{}","optional":false}]},
              {"action":"lab:StartLoad","resource":"load","command":"./lab load","parameters":[
                {"name":"rate","meaning":"","unit":"1/s","value":"100","control":{"type":"Number","min":1,"max":10000},
                 "option":"--rate {}","optional":false}]},
              {"action":"fis:StartExperiment","resource":"experiment/kill-one-web","command":"./lab run kill-one-web --here",
               "parameters":[]},
              {"action":"fis:StartExperiment","resource":"experiment/cpu-stress","command":"./lab run cpu-stress --here",
               "parameters":[]}]}""".formatted(KilledWebServer.WEB_1A, KilledWebServer.WEB_1C);

    private static BrowserPage page;

    @TempDir
    private Path directory;

    private final FakeFeed feed = new FakeFeed();
    private FakeLab lab;
    private Javalin server;
    private Role role = Role.BREAK;
    private int second;

    @BeforeAll
    static void startBrowser() {
        page = BrowserPage.start();
    }

    @AfterAll
    static void quitBrowser() {
        if (page != null) {
            page.close();
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        lab = new FakeLab(directory.resolve("lab.sock"), OFFERS);
        run("kill-one-web", "20260102-030405", "PASS", "0 of 9000 requests lost", "0");
        run("kill-one-web", "20260103-030405", "FAIL", "12 of 9000 requests lost", "12");
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new Console(
                                    feed,
                                    LivePast.none(),
                                    Optional.of(lab.socket()),
                                    Optional.of(directory.resolve("runs")),
                                    new ByRole())
                            .register(config);
                })
                .start("127.0.0.1", 0);
        feed.send(KilledWebServer.inService());
        tick(60);
    }

    @AfterEach
    void stopServer() throws IOException {
        page.leave();
        server.stop();
        lab.close();
    }

    /** As the built-in policy decides for the role of the test. */
    private final class ByRole implements Permits {
        @Override
        public Role role(Context http) {
            return role;
        }

        @Override
        public Decision foresee(Context http, String action, String resource) {
            return Policy.builtIn().decide(role, action, resource);
        }

        @Override
        public Decision decide(Context http, String action, String resource) {
            return foresee(http, action, resource);
        }
    }

    private void run(String experiment, String time, String verdict, String sentence, String lost) throws IOException {
        Path folder = Files.createDirectories(
                directory.resolve("runs").resolve(experiment).resolve(time));
        Files.writeString(folder.resolve("verdict.json"), """
                {"verdict":"%s","sentence":"%s","experiment":"%s","topology":"two-web-one-db","balancer":"nginx","timing":"lab",
                 "startedAt":"2026-01-02T03:04:05Z","figures":[
                  {"name":"requests-lost","title":"Requests lost","outcome":"%s","expectation":"<= 0","measured":{"text":"%s"}},
                  {"name":"detected","title":"Detected","outcome":"NOT_JUDGED","measured":{"text":"0.4 s"}}]}""".formatted(verdict, sentence, experiment, verdict, lost));
        Files.writeString(folder.resolve("report.html"), "<p>" + sentence + "</p>");
    }

    private JsonNode lastDone() {
        return lab.done().getLast();
    }

    @Test
    void aKillIsConfirmedBesideTheCommandThatDoesTheSame() throws Exception {
        open("/");
        eventually(() ->
                assertThat(page.find("[data-target=web-1a] .act").isDisplayed()).isTrue());

        page.find("[data-target=web-1a] .act").click();
        eventually(() -> assertThat(page.text("dialog h2")).isEqualTo("Actions on web-1a"));
        assertThat(page.text("dialog .offers")).startsWith("Kill SIGKILL to the instance");
        page.find("dialog [data-action='lab:Kill']").click();

        assertThat(page.text("dialog h2")).isEqualTo("Kill: web-1a");
        assertThat(page.text("dialog code")).isEqualTo("./lab kill web-1a --for 60s");
        assertThat(page.focused().getText()).as("Enter alone kills nothing").isEqualTo("Cancel");
        page.find("dialog input[name=for]").sendKeys(Keys.chord(Keys.CONTROL, "a"), "30");
        assertThat(page.text("dialog code")).isEqualTo("./lab kill web-1a --for 30s");
        page.screenshot("confirm");
        assertThat(lab.done()).isEmpty();
        page.find("dialog .danger").click();

        eventually(() -> assertThat(page.text("#action-result")).isEqualTo("done: lab:Kill"));
        assertThat(page.all("dialog[open]")).isEmpty();
        assertThat(lastDone()).isEqualTo(new JsonMapper().readTree("""
                {"ask":"act","action":"lab:Kill","resource":"instance/web-1a","parameters":{"for":"30"},"role":"break"}"""));
    }

    /** The page has no list of faults: what the lab offers is shown with the lab's own words, and asked for as the lab says. */
    @Test
    void aFaultThatThePageHasNeverHeardOfCanBeDoneFromIt() throws Exception {
        open("/");
        eventually(() ->
                assertThat(page.find("[data-target=web-1a] .act").isDisplayed()).isTrue());
        page.find("[data-target=web-1a] .act").click();
        assertThat(page.text("dialog .offers")).contains("Solar flare Bits flip.");
        page.find("dialog [data-action='lab:SolarFlare']").click();

        assertThat(page.text("dialog h2")).isEqualTo("Solar flare: web-1a");
        assertThat(page.text("dialog .fields")).contains("class, how strong", "target, its name, may be empty");
        assertThat(page.text("dialog code")).isEqualTo("./lab fault solar-flare web-1a --class M --delay 200ms");
        page.find("dialog select[name=class] [value=X]").click();
        page.find("dialog input[name=target]").sendKeys("java");
        assertThat(page.text("dialog code"))
                .isEqualTo("./lab fault solar-flare web-1a --class X --delay 200ms --target java");
        page.find("dialog .danger").click();

        eventually(() -> assertThat(page.text("#action-result")).isEqualTo("done: lab:SolarFlare"));
        assertThat(lastDone().path("parameters"))
                .isEqualTo(new JsonMapper().readTree("{\"class\":\"X\",\"delay\":\"200ms\",\"target\":\"java\"}"));
    }

    @Test
    void theBalancerIsMeantByWhateverNameTheTopologyGivesIt() {
        open("/");
        eventually(() ->
                assertThat(page.find("#topology .figures .act").isDisplayed()).isTrue());

        page.find("#topology .figures .act").click();

        eventually(() -> assertThat(page.text("dialog code")).isEqualTo("./lab kill front"));
    }

    @Test
    void theKeyboardAloneIsEnough() throws Exception {
        open("/");
        eventually(() ->
                assertThat(page.find("[data-target=web-1a] .act").isDisplayed()).isTrue());

        page.run("document.querySelector('[data-target=web-1a] .act').focus()");
        page.press(Keys.ENTER);
        eventually(() -> assertThat(page.text("dialog h2")).isEqualTo("Actions on web-1a"));
        page.press(Keys.ESCAPE);
        eventually(() -> assertThat(page.all("dialog[open]")).isEmpty());
        assertThat(page.focused().getText()).as("where it came from").isEqualTo("Actions");
        page.press(Keys.ENTER);
        eventually(() -> assertThat(page.text("dialog h2")).isEqualTo("Actions on web-1a"));
        page.press(Keys.TAB, Keys.ENTER);
        eventually(() -> assertThat(page.text("dialog h2")).isEqualTo("Pause: web-1a"));
        assertThat(page.focused().getText()).isEqualTo("Cancel");
        page.focused().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
        page.press(Keys.ENTER);

        eventually(() -> assertThat(page.text("#action-result")).isEqualTo("done: lab:Pause"));
        assertThat(lastDone().path("resource").asText()).isEqualTo("instance/web-1a");
    }

    @Test
    void whatIsBrokenIsShownWithTheWayBack() throws Exception {
        lab.offers(OFFERS.replace("\"faults\":[]", """
                "faults":[{"fault":"pause","where":"web-1a","instances":["web-1a"],"since":"2026-01-02T05:00:20Z",
                 "until":"2026-01-02T05:10:20Z","tookEffect":true,"evidence":"frozen"}]"""));
        open("/");
        eventually(() ->
                assertThat(page.text(".faults")).matches("pause of web-1a since [\\d:]{8}, undone at [\\d:]{8} Undo"));

        page.find(".faults .act").click();
        assertThat(page.text("dialog code")).isEqualTo("./lab start web-1a");
        page.find("dialog .danger").click();

        eventually(() -> assertThat(page.text("#action-result")).isEqualTo("done: ec2:StartInstances"));
        lab.offers(OFFERS);
        eventually(() -> assertThat(page.all(".faults li")).isEmpty());
    }

    @Test
    void aNumberThatIsNoneIsNotSentAndARefusalIsShown() {
        open("/");
        eventually(() -> assertThat(page.text("#actions")).contains("Load…"));
        page.find("#actions .buttons button").click();
        page.find("dialog input[name=rate]").sendKeys(Keys.chord(Keys.CONTROL, "a"), "0");
        page.find("dialog .danger").click();
        assertThat(page.all("dialog[open]")).hasSize(1);
        assertThat(lab.done()).isEmpty();

        lab.refuse("expected no load of this lab's, found one of 100 requests a second");
        page.find("dialog input[name=rate]").sendKeys(Keys.chord(Keys.CONTROL, "a"), "200");
        page.find("dialog .danger").click();

        eventually(() -> assertThat(page.text("dialog .problem"))
                .isEqualTo("expected no load of this lab's, found one of 100 requests a second"));
        assertThat(page.all("dialog[open]")).hasSize(1);
    }

    @Test
    void aRoleSeesWhatItMayNotDoAndWhy() {
        role = Role.VIEW;
        open("/");
        eventually(() -> assertThat(page.text("#actions")).contains("role view"));

        page.find("[data-target=web-1a] .act").click();

        eventually(() -> assertThat(page.find("dialog [data-action='lab:Kill']").isEnabled())
                .isFalse());
        assertThat(page.text("dialog .offers"))
                .contains("The role view is not authorized to perform lab:Kill on instance/web-1a, because no statement"
                        + " allows it.");
    }

    @Test
    void theMapShowsSubnetsDatabaseServersAndWhoSendsToWhom() throws Exception {
        feed.send(List.of(KilledWebServer.event(
                3, "failoverlab.elb", "Rotation Change", "lb", "{\"targets\":\"web-1a web-1c\"}")));
        open("/");

        eventually(() -> {
            assertThat(page.text("[data-zone=ap-northeast-1a]")).contains("web-a 10.0.10.0/24", "db-a 10.0.20.0/24");
            assertThat(page.text("[data-target=db-1] .title")).startsWith("db-1 primary, running");
            assertThat(page.attribute("[data-target=db-2]", "data-tone")).isEqualTo("bad");
            assertThat(page.text("#topology .figures .note")).isEqualTo("sends to web-1a web-1c");
            assertThat(arrows())
                    .containsExactlyInAnyOrder(
                            "requests front web-1a on",
                            "requests front web-1c on",
                            "queries web-1a db-1 on",
                            "queries web-1c db-1 on",
                            "replication db-1 db-2 off");
        });
        page.screenshot("map");

        feed.send(KilledWebServer.killed(second));
        lab.offers(OFFERS.replace(
                        "\"state\":\"stopped\",\"health\":\"standby\"", "\"state\":\"running\",\"health\":\"primary\"")
                .replace(
                        "\"health\":\"primary\",\"note\":\"in sync\",\"names\":[\"db-1.rds.lab\"],\"source\":\"\"",
                        "\"health\":\"standby\",\"note\":\"in sync\",\"names\":[],\"source\":\"db-2\"")
                .replace("\"note\":\"exposed\",\"names\":[]", "\"note\":\"in sync\",\"names\":[\"db-1.rds.lab\"]"));

        eventually(() -> assertThat(arrows())
                .as("web-1a is out of rotation, and the database has failed over")
                .containsExactlyInAnyOrder(
                        "requests front web-1a off",
                        "requests front web-1c on",
                        "queries web-1a db-2 on",
                        "queries web-1c db-2 on",
                        "replication db-2 db-1 on"));
        assertThat(page.run("return [...document.querySelectorAll('#topology .links li')].map((it) => it.textContent)"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains(
                        "front sends nothing to web-1a",
                        "web-1c reads and writes at db-2, where db-1.rds.lab leads",
                        "db-2 replicates to db-1: in sync");
        page.screenshot("map-after-failover");
    }

    /** Kind, from, to and state of every arrow that is drawn. */
    private static List<String> arrows() {
        return page.all(".map .arrow").stream()
                .map(arrow -> Stream.of("data-kind", "data-from", "data-to", "data-state")
                        .map(arrow::getDomAttribute)
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void theStateOfEveryTargetIsDrawnOverTime() {
        open("/");
        eventually(() ->
                assertThat(page.pixels("[data-chart=states]", "--tone-good")).isPositive());
        assertThat(page.pixels("[data-chart=states]", "--tone-bad")).isZero();

        feed.send(KilledWebServer.killed(second));

        eventually(() ->
                assertThat(page.pixels("[data-chart=states]", "--tone-bad")).isPositive());
        page.screenshot("states");
    }

    @Test
    void finishedRunsAreListedAndCompared() {
        open("/#/runs");
        eventually(() -> assertThat(page.all(".runs li")).hasSize(2));
        assertThat(page.text(".runs")).contains("FAIL kill-one-web", "12 of 9000 requests lost");
        assertThat(page.find("#runs-view .plain").isEnabled()).isFalse();

        page.all(".runs input").forEach(org.openqa.selenium.WebElement::click);
        page.find("#runs-view .plain").click();

        eventually(() -> assertThat(page.text("#runs-view table"))
                .contains("Requests lost 12 (<= 0: FAIL) 0 (<= 0: PASS)", "Detected 0.4 s 0.4 s"));
        assertThat(page.all("#runs-view .differs")).hasSize(1);
        page.screenshot("comparison");
    }

    @ParameterizedTest
    @CsvSource({"en, light", "ja, dark"})
    void axeFindsNothingToComplainOf(String language, String scheme) throws Exception {
        page.emulate("prefers-color-scheme", scheme);
        page.speak(URI.create("http://127.0.0.1:" + server.port()), language);
        try {
            open("/");
            feed.send(KilledWebServer.killed(second));
            eventually(() ->
                    assertThat(page.pixels("[data-chart=states]", "--tone-bad")).isPositive());
            assertThat(page.accessibilityProblems()).as("the stack").isEmpty();
            page.find("[data-target=web-1a] .act").click();
            assertThat(page.accessibilityProblems())
                    .as("the choice of an action")
                    .isEmpty();
            page.find("dialog [data-action='lab:Kill']").click();
            assertThat(page.accessibilityProblems()).as("its confirmation").isEmpty();
            open("/#/runs");
            eventually(() -> assertThat(page.all(".runs li")).hasSize(2));
            assertThat(page.accessibilityProblems()).as("the runs").isEmpty();
        } finally {
            page.run("localStorage.clear()");
            page.emulate("prefers-color-scheme", "");
        }
    }

    @Test
    void itFitsNarrowScreensInTheDarkAndInJapanese() {
        page.narrow(360);
        page.emulate("prefers-color-scheme", "dark");
        page.run("if (location.origin !== 'null') localStorage.clear()");
        try {
            open("/");
            page.run("localStorage.setItem('language', 'ja')");
            open("/");
            eventually(() ->
                    assertThat(page.find("[data-target=web-1a] .act").getText()).isEqualTo("操作"));
            assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
            page.screenshot("narrow-dark-japanese");
            page.run("document.querySelector('.links').scrollIntoView({ block: 'end' })");
            assertThat(page.text(".links"))
                    .as("where there is no room for arrows the words are seen")
                    .contains("web-1a は db-1.rds.lab の指す db-1 で読み書きしています");
            assertThat(page.find(".arrows").isDisplayed()).isFalse();
            page.screenshot("narrow-links");
            page.find("[data-target=web-1a] .act").click();
            page.find("dialog [data-action='lab:Kill']").click();
            assertThat(page.text("dialog h2")).isEqualTo("強制終了: web-1a");
            assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
            page.screenshot("narrow-dark-japanese-confirm");
        } finally {
            page.run("localStorage.clear()");
            page.emulate("prefers-color-scheme", "");
            page.narrow(0);
        }
    }

    private void open(String path) {
        page.open(URI.create("http://127.0.0.1:" + server.port()), path);
    }

    private void tick(int seconds) {
        feed.send(KilledWebServer.ticks(second, second + seconds, false));
        second += seconds;
    }

    /** The stream goes on while the page is looked at. */
    private void eventually(ThrowingRunnable assertion) {
        page.eventually(Duration.ofMillis(200), () -> {
            tick(1);
            assertion.run();
        });
    }
}
