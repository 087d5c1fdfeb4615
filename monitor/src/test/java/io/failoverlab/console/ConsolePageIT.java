package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

@Timeout(120)
class ConsolePageIT {
    private static ChromeDriver browser;

    private final FakeFeed feed = new FakeFeed();
    private Javalin server;
    private int second;
    private int killedAt = Integer.MAX_VALUE;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void quitBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void startServer() {
        server = serve(feed, 0);
        feed.send(KilledWebServer.inService());
        tick(60);
    }

    @AfterEach
    void stopServer() {
        browser.get("about:blank");
        server.stop();
    }

    @Test
    void targetsAppearByZoneWithTheirState() {
        open();

        eventually(() -> {
            assertThat(text("#overall-text")).isEqualTo("2 of 2 targets in service, no alarm");
            assertThat(text("[data-zone=ap-northeast-1a] .title")).isEqualTo("web-1a healthy");
            assertThat(text("[data-zone=ap-northeast-1c] .title")).isEqualTo("web-1c healthy");
            assertThat(text("[data-target=web-1a] .id")).isEqualTo(KilledWebServer.WEB_1A);
            assertThat(text("#freshness-word")).isEqualTo("Live");
        });
        assertThat(attribute("[data-target=web-1a]", "data-tone")).isEqualTo("good");
        assertThat(browser.findElements(By.cssSelector(".target"))).hasSize(2);
    }

    @Test
    void aKillShowsInTheTargetItsAlarmTheEventsAndTheLane() {
        open();
        eventually(() ->
                assertThat(attribute("[data-target=web-1a]", "data-state")).isEqualTo("healthy"));

        kill();

        eventually(() -> {
            assertThat(text("[data-target=web-1a] .title")).isEqualTo("web-1a unhealthy");
            assertThat(text("[data-target=web-1a] .reason")).isEqualTo("instance stopped: Connection refused");
            assertThat(text("[data-target=web-1c] .title")).isEqualTo("web-1c healthy");
            assertThat(text("[data-alarm=web-1a-down] .word")).isEqualTo("ALARM");
            assertThat(text("[data-alarm=web-1a-down] .reason")).isEqualTo(KilledWebServer.REASON);
            assertThat(text("#overall-text")).isEqualTo("1 of 2 targets in service, 1 alarm");
            assertThat(text("#events")).contains("Fault Injected kill web-1a", "web-1a healthy → unhealthy");
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
            assertThat(text("#overall-text")).isEqualTo("1 of 2 targets in service, 1 alarm");
            assertThat(text("#events")).contains("Fault Injected kill web-1a");
            assertThat(pixels("#lane", "--tone-fault")).isPositive();
        });
    }

    @Test
    void everyChartDrawsItsLinesAndTheFault() {
        open();
        kill();

        eventually(() -> {
            assertThat(pixels("[data-chart=requests]", "--line-0")).isGreaterThan(30);
            assertThat(pixels("[data-chart=requests]", "--line-1")).isGreaterThan(30);
            assertThat(pixels("[data-chart=failed]", "--line-2")).isGreaterThan(30);
            assertThat(pixels("[data-chart=latency]", "--line-0")).isGreaterThan(30);
            assertThat(pixels("[data-chart=cpu]", "--line-2")).isGreaterThan(30);
            for (String chart : List.of("requests", "failed", "latency", "cpu")) {
                assertThat(pixels("[data-chart=" + chart + "]", "--tone-fault")).isGreaterThan(50);
            }
            assertThat(text("[data-chart=requests] .legend")).matches("load balancer [23]\\d\\d client [23]\\d\\d");
            assertThat(text("[data-chart=cpu] .legend")).matches("db-1 [\\d.]+ web-1a – web-1c [\\d.]+");
        });
    }

    @Test
    void theCrosshairIsMovedByKeysAndTellsWhatHappened() {
        open();
        kill();
        eventually(() -> assertThat(text("#overall-text")).startsWith("1 of 2"));
        int stepsBack = second - 1 - killedAt;

        browser.findElement(By.id("lane")).sendKeys(Keys.ARROW_LEFT.toString().repeat(stepsBack));

        patiently().untilAsserted(() -> assertThat(text("#readout")).endsWith("kill web-1a begins · web-1a stopped"));
        browser.findElement(By.id("lane")).sendKeys(Keys.ARROW_RIGHT);
        patiently()
                .untilAsserted(() -> assertThat(text("#readout"))
                        .endsWith("during kill web-1a · web-1a unhealthy · now web-1c · web-1a-down ALARM"));
    }

