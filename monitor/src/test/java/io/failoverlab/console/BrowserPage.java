package io.failoverlab.console;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The console page in a real browser, as a reader sees it. */
public final class BrowserPage implements AutoCloseable {
    private final ChromeDriver browser;

    private BrowserPage(ChromeDriver browser) {
        this.browser = browser;
    }

    /** Skips the test, saying why, where no browser is installed. */
    public static BrowserPage start() {
        return new BrowserPage(Browser.start());
    }

    /** @param path from the slash on */
    public void open(URI monitor, String path) {
        // The part behind # alone would change nothing but the view.
        browser.get("about:blank");
        browser.get(monitor.resolve("/") + path.substring(1));
        eventually(() -> find("nav [aria-current]"));
    }

    /** In a language of its own choice, from the next page that is opened on. */
    public void speak(URI monitor, String language) {
        browser.get(monitor.resolve("/").toString());
        browser.executeScript("localStorage.setItem('language', arguments[0])", language);
    }

    /** An address of whatever kind. */
    public void visit(URI address) {
        browser.get(address.toString());
    }

    public void leave() {
        browser.get("about:blank");
    }

    /** Both cores may be busy with other things. */
    static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30));
    }

    public void eventually(ThrowingRunnable assertion) {
        eventually(Duration.ofMillis(100), assertion);
    }

    /** Ends in a failure that says what the browser complained about, too. */
    void eventually(Duration pollInterval, ThrowingRunnable assertion) {
        try {
            patiently().pollInterval(pollInterval).ignoreExceptions().untilAsserted(assertion);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\nThe browser says: " + complaints(), e);
        }
    }

    public WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    public List<WebElement> all(String selector) {
        return browser.findElements(By.cssSelector(selector));
    }

    /** What is to be read there, in one line. */
    public String text(String selector) {
        return find(selector).getText().replaceAll("\\s+", " ");
    }

    public String attribute(String selector, String name) {
        return find(selector).getDomAttribute(name);
    }

    /** Another tab before this one, until the action is over. */
    public void inAnotherTab(ThrowingRunnable action) throws Throwable {
        String tab = browser.getWindowHandle();
        browser.switchTo().newWindow(WindowType.TAB);
        try {
            action.run();
        } finally {
            browser.close();
            browser.switchTo().window(tab);
        }
    }

    /** Presses keys where the focus is. */
    public void press(CharSequence... keys) {
        new Actions(browser).sendKeys(keys).perform();
    }

    public WebElement focused() {
        return browser.switchTo().activeElement();
    }

    public Object run(String script, Object... arguments) {
        return browser.executeScript(script, arguments);
    }

    /** A script that calls its last argument with the result. */
    Object runAsync(String script) {
        return browser.executeAsyncScript(script);
    }

    public void emulate(String feature, String value) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** A narrow screen of a phone, or with 0 the window again. */
    public void narrow(int width) {
        if (width == 0) {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        } else {
            browser.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", width, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        }
    }

    public void resize(int width, int height) {
        browser.manage().window().setSize(new Dimension(width, height));
    }

    /** Warnings and errors of the browser's console since it was asked last. */
    public List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                // of counting pixels, which only the tests do
                .filter(message -> !message.contains("willReadFrequently"))
                .toList();
    }

    /** Resources that came from elsewhere. */
    public Object foreign() {
        return run("return performance.getEntriesByType('resource')"
                + ".map(entry => entry.name).filter(name => !name.startsWith(location.origin + '/'))");
    }

    /** How many pixels of the canvas in a place have a colour of the style sheet, or any other colour of CSS. */
    public long pixels(String place, String colour) {
        return (Long) run("""
                const canvas = document.querySelector(`${arguments[0]} canvas`);
                if (!canvas) return 0;
                const probe = document.createElement('canvas').getContext('2d');
                const asked = arguments[1];
                probe.fillStyle = asked.startsWith('--') ? getComputedStyle(document.documentElement).getPropertyValue(asked) : asked;
                probe.fillRect(0, 0, 1, 1);
                const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                const near = (at) => Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < 30;
                let count = 0;
                for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200 && near(at)) count++;
                return count;
                """, place, colour);
    }

    /** What axe finds against WCAG 2.2 A and AA: its rule, and the elements. */
    public List<String> accessibilityProblems() throws IOException {
        try (InputStream axe = BrowserPage.class.getResourceAsStream("/axe.min.js")) {
            browser.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = browser.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                axe.run(document, { runOnly: { type: 'tag', values: tags } }).then(({ violations }) =>
                  done(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`)));""");
        return ((List<?>) found).stream().map(Object::toString).toList();
    }

    /** Kept with the test's other output, to be looked at. */
    public void screenshot(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target/screenshots"));
            Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new AssertionError("The screenshot " + name + " could not be written", e);
        }
    }

    @Override
    public void close() {
        browser.quit();
    }
}
