package io.failoverlab.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Whether packages can be unpacked, which takes no rights at all. */
    boolean canUnpack() {
        return host.find("apt-get").isPresent() && host.find("dpkg-deb").isPresent();
    }

    /**
     * Puts the files of packages under a folder, and nothing anywhere else: a package that is unpacked and not installed starts no
     * service.
     *
     * @param need what they are for, such as {@code engine: none answers}
     * @throws EngineException with the last lines of what failed
     */
    void unpack(String need, List<String> packages, Path folder) throws IOException {
        progress.accept(need + "; unpacking Debian's " + String.join(" ", packages) + " into " + folder + " …");
        if (host.isRoot()) {
            apt(List.of("apt-get", "-q", "update"));
        }
        Files.createDirectories(folder);
        List<String> download = new ArrayList<>(List.of("env", "--chdir=" + folder, "apt-get", "-q", "download"));
        download.addAll(packages);
        apt(download);
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, "*.deb")) {
            for (Path archive : archives) {
                apt(List.of("dpkg-deb", "--extract", archive.toString(), folder.toString()));
                Files.delete(archive);
            }
        }
    }

    private void apt(List<String> command) {
        HostCommands.Result result = host.run(LIMIT, Map.of("DEBIAN_FRONTEND", "noninteractive"), command);
        if (!result.ok()) {
            throw new EngineException("`" + String.join(" ", command) + "` ended with exit code " + result.exitCode()
                    + ":\n" + result.lastLines(LINES_SHOWN));
        }
    }
}
