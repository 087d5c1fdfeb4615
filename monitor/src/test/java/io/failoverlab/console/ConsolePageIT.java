package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.access.Permits;
import io.failoverlab.live.LiveMessage;
import io.failoverlab.live.LivePast;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

@Timeout(120)
class ConsolePageIT {
    private static BrowserPage page;

    private final FakeFeed feed = new FakeFeed();
    private Javalin server;
    private int second;
    private int killedAt = Integer.MAX_VALUE;

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
    void startServer() {
        server = serve(feed, LivePast.none(), 0);
        feed.send(KilledWebServer.inService());
        tick(60);
    }

    @AfterEach
    void stopServer() {
        page.leave();
        server.stop();
    }

    @Test
    void targetsAppearByZoneWithTheirState() {
        open();

        eventually(() -> {
            assertThat(page.text("#overall-text")).isEqualTo("2 of 2 targets in service, no alarm");
            assertThat(page.text("[data-zone=ap-northeast-1a] .title")).isEqualTo("web-1a healthy");
            assertThat(page.text("[data-zone=ap-northeast-1c] .title")).isEqualTo("web-1c healthy");
            assertThat(page.text("[data-target=web-1a] .id")).isEqualTo(KilledWebServer.WEB_1A);
            assertThat(page.text("#freshness-word")).isEqualTo("Live");
        });
        assertThat(page.attribute("[data-target=web-1a]", "data-tone")).isEqualTo("good");
        assertThat(page.all(".target")).hasSize(2);
    }

    @Test
    void aKillShowsInTheTargetItsAlarmTheEventsAndTheLane() {
        open();
        eventually(() ->
                assertThat(page.attribute("[data-target=web-1a]", "data-state")).isEqualTo("healthy"));

        kill();

        eventually(() -> {
            assertThat(page.text("[data-target=web-1a] .title")).isEqualTo("web-1a unhealthy");
            assertThat(page.text("[data-target=web-1a] .reason")).isEqualTo("instance stopped: Connection refused");
            assertThat(page.text("[data-target=web-1c] .title")).isEqualTo("web-1c healthy");
            assertThat(page.text("[data-alarm=web-1a-down] .word")).isEqualTo("ALARM");
            assertThat(page.text("[data-alarm=web-1a-down] .reason")).isEqualTo(KilledWebServer.REASON);
            assertThat(page.text("#overall-text")).isEqualTo("1 of 2 targets in service, 1 alarm");
            assertThat(page.text("#events")).contains("Fault Injected kill web-1a", "web-1a healthy → unhealthy");
            assertThat(announced())
                    .isEqualTo("Alarm " + KilledWebServer.ALARM + " is ALARM. " + KilledWebServer.REASON);
        });
    }

    @Test
    void aPageOpenedLateShowsThePast() {
        kill();
        tick(30);

        open();

        eventually(() -> {
            assertThat(page.text("#overall-text")).isEqualTo("1 of 2 targets in service, 1 alarm");
            assertThat(page.text("#events")).contains("Fault Injected kill web-1a");
            assertThat(page.pixels("#lane", "--tone-fault")).isPositive();
        });
    }

    /** The snapshot has a minute of it. */
    @Test
    void aReloadInTheMiddleOfARunLosesNothingOfIt() {
        AtomicInteger failures = new AtomicInteger(1);
        server.stop();
        server = serve(feed, (from, to) -> minutesBefore(from, to, failures), 0);
        open();
        page.find("input[name=window][value='900']").click();

        eventually(() -> assertThat(page.pixels("[data-chart=cpu]", "--line-0"))
                .as("a line over the whole of the chart")
                .isGreaterThan(600));
        page.screenshot("whole-run");
        assertThat(failures).hasNegativeValue();
    }

