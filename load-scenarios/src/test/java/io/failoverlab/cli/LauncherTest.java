package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.LabHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in an installation of its own, with JDKs and a Maven that are scripts. */
class LauncherTest {
    private static final List<String> MODULES = List.of("app-under-test", "docker", "monitor", "load-scenarios");
    private static final List<String> TOOLS = List.of(
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "id",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");
    private static final String MAVEN_THAT_BUILDS = """
            echo "$JAVA_HOME $*" >> "$PWD/maven-calls"
            for module in app-under-test docker monitor load-scenarios; do
                mkdir -p $module/target && touch $module/target/$module.jar
            done
            """;

    @TempDir
    private Path folder;

    private final Map<Process, List<Path>> outputs = new HashMap<>();
    private Path home;
    private Path programs;
    private Path jdks;

    private record Outcome(int exitCode, String out, String err) {}

    @BeforeEach
    void installation() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        programs = Files.createDirectories(folder.resolve("programs"));
        jdks = Files.createDirectories(folder.resolve("jdks"));
        Files.copy(LabHome.find().folder().resolve("lab"), home.resolve("lab"));
        Files.writeString(home.resolve("pom.xml"), "");
        for (String module : MODULES) {
            Files.createDirectories(home.resolve(module + "/src/main"));
            Files.writeString(home.resolve(module + "/pom.xml"), "");
        }
        script(programs.resolve("mvn"), MAVEN_THAT_BUILDS);
    }

    @Test
    void newestJdkOfTheUsualFoldersIsTakenIfJavaHomeIsTooOld() throws Exception {
        jdk("jdk-21", "21.0.3");
        jdk("jdk-25", "25.0.1");
        jdk("jdk-8", "1.8.0_402");
        Path old = jdk("jdk-17", "17.0.10");

        Outcome outcome = lab(Map.of("JAVA_HOME", old.toString()), "--help");

        assertThat(outcome.out()).startsWith("java of jdk-25: ").contains("io.failoverlab.cli.Lab --help");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void javaHomeIsTakenIfItIsNewEnough() throws Exception {
        jdk("jdk-25", "25.0.1");
        Path chosen = jdk("jdk-21", "21.0.3");

        assertThat(lab(Map.of("JAVA_HOME", chosen.toString()), "--help").out()).startsWith("java of jdk-21: ");
    }

    @Test
    void javaOfThePathComesBeforeTheUsualFolders() throws Exception {
        jdk("jdk-25", "25.0.1");
        Path chosen = jdk("elsewhere/jdk-22", "22");
        Files.createSymbolicLink(programs.resolve("java"), chosen.resolve("bin/java"));

        assertThat(lab(Map.of(), "--help").out()).startsWith("java of jdk-22: ");
    }

    @Test
    void jdkNamedForTheLabIsTakenOrRefusedButNeverReplaced() throws Exception {
        jdk("jdk-25", "25.0.1");
        Path old = jdk("elsewhere/jdk-17", "17.0.10");
        Path chosen = jdk("elsewhere/jdk-23", "23.0.1");

        assertThat(lab(Map.of("LAB_JAVA_HOME", chosen.toString()), "--help").out())
                .startsWith("java of jdk-23: ");
        Outcome refused = lab(Map.of("LAB_JAVA_HOME", old.toString()), "--help");
        assertThat(refused.err())
                .isEqualTo("lab: expected a JDK 21 or later in LAB_JAVA_HOME, found " + old + " (version 17)\n");
        assertThat(refused.exitCode()).isEqualTo(4);
    }

    @Test
    void withoutAnyJdkItIsSaidWhatToInstall() throws Exception {
        // a runtime without a compiler does not count
        Files.delete(jdk("jdk-25", "25.0.1").resolve("bin/javac"));

        Outcome outcome = lab(Map.of(), "--help");

        assertThat(outcome.err()).startsWith("lab: expected a JDK 21 or later, found none; Debian 13: apt-get install");
        assertThat(outcome.exitCode()).isEqualTo(4);
    }

    @Test
    void linkToTheLauncherFindsItsFolder() throws Exception {
        jdk("jdk-25", "25.0.1");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("home/lab"));

        assertThat(run(link, Map.of(), "--help").out()).contains("-Dlab.home=" + home.toRealPath() + " ");
    }

