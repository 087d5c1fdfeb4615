package io.failoverlab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failoverlab.history.History;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser, opened as a file as people open it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportPageIT {
    private ChromeDriver browser;
    private Path page;

    @BeforeAll
    void open(@TempDir Path directory, @TempDir Path profile) throws IOException {
        Optional<Path> driver = onPath("chromedriver");
        Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> onPath(name).stream())
                .findFirst();
        assumeTrue(
                driver.isPresent() && chromium.isPresent(),
                "no chromium and chromedriver on the PATH (Debian: apt-get install chromium chromium-driver)");
        History history = GoldenRun.history();
        page = Reports.save(history, GoldenRun.judgement(), directory);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.get().toFile())
                        .withEnvironment(Map.of("SE_OFFLINE", "true", "SE_AVOID_STATS", "true"))
                        .build(),
                options(chromium.get(), profile));
        browser.get(page.toUri().toString());
        waitForCharts();
    }

    @BeforeEach
    void anOrdinaryScreen() {
        screen(1280, 900, "light");
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void theVerdictComesFirstAsASentence() {
        assertThat(browser.findElement(By.tagName("h1")).getText()).isEqualTo("✓ PASS");
        assertThat(browser.findElement(By.className("sentence")).getText())
                .isEqualTo(
                        "web-1a was killed at 8.0 s: 0 of 56 requests lost, out of rotation after 306 ms, alarm after"
                                + " 310 ms, no acknowledged write lost. Degraded since: 1 of 2 in service.");
    }

    @Test
    void theChartsAreDrawnWithTheMarkOfTheFault() {
        // the colour of the line at the moment of the fault, read back from the canvas
        Object reds = browser.executeScript("""
                const canvas = document.querySelector('#requests canvas');
                const over = document.querySelector('#requests .u-over');
                const ratio = canvas.width / canvas.clientWidth;
                const data = JSON.parse(document.getElementById('data').textContent);
                const x = (over.offsetLeft + over.clientWidth * data.bands[0].from / data.end) * ratio;
                const y = (over.offsetTop + over.clientHeight * 0.1) * ratio;
                const pixels = canvas.getContext('2d').getImageData(Math.round(x) - 3, Math.round(y), 7, 1).data;
                let reds = 0;
                for (let i = 0; i < pixels.length; i += 4) {
                  if (pixels[i] > 150 && pixels[i + 1] < 90 && pixels[i + 2] < 90) reds++;
                }
                return reds;
                """);

        assertThat(browser.findElements(By.cssSelector("#time canvas"))).hasSize(3);
        assertThat((Long) reds).isPositive();
    }

    @Test
    void theLanesSayWhatStateTheTargetsWereIn() {
        assertThat(browser.findElements(By.cssSelector(".lane")).stream()
                        .map(lane -> lane.getText().replaceAll("\\s+", " ")))
                .containsExactly(
                        "kill of web-1a",
                        "web-1a healthy unhealthy",
                        "web-1c healthy",
                        "web-1a, web-1c web-1c",
                        "unhealthy-hosts OK ALARM",
                        "web-1a-down OK ALARM");
    }

    @Test
    void anEventCanBeShownInTheChartsByKeyboard() {
        WebElement show = browser.findElement(By.cssSelector(".topic-fault button.show"));
        show.sendKeys(Keys.ENTER);
        assertThat(window()).isEqualTo("3.004 13.004");

        browser.findElement(By.id("whole")).sendKeys(Keys.SPACE);
        assertThat(window()).isEqualTo("0 16");
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "400, light", "400, dark"})
    void nothingIsWiderThanTheScreen(int width, String scheme) throws IOException {
        screen(width, 900, scheme);

        assertThat(browser.executeScript("const root = document.documentElement;"
                        + "return root.scrollWidth + ' of ' + root.clientWidth"))
                .isEqualTo(browser.executeScript(
                        "const width = document.documentElement.clientWidth;" + "return width + ' of ' + width"));
        keepPicture(width, scheme);
    }

    @Test
    void onPaperItIsLightAndFitsASheet() throws IOException {
        screen(1280, 900, "dark");
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        browser.executeScript("dispatchEvent(new Event('beforeprint'))");
        try {
            assertThat(browser.findElements(By.className("uplot")))
                    .hasSize(3)
                    .allMatch(chart -> chart.getSize().width <= 680);
            assertThat(browser.executeScript("return getComputedStyle(document.body).color"))
                    .isEqualTo("rgb(28, 30, 33)");
            Files.write(pictures().resolve("paper.png"), browser.getScreenshotAs(OutputType.BYTES));
        } finally {
            browser.executeScript("dispatchEvent(new Event('afterprint'))");
            browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        }
    }

    @Test
    void theBrowserHasNothingToComplainAboutAndAsksForNothing() {
        browser.manage().logs().get(LogType.PERFORMANCE);
        browser.navigate().refresh();
        waitForCharts();

        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                        .map(LogEntry::getMessage)
                        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                        .filter(message -> !message.contains("\"url\":\"data:")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("\"url\":\"" + page.toUri());
    }

    private void screen(int width, long height, String scheme) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        waitUntil(
                "const host = document.getElementById('requests');"
                        + "return host.querySelector('.uplot').clientWidth === host.clientWidth"
                        + " && matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches",
                scheme);
    }

    private String window() {
        return (String) browser.executeScript("const style = document.getElementById('time').style;"
                + "return style.getPropertyValue('--min') + ' ' + style.getPropertyValue('--max')");
    }

    private void waitForCharts() {
        waitUntil("return document.getElementById('time').dataset.drawn === '3'");
    }

    private void waitUntil(String script, Object... arguments) {
        new WebDriverWait(browser, Duration.ofSeconds(10))
                .until(driver -> Objects.equals(browser.executeScript(script, arguments), true));
    }

    /** For people: tests cannot see whether a page is good to look at. */
    private void keepPicture(int width, String scheme) throws IOException {
        long height = (Long) browser.executeScript("return document.documentElement.scrollHeight");
        screen(width, height, scheme);
        Files.write(pictures().resolve(width + "-" + scheme + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    private static Path pictures() throws IOException {
        return Files.createDirectories(Path.of("target/report-page"));
    }

    private static ChromeOptions options(Path chromium, Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        return options;
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