    /** A quarter of an hour; the first answers fail, as those of a monitor that is busy. */
    private static List<LiveMessage.Tick> minutesBefore(Instant from, Instant to, AtomicInteger failures) {
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("busy");
        }
        int begin = (int) Duration.between(KilledWebServer.START, from).toSeconds();
        int end = (int) Duration.between(KilledWebServer.START, to).toSeconds();
        return IntStream.range(Math.max(begin, -900), end)
                .mapToObj(second -> KilledWebServer.tick(second, false))
                .toList();
    }

    @Test
    void everyChartDrawsItsLinesAndTheFault() {
        open();
        kill();

        eventually(() -> {
            assertThat(page.pixels("[data-chart=requests]", "--line-0")).isGreaterThan(30);
            assertThat(page.pixels("[data-chart=requests]", "--line-1")).isGreaterThan(30);
            assertThat(page.pixels("[data-chart=failed]", "--line-2")).isGreaterThan(30);
            assertThat(page.pixels("[data-chart=latency]", "--line-0")).isGreaterThan(30);
            assertThat(page.pixels("[data-chart=cpu]", "--line-2")).isGreaterThan(30);
            for (String chart : List.of("requests", "failed", "latency", "cpu")) {
                assertThat(page.pixels("[data-chart=" + chart + "]", "--tone-fault"))
                        .isGreaterThan(50);
            }
            assertThat(page.text("[data-chart=requests] .legend"))
                    .matches("load balancer [23]\\d\\d client [23]\\d\\d");
            assertThat(page.text("[data-chart=cpu] .legend")).matches("db-1 [\\d.]+ web-1a – web-1c [\\d.]+");
        });
    }

    @Test
    void theCrosshairIsMovedByKeysAndTellsWhatHappened() {
        open();
        kill();
        eventually(() -> assertThat(page.text("#overall-text")).startsWith("1 of 2"));
        int stepsBack = second - 1 - killedAt;

        page.find("#lane").sendKeys(Keys.ARROW_LEFT.toString().repeat(stepsBack));

        BrowserPage.patiently()
                .untilAsserted(() -> assertThat(page.text("#readout")).endsWith("kill web-1a begins · web-1a stopped"));
        page.find("#lane").sendKeys(Keys.ARROW_RIGHT);
        BrowserPage.patiently()
                .untilAsserted(() -> assertThat(page.text("#readout"))
                        .endsWith("during kill web-1a · web-1a unhealthy · now web-1c · web-1a-down ALARM"));
    }

    @Test
    void anEventIsShownWithTheMinuteAroundItUntilEscape() {
        open();
        eventually(() -> assertThat(page.text("#events")).contains("Load Started"));

        page.find(".event").sendKeys(Keys.ENTER);

        BrowserPage.patiently().until(() -> page.find("#to-live").isDisplayed());
        page.find("body").sendKeys(Keys.ESCAPE);
        BrowserPage.patiently().until(() -> !page.find("#to-live").isDisplayed());
    }

    @Test
    void whenTheMonitorStopsThePageSaysSoAndRecoversWhenItIsBack() {
        open();
        eventually(() -> assertThat(page.text("#freshness-word")).isEqualTo("Live"));
        int port = server.port();

        server.stop();

        BrowserPage.patiently().untilAsserted(() -> {
            assertThat(page.text("#freshness-word")).isEqualTo("Disconnected");
            assertThat(page.text("#overall-text"))
                    .isEqualTo("Unknown: disconnected; last known: 2 of 2 targets in service, no alarm");
            assertThat(page.text("[data-target=web-1a] .title")).isEqualTo("web-1a unknown, was healthy");
            assertThat(page.attribute("[data-target=web-1a]", "data-tone")).isEqualTo("unknown");
        });
        server = serve(feed, LivePast.none(), port);
        eventually(() -> {
            assertThat(page.text("#freshness-word")).isEqualTo("Live");
            assertThat(page.attribute("[data-target=web-1a]", "data-tone")).isEqualTo("good");
        });
    }

    @Test
    void aPageThatNobodyLooksAtLetsGoOfItsStreamAndComesBackWithWhatItHas() throws Throwable {
        open();
        eventually(() -> assertThat(page.text("#freshness-word")).isEqualTo("Live"));

        page.inAnotherTab(() -> eventually(() -> assertThat(feed.watchers()).isZero()));

        eventually(() -> {
            assertThat(feed.watchers()).isEqualTo(1);
            assertThat(page.text("#freshness-word")).isEqualTo("Live");
        });
        page.leave();
        eventually(() -> assertThat(feed.watchers()).isZero());
    }

    @Test
    void whenTheStreamFallsSilentNothingStaysGreen() {
        open();
        eventually(() -> assertThat(page.text("#freshness-word")).isEqualTo("Live"));

        BrowserPage.patiently().untilAsserted(() -> {
            assertThat(page.text("#freshness-word")).isEqualTo("Data is old");
            assertThat(page.all("main [data-tone=good]:not(#events *)")).isEmpty();
        });
    }

    @Test
    void thePageAsksNoOtherHostAndBreaksNoRuleOfItsPolicy() {
        page.complaints();
        open();
        eventually(() -> assertThat(page.pixels("[data-chart=cpu]", "--line-0")).isPositive());

        assertThat(page.foreign()).isEqualTo(List.of());
        assertThat(page.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/words.js", "/console/console.css"})
    void aFileThatDidNotComeIsLoadedAgain(String file) {
        AtomicInteger asked = new AtomicInteger();
        server.stop();
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.before(file, http -> {
                        if (asked.incrementAndGet() == 1) {
                            http.status(503).skipRemainingHandlers();
                        }
                    });
                    new Console(feed).register(config);
                })
                .start("127.0.0.1", 0);

        open();

        eventually(() -> assertThat(page.text("#freshness-word")).isEqualTo("Live"));
        // A browser may ask by itself, too, when another file needs it.
        assertThat(asked).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void thePageSpeaksJapaneseToo() {
        open();
        page.find("#language [value=ja]").click();
        try {
            eventually(() -> {
                assertThat(page.attribute("html", "lang")).isEqualTo("ja");
                assertThat(page.text("nav")).isEqualTo("スタック ダッシュボード アラーム メトリクス 実行結果");
                assertThat(page.text("#overall-text")).isEqualTo("ターゲット 2 台中 2 台がサービス中、アラームなし");
                assertThat(page.text("[data-target=web-1a] .title")).isEqualTo("web-1a healthy");
            });
            page.screenshot("japanese");
        } finally {
            page.run("localStorage.clear()");
        }
    }

    @Test
    void aNarrowScreenNeedsNoSidewaysScrolling() {
        page.narrow(360);
        try {
            open();
            kill();
            eventually(() ->
                    assertThat(page.pixels("[data-chart=cpu]", "--line-0")).isPositive());
            assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
        } finally {
            page.narrow(0);
        }
    }

    private static Javalin serve(FakeFeed feed, LivePast past, int port) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new Console(feed, past, Optional.empty(), Optional.empty(), Permits.everything()).register(config);
                })
                .start("127.0.0.1", port);
    }

    private void open() {
        page.open(URI.create("http://127.0.0.1:" + server.port()), "/");
    }

    /** Sends the next seconds. */
    private void tick(int seconds) {
        feed.send(KilledWebServer.ticks(second, second + seconds, killedAt < second));
        second += seconds;
    }

    private void kill() {
        killedAt = second;
        feed.send(KilledWebServer.killed(killedAt));
        tick(1);
    }

    /** The stream goes on while the page is looked at. */
    private void eventually(ThrowingRunnable assertion) {
        page.eventually(Duration.ofMillis(200), () -> {
            tick(1);
            assertion.run();
        });
    }

    /** Said to screen readers only, so it has no visible text. */
    private Object announced() {
        return page.run("return document.getElementById('announcer').textContent");
    }
}
