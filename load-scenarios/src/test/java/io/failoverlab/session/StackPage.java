package io.failoverlab.session;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** The page of a lab that is up, in a real browser. */
final class StackPage implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What the page shows of an instance that was broken.
     *
     * @param target state of the target
     * @param alarm whether an alarm of the instance rings
     * @param event whether the fault is among the events
     * @param band whether it is a band on the charts
     * @param states whether its state over time is drawn as a bad one
     */
    record Seen(String target, boolean alarm, boolean event, boolean band, boolean states) {}

    private final ChromeDriver browser;
    private final String first;

    private StackPage(ChromeDriver browser) {
        this.browser = browser;
        this.first = browser.getWindowHandle();
    }

    /** Gives the test up, saying why, where no browser is installed. */
    static StackPage open(URI login) {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<Path> driver = onPath("chromedriver");
        assumeTrue(
                driver.isPresent() && chromium.isPresent(),
                "no chromium and chromedriver on the PATH (Debian: apt-get install chromium chromium-driver)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get().toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1440,1300");
        StackPage page = new StackPage(new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.get().toFile())
                        .withEnvironment(Map.of("SE_OFFLINE", "true", "SE_AVOID_STATS", "true"))
                        .build(),
                options));
        page.browser.get(login.toString());
        return page;
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
    }

    private WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    String stateOf(String target) {
        return find("[data-target=" + target + "]").getDomAttribute("data-state");
    }

    Seen seen(String target) {
        return new Seen(
                stateOf(target),
                browser.findElements(By.cssSelector("#alarms [data-state=ALARM]")).stream()
                        .anyMatch(alarm -> alarm.getText().contains(target)),
                find("#events").getText().contains("kill " + target),
                painted("[data-chart=cpu]", "--tone-fault"),
                painted("[data-chart=states]", "--tone-bad"));
    }

    /** Kind, from, to and state of every arrow between the boxes. */
    List<String> arrows() {
        return browser.findElements(By.cssSelector(".map .arrow")).stream()
                .map(arrow -> Stream.of("data-kind", "data-from", "data-to", "data-state")
                        .map(arrow::getDomAttribute)
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    /** Whether some pixels of a chart have a colour of the style sheet. */
    private boolean painted(String chart, String colour) {
        return (Boolean) browser.executeScript("""
                const canvas = document.querySelector(`${arguments[0]} canvas`);
                const probe = document.createElement('canvas').getContext('2d');
                probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(arguments[1]);
                probe.fillRect(0, 0, 1, 1);
                const wanted = probe.getImageData(0, 0, 1, 1).data;
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                for (let at = 0; at < data.length; at += 4) {
                  const away = Math.abs(data[at] - wanted[0]) + Math.abs(data[at + 1] - wanted[1]) + Math.abs(data[at + 2] - wanted[2]);
                  if (data[at + 3] > 200 && away < 30) return true;
                }
                return false;""", chart, colour);
    }

    /** Does something to an instance as a person does: chooses it, confirms it, waits for what became of it. */
    void act(String instance, String action) {
        eventually(() -> find("[data-target=" + instance + "] .act").click());
        eventually(() -> find("dialog [data-action='" + action + "']").click());
        find("dialog .danger").click();
        eventually(() -> {
            if (!browser.findElements(By.cssSelector("dialog[open]")).isEmpty()) {
                throw new AssertionError(find("dialog").getText());
            }
        });
    }

    void reload() {
        browser.navigate().refresh();
    }

    void openAnother(URI page) {
        browser.switchTo().newWindow(WindowType.TAB);
        browser.get(page.resolve("/").toString());
    }

    void backToTheFirst() {
        browser.switchTo().window(first);
    }

    /** Errors in the browser's console. */
    List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(Object::toString)
                .toList();
    }

    void screenshot(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target/screenshots"));
            Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        browser.quit();
    }
}
