package io.failoverlab.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sees to it that the tests of the page have a browser: Chromium and its driver, installed where this process may. */
public final class BrowserInstaller {
    private static final List<String> PACKAGES = List.of("chromium", "chromium-driver");
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    private final HostCommands host;
    private final Consumer<String> progress;

    BrowserInstaller(HostCommands host, Consumer<String> progress) {
        this.host = host;
        this.progress = progress;
    }

    /** @param progress told of each step, a line at a time */
    public static BrowserInstaller ofThisHost(Consumer<String> progress) {
        return new BrowserInstaller(new HostProcesses(), progress);
    }

    /** @throws EngineException if there is none in the end; the message says what to install */
    public void ensure() {
        if (isThere()) {
            return;
        }
        AptPackages packages = new AptPackages(host, progress);
        if (!packages.available()) {
            throw new EngineException("browser: expected Chromium and chromedriver, found none; "
                    + packages.advice(PACKAGES, "Chromium or Chrome, and the chromedriver of its version"));
        }
        packages.install("browser: none found", PACKAGES);
        if (!isThere()) {
            throw new EngineException(
                    "browser: apt-get installed " + String.join(" ", PACKAGES)
                            + ", but no chromium and chromedriver are in PATH; Ubuntu's are snaps: install Chrome and its driver");
        }
    }

    private boolean isThere() {
        return host.find("chromedriver").isPresent()
                && BROWSERS.stream().map(host::find).anyMatch(Optional::isPresent);
    }
}
