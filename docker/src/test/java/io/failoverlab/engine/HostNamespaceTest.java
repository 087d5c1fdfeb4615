package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNamespaceTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    private Path proc;

    private final List<List<String>> ran = new ArrayList<>();

    @Test
    void rootRunsItInTheNamespacesOfTheContainersProcess() throws IOException {
        process(42, "12:pids:/docker/abc123\n");

        assertThat(namespace(true).run("abc123", 42, LIMIT, "ip", "route")).contains(new ExecResult(0, "done", ""));
        assertThat(ran).containsExactly(List.of("nsenter", "-t", "42", "-n", "-m", "--", "ip", "route"));
    }

    @Test
    void whatIsOfTheNetworkAloneIsDoneWithThisMachinesPrograms() throws IOException {
        process(42, "12:pids:/docker/abc123\n");

        assertThat(namespace(true).runInNetwork("abc123", 42, LIMIT, "iptables", "-S"))
                .contains(new ExecResult(0, "done", ""));
        assertThat(ran).containsExactly(List.of("nsenter", "-t", "42", "-n", "--", "iptables", "-S"));
    }

    @Test
    void nobodyElsesProcessIsEntered() throws IOException {
        process(42, "0::/user.slice\n");

        assertThat(namespace(true).run("abc123", 42, LIMIT, "ip", "route")).isEmpty();
        assertThat(namespace(true).run("abc123", 43, LIMIT, "ip", "route")).isEmpty();
        assertThat(namespace(true).run("abc123", 0, LIMIT, "ip", "route")).isEmpty();
        assertThat(ran).isEmpty();
    }

    @Test
    void whoIsNotRootLeavesItToTheEngine() throws IOException {
        process(42, "12:pids:/docker/abc123\n");

        assertThat(namespace(false).run("abc123", 42, LIMIT, "ip", "route")).isEmpty();
        assertThat(ran).isEmpty();
    }

    private void process(long pid, String cgroup) throws IOException {
        Files.writeString(
                Files.createDirectories(proc.resolve(Long.toString(pid))).resolve("cgroup"), cgroup);
    }

    private HostNamespace namespace(boolean root) {
        return new HostNamespace(
                new HostCommands() {
                    @Override
                    public Optional<Path> find(String program) {
                        return Optional.of(Path.of("/usr/bin", program));
                    }

                    @Override
                    public boolean isRoot() {
                        return root;
                    }

                    @Override
                    public Result run(Duration limit, Map<String, String> environment, List<String> command) {
                        ran.add(command);
                        return new Result(0, "done");
                    }

                    @Override
                    public void launch(List<String> command, Path log) {
                        throw new IllegalStateException("nothing is to be launched");
                    }
                },
                proc);
    }
}
