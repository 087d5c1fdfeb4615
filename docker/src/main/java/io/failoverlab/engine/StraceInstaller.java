package io.failoverlab.engine;

import java.util.List;
import java.util.function.Consumer;

/** Sees to it that the tests of the monitor's store can make a disk fail: strace answers system calls in the kernel's place. */
public final class StraceInstaller {
    private static final List<String> PACKAGES = List.of("strace");

    private final HostCommands host;
    private final Consumer<String> progress;

    StraceInstaller(HostCommands host, Consumer<String> progress) {
        this.host = host;
        this.progress = progress;
    }

    /** @param progress told of each step, a line at a time */
    public static StraceInstaller ofThisHost(Consumer<String> progress) {
        return new StraceInstaller(new HostProcesses(), progress);
    }

    /** @throws EngineException if it is not there and cannot be installed; the message says what to install */
    public void ensure() {
        if (host.find("strace").isPresent()) {
            return;
        }
        AptPackages packages = new AptPackages(host, progress);
        if (!packages.available()) {
            throw new EngineException("strace: expected it in PATH, found none; "
                    + packages.advice(PACKAGES, "strace 5.0 or later, which is for Linux"));
        }
        packages.install("strace: none found", PACKAGES);
    }
}
