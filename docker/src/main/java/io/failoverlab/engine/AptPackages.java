package io.failoverlab.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Packages of Debian and Ubuntu. */
final class AptPackages {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int LINES_SHOWN = 20;

    private final HostCommands host;
    private final Consumer<String> progress;

    AptPackages(HostCommands host, Consumer<String> progress) {
        this.host = host;
        this.progress = progress;
    }

    /** Whether this process can install packages. */
    boolean available() {
        return host.isRoot() && host.find("apt-get").isPresent();
    }

    /**
     * What to type, or where to get it, when {@link #available()} is false.
     *
     * @param elsewhere what to install on a system without apt-get
     */
    String advice(List<String> packages, String elsewhere) {
        return host.find("apt-get").isPresent()
                ? "as root: apt-get install --no-install-recommends " + String.join(" ", packages)
                : "install " + elsewhere;
    }

    /**
     * Installs packages, without the ones they merely recommend.
     *
     * @param need what they are for, such as {@code engine: none answers}
     * @throws EngineException with the last lines of apt-get, if they cannot be installed
     */
    void install(String need, List<String> packages) {
        progress.accept(need + "; installing " + String.join(" ", packages) + " with apt-get …");
        apt(List.of("apt-get", "-q", "update"));
        List<String> install = new ArrayList<>(List.of("apt-get", "-q", "install", "-y", "--no-install-recommends"));
        install.addAll(packages);
        apt(install);
    }

    private void apt(List<String> command) {
        HostCommands.Result result = host.run(LIMIT, Map.of("DEBIAN_FRONTEND", "noninteractive"), command);
        if (!result.ok()) {
            throw new EngineException("`" + String.join(" ", command) + "` ended with exit code " + result.exitCode()
                    + ":\n" + result.lastLines(LINES_SHOWN));
        }
    }
}