    @Test
    void itBuildsOnceAndAgainWhenASourceIsNewerOrAJarIsGone() throws Exception {
        Path jdk = jdk("jdk-25", "25.0.1");
        lab(Map.of(), "--help");
        lab(Map.of(), "--help");
        assertThat(mavenCalls()).containsExactly(jdk + " -B -ntp -DskipTests -Dspotless.check.skip=true package");

        Path source = Files.writeString(home.resolve("docker/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        lab(Map.of(), "--help");
        assertThat(mavenCalls()).hasSize(2);

        Files.delete(source);
        lab(Map.of(), "--help");
        lab(Map.of(), "--help");
        assertThat(mavenCalls()).as("removing a source is a change as well").hasSize(3);

        Files.delete(home.resolve("monitor/target/monitor.jar"));
        lab(Map.of(), "--help");
        assertThat(mavenCalls()).hasSize(4);
    }

    @Test
    void failedBuildShowsItsErrorsAndIsNotTakenForABuild() throws Exception {
        jdk("jdk-25", "25.0.1");
        script(programs.resolve("mvn"), MAVEN_THAT_BUILDS + "echo '[INFO] fine'; echo '[ERROR] no semicolon'; exit 1");

        Outcome outcome = lab(Map.of(), "--help");
        lab(Map.of(), "--help");

        assertThat(outcome.err())
                .contains("\n[ERROR] no semicolon\nlab: the build failed; the whole log is in " + home.toRealPath()
                        + "/.lab/build.log\n")
                .doesNotContain("fine");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void launchesAtTheSameTimeBuildOnce() throws Exception {
        jdk("jdk-25", "25.0.1");
        script(programs.resolve("mvn"), "sleep 2\n" + MAVEN_THAT_BUILDS);
        List<Process> launches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            launches.add(start(home.resolve("lab"), Map.of(), "--help"));
        }

        for (Process launch : launches) {
            assertThat(finish(launch).out()).startsWith("java of jdk-25: ");
        }
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void testsRunBetweenTheirSetupAndTheirReport() throws Exception {
        Path jdk = jdk("jdk-25", "25.0.1");

        Outcome outcome = lab(Map.of(), "test", "--", "-pl", "docker");

        assertThat(mavenCalls()).last().isEqualTo(jdk + " -B -ntp -fae verify -pl docker");
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).endsWith(" test-setup");
        assertThat(lines.getLast()).endsWith(" test-report");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void failedTestsAreReportedAndFailTheCommand() throws Exception {
        Path jdk = jdk("jdk-25", "25.0.1");
        lab(Map.of(), "--help");
        script(programs.resolve("mvn"), "exit 1");
        Files.writeString(
                jdk.resolve("bin/java"), "\ncase $* in *--build-failed) exit 1 ;; esac\n", StandardOpenOption.APPEND);

        Outcome outcome = lab(Map.of(), "test");

        assertThat(outcome.out().lines()).last().asString().endsWith(" test-report --build-failed");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void argumentsForTheTestsNeedTheirMark() throws Exception {
        jdk("jdk-25", "25.0.1");

        Outcome outcome = lab(Map.of(), "test", "-pl");

        assertThat(outcome.err())
                .endsWith("lab: expected nothing or -- and arguments for Maven after test, found -pl\n");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    /** A folder that looks like a JDK, whose java says which one it is. */
    private Path jdk(String name, String version) throws IOException {
        Path jdk = jdks.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"someone\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        script(jdk.resolve("bin/java"), "echo \"java of " + jdk.getFileName() + ": $*\"");
        script(jdk.resolve("bin/javac"), "exit 1");
        return jdk.toRealPath();
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(home.resolve("maven-calls"));
    }

    private Outcome lab(Map<String, String> environment, String... arguments) throws Exception {
        return run(home.resolve("lab"), environment, arguments);
    }

    private Outcome run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        return finish(start(launcher, environment, arguments));
    }

    private Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectOutput(Files.createTempFile(folder, "out", "").toFile());
        builder.redirectError(Files.createTempFile(folder, "err", "").toFile());
        builder.environment().clear();
        // The system's own programs, but neither its Java nor its Maven.
        builder.environment().putAll(Map.of("PATH", programs + ":" + tools(), "HOME", folder.toString()));
        builder.environment().put("LAB_JDK_FOLDERS", jdks + "/*");
        builder.environment().putAll(environment);
        Process process = builder.start();
        outputs.put(
                process,
                List.of(
                        builder.redirectOutput().file().toPath(),
                        builder.redirectError().file().toPath()));
        return process;
    }

    private Outcome finish(Process process) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<Path> files = outputs.get(process);
        return new Outcome(process.exitValue(), Files.readString(files.getFirst()), Files.readString(files.getLast()));
    }

    private Path tools() throws IOException {
        Path tools = folder.resolve("tools");
        if (!Files.exists(tools)) {
            Files.createDirectories(tools);
            for (String tool : TOOLS) {
                Path program =
                        Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
                if (Files.exists(program)) {
                    script(tools.resolve(tool), "exec " + program + " \"$@\"\n");
                }
            }
        }
        return tools;
    }
}