    @Test
    void anEventIsShownWithTheMinuteAroundItUntilEscape() {
        open();
        eventually(() -> assertThat(text("#events")).contains("Load Started"));

        browser.findElement(By.cssSelector(".event")).sendKeys(Keys.ENTER);

        patiently().until(() -> browser.findElement(By.id("to-live")).isDisplayed());
        browser.findElement(By.tagName("body")).sendKeys(Keys.ESCAPE);
        patiently().until(() -> !browser.findElement(By.id("to-live")).isDisplayed());
    }

    @Test
    void whenTheMonitorStopsThePageSaysSoAndRecoversWhenItIsBack() {
        open();
        eventually(() -> assertThat(text("#freshness-word")).isEqualTo("Live"));
        int port = server.port();

        server.stop();

        patiently().untilAsserted(() -> {
            assertThat(text("#freshness-word")).isEqualTo("Disconnected");
            assertThat(text("#overall-text"))
                    .isEqualTo("Unknown: disconnected; last known: 2 of 2 targets in service, no alarm");
            assertThat(text("[data-target=web-1a] .title")).isEqualTo("web-1a unknown, was healthy");
            assertThat(attribute("[data-target=web-1a]", "data-tone")).isEqualTo("unknown");
        });
        server = serve(feed, port);
        eventually(() -> {
            assertThat(text("#freshness-word")).isEqualTo("Live");
            assertThat(attribute("[data-target=web-1a]", "data-tone")).isEqualTo("good");
        });
    }

    @Test
    void whenTheStreamFallsSilentNothingStaysGreen() {
        open();
        eventually(() -> assertThat(text("#freshness-word")).isEqualTo("Live"));

        patiently().untilAsserted(() -> {
            assertThat(text("#freshness-word")).isEqualTo("Data is old");
            assertThat(browser.findElements(By.cssSelector("main [data-tone=good]:not(#events *)")))
                    .isEmpty();
        });
    }

    @Test
    void thePageAsksNoOtherHostAndBreaksNoRuleOfItsPolicy() {
        browser.manage().logs().get(LogType.BROWSER);
        open();
        eventually(() -> assertThat(pixels("[data-chart=cpu]", "--line-0")).isPositive());

        Object foreign = browser.executeScript("return performance.getEntriesByType('resource')"
                + ".map(entry => entry.name).filter(name => !name.startsWith(location.origin + '/'))");
        assertThat(foreign).isEqualTo(List.of());
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                        .map(LogEntry::getMessage))
                .isEmpty();
    }

    @Test
    void aNarrowScreenNeedsNoSidewaysScrolling() {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        try {
            open();
            kill();
            eventually(() -> assertThat(pixels("[data-chart=cpu]", "--line-0")).isPositive());
            assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
                    .isEqualTo(360L);
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    private static Javalin serve(FakeFeed feed, int port) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new Console(feed).register(config);
                })
                .start("127.0.0.1", port);
    }

    private void open() {
        browser.get("http://127.0.0.1:" + server.port() + "/");
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
        patiently().pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            tick(1);
            assertion.run();
        });
    }

    /** Both cores may be busy with other things. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private String text(String selector) {
        return browser.findElement(By.cssSelector(selector)).getText().replaceAll("\\s+", " ");
    }

    /** Said to screen readers only, so it has no visible text. */
    private Object announced() {
        return browser.executeScript("return document.getElementById('announcer').textContent");
    }

    private String attribute(String selector, String name) {
        return browser.findElement(By.cssSelector(selector)).getDomAttribute(name);
    }

    /** How many pixels of the canvas in a place have a colour of the style sheet. */
    private long pixels(String place, String colour) {
        return (Long) browser.executeScript("""
                const canvas = document.querySelector(`${arguments[0]} canvas`);
                if (!canvas) return 0;
                const probe = document.createElement('canvas').getContext('2d');
                probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(arguments[1]);
                probe.fillRect(0, 0, 1, 1);
                const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                const near = (at) => Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < 30;
                let count = 0;
                for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200 && near(at)) count++;
                return count;
                """, place, colour);
    }
}
