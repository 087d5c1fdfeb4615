package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.access.Permits;
import io.failoverlab.live.LiveMessage;
import io.failoverlab.live.LiveMessage.Series;
import io.failoverlab.live.LiveMessage.Tick;
import io.failoverlab.live.LivePast;
import io.javalin.Javalin;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A page that stays open: an hour of 200 series a second, all of it on the charts, and then another hour. It prints how long
 * frames take and what the page holds in memory; only the memory is judged, since frames depend on what else the machine does.
 */
@Tag("long")
@Timeout(900)
class PageEnduranceIT {
    private static final int SERIES = 200;
    private static final int HOUR = 3600;
    private static final int HALF_AN_HOUR = 1800;
    /** As past.js asks for it. */
    private static final int STRETCH = 300;

    /** Fewer than a client may be behind. */
    private static final int BATCH = 100;

    private final FakeFeed feed = new FakeFeed();
    private ChromeDriver browser;
    private Javalin server;
    private int second;

    @BeforeEach
    void open() {
        browser = Browser.start();
        server = serve(LivePast.none());
        feed.send(KilledWebServer.inService());
        browser.get(URI.create("http://127.0.0.1:" + server.port()) + "/");
        browser.executeScript("document.querySelector('input[name=window][value=\"3600\"]').click()");
    }

    private Javalin serve(LivePast past) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new Console(feed, past, Optional.empty(), Optional.empty(), Permits.everything()).register(config);
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        browser.quit();
        server.stop();
    }

    @Test
    void afterAnHourThePageGrowsNoMore() {
        System.out.printf(
                "first paint: %s ms%n",
                browser.executeScript(
                        "return Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)"));
        feed(HOUR);
        double hour = heap();
        List<?> frames = frames();
        feed(HALF_AN_HOUR);
        double full = heap();
        feed(HALF_AN_HOUR);
        double later = heap();
        System.out.printf(
                "%d series a second on %s charts: heap %.1f MB after an hour, %.1f MB and %.1f MB half an hour later each%n",
                SERIES, browser.executeScript("return document.querySelectorAll('.uplot').length"), hour, full, later);
        System.out.printf(
                "frames while the crosshair moves: median %s ms, p99 %s ms, longest %s ms; %s tasks of more than 50 ms in 5 s%n",
                frames.toArray());
        assertThat(later).isLessThan(full * 1.1);
    }

    /** All that a page keeps, asked for from the newest to the oldest. */
    @Test
    void aPageThatIsOpenedAfterAnHourHasAllOfItWithinSeconds() {
        server.stop();
        second = 10;
        feed.send(KilledWebServer.ticks(0, second, false));
        server = serve((from, to) -> IntStream.range(
                        (int) Duration.between(KilledWebServer.START, from).toSeconds(),
                        (int) Duration.between(KilledWebServer.START, to).toSeconds())
                .mapToObj(PageEnduranceIT::tick)
                .toList());
        browser.get(URI.create("http://127.0.0.1:" + server.port()) + "/");
        String asked =
                "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/live/past'))"
                        + ".map(({ responseEnd }) => responseEnd)";
        BrowserPage.patiently().until(() -> ((List<?>) browser.executeScript(asked)).size() == HOUR / STRETCH);
        List<?> ends = (List<?>) browser.executeScript(asked);
        System.out.printf(
                "an hour of %d series is there %.1f s after the page was opened, in %d stretches; heap %.1f MB%n",
                SERIES, ((Number) ends.getLast()).doubleValue() / 1000, ends.size(), heap());
        List<?> frames = frames();
        System.out.printf(
                "frames then: median %s ms, p99 %s ms, longest %s ms; %s tasks of more than 50 ms in 5 s%n",
                frames.toArray());
    }

    /** Sends that many seconds, and waits for the page to have drawn them. */
    private void feed(int seconds) {
        for (int sent = 0; sent < seconds; sent += BATCH) {
            List<LiveMessage> ticks = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                ticks.add(tick(second++));
            }
            feed.send(ticks);
            String last = KilledWebServer.at(second - 1).toString().substring(14, 19);
            BrowserPage.patiently()
                    .until(() -> String.valueOf(browser.executeScript(
                                    "return document.getElementById('freshness-text').textContent"))
                            .contains(last));
        }
    }

    /** The series of a stack with two web servers, and as many of others as make it {@value #SERIES}. */
    private static Tick tick(int second) {
        Tick usual = KilledWebServer.tick(second, false);
        List<Series> all = new ArrayList<>(usual.values());
        for (int i = 0; all.size() < SERIES; i++) {
            all.add(KilledWebServer.count(
                    "FailoverLab/ELB",
                    i < 20 ? "RequestCount" : "Other" + i,
                    Map.of("Target", "web-" + i),
                    second % (i + 7)));
        }
        return new Tick(usual.second(), all);
    }

    /** What is left of the page's heap once all garbage is gone, in megabytes. */
    private double heap() {
        browser.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        Number used = (Number)
                browser.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize");
        return used.doubleValue() / 1e6;
    }

    /** Times between frames over five seconds in which the crosshair moves with each, and how often the page was busy for long. */
    private List<?> frames() {
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 5; i++) {
                feed.send(List.of(tick(second++)));
            }
        });
        return (List<?>) browser.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const over = document.querySelector('[data-chart=cpu] .u-over');
                const box = over.getBoundingClientRect();
                const gaps = [];
                let long = 0;
                new PerformanceObserver((list) => (long += list.getEntries().length)).observe({ type: 'longtask' });
                const begin = performance.now();
                let last = begin;
                function frame(now) {
                  gaps.push(now - last);
                  last = now;
                  const clientX = box.left + ((now - begin) / 5000) * box.width;
                  over.dispatchEvent(new MouseEvent('mousemove', { clientX, clientY: box.top + 20, bubbles: true }));
                  if (now - begin < 5000) requestAnimationFrame(frame);
                  else finish();
                }
                function at(values, share) {
                  const sorted = [...values].sort((a, b) => a - b);
                  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
                }
                function finish() {
                  done([at(gaps, 0.5), at(gaps, 0.99), Math.max(...gaps).toFixed(1), long]);
                }
                requestAnimationFrame(frame);""");
    }
}
