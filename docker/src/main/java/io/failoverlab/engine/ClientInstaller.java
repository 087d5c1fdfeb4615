package io.failoverlab.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sees to it that the tests of the monitor have the AWS clients of other languages and times: Debian's AWS CLI and boto3, the SDK
 * for JavaScript, and an SDK for Java that still speaks AWS Query. The last two go into the lab's own folder.
 */
public final class ClientInstaller {
    private static final List<String> PACKAGES = List.of("awscli", "python3-boto3");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int LINES_SHOWN = 20;

    private final HostCommands host;
    private final Path system;
    private final Path sources;
    private final Path folder;
    private final Consumer<String> progress;

    /**
     * @param system the root of the file system
     * @param sources what says which clients: a POM in {@code java}, a package.json and its lock in {@code node}
     * @param folder where they go
     */
    ClientInstaller(HostCommands host, Path system, Path sources, Path folder, Consumer<String> progress) {
        this.host = host;
        this.system = system;
        this.sources = sources;
        this.folder = folder;
        this.progress = progress;
    }

    /** @param progress told of each step, a line at a time */
    public static ClientInstaller ofThisHost(LabHome home, Consumer<String> progress) {
        return new ClientInstaller(
                new HostProcesses(),
                Path.of("/"),
                home.folder().resolve("monitor/src/test/clients"),
                home.folder().resolve(".lab/clients"),
                progress);
    }

    /** @throws EngineException if one of them is not there in the end; the message says what to install */
    public void ensure() {
        try {
            ensurePython();
            ensureNode();
            ensureJava();
        } catch (IOException failure) {
            throw new UncheckedIOException("The clients could not be put into " + folder, failure);
        }
    }

    /** Debian's own, of whatever else may be called aws in PATH. */
    private void ensurePython() {
        if (Files.isExecutable(system.resolve("usr/bin/aws"))
                && Files.isDirectory(system.resolve("usr/lib/python3/dist-packages/boto3"))) {
            return;
        }
        AptPackages packages = new AptPackages(host, progress);
        if (!packages.available()) {
            throw new EngineException("clients: expected Debian's /usr/bin/aws and its boto3, found not both; "
                    + packages.advice(PACKAGES, "them on a Debian"));
        }
        packages.install("clients: no AWS CLI or boto3 of Debian's", PACKAGES);
    }

    private void ensureNode() throws IOException {
        Path node = folder.resolve("node");
        Path lock = sources.resolve("node/package-lock.json");
        if (isInstalled(lock, node)) {
            return;
        }
        if (host.find("npm").isEmpty()) {
            AptPackages packages = new AptPackages(host, progress);
            List<String> npm = List.of("nodejs", "npm");
            if (!packages.available()) {
                throw new EngineException("clients: expected node and npm in PATH, found not both; "
                        + packages.advice(npm, "Node.js 20 or later"));
            }
            packages.install("clients: no npm", npm);
        }
        progress.accept("clients: installing the AWS SDK for JavaScript with npm …");
        Files.createDirectories(node);
        copy(sources.resolve("node/package.json"), node.resolve("package.json"));
        copy(lock, node.resolve("package-lock.json"));
        run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", node.toString()));
        copy(lock, node.resolve(".installed"));
    }

    private void ensureJava() throws IOException {
        Path java = folder.resolve("java");
        Path pom = sources.resolve("java/pom.xml");
        if (isInstalled(pom, java)) {
            return;
        }
        if (host.find("mvn").isEmpty()) {
            throw new EngineException("clients: expected mvn in PATH, found none; install Maven 3.8.7 or later");
        }
        progress.accept("clients: getting the AWS SDK for Java that speaks Query with Maven …");
        Files.createDirectories(java);
        run(List.of(
                "mvn", "-q", "-B", "-f", pom.toString(), "dependency:copy-dependencies", "-DoutputDirectory=" + java));
        copy(pom, java.resolve(".installed"));
    }

    /** Whether it was installed from this very list of what to install. */
    private static boolean isInstalled(Path list, Path into) throws IOException {
        Path mark = into.resolve(".installed");
        return Files.exists(mark) && Files.mismatch(list, mark) == -1;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private void run(List<String> command) {
        HostCommands.Result result = host.run(LIMIT, Map.of(), command);
        if (!result.ok()) {
            throw new EngineException("`" + String.join(" ", command) + "` ended with exit code " + result.exitCode()
                    + ":\n" + result.lastLines(LINES_SHOWN));
        }
    }
}
