package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.engine.LabHome;
import io.failoverlab.environment.Leftovers;
import io.failoverlab.session.Sessions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lab's own process is killed at random moments; the next command removes what it left and nothing else. {@code
 * -Dlab.kills=50} for figures, {@code -Dlab.kills.seed=7} for other moments.
 */
@Tag("long")
class KilledLabIT {
    private static final int KILLS = Integer.getInteger("lab.kills", 6);
    private static final long SEED = Long.getLong("lab.kills.seed", 1);
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration ORPHANS_END_WITHIN = Duration.ofSeconds(15);
    private static final String FOREIGN = "not-of-the-lab";

    /** What the lab does when it is killed, and the latest moment of that, in milliseconds. */
    private enum Doing {
        UP(12_000),
        RUN(25_000),
        DOWN(4_000);

        private final long latest;

        Doing(long latest) {
            this.latest = latest;
        }
    }

    @TempDir
    private Path folder;

    private Engine engine;
    private Path experiment;
    private boolean foreign;

    @BeforeEach
    void requireEngine() throws Exception {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker")), "no docker command to make foreign things with");
        engine = Engine.connect();
        String image;
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            image = engine.images(LabHome.find(), scheduler)
                    .ensure(System.out::println)
                    .web()
                    .reference();
        }
        experiment = Files.writeString(folder.resolve("short.yaml"), """
                name: short
                topology: two-web-one-db
                load: {rate: 40, ramp: 1s, warm-up: 1s, duration: 12s}
                faults:
                  - {fault: kill, instance: web-1a, at: 5s}
                """);
        foreign = true;
        docker("network", "create", FOREIGN);
        docker("volume", "create", FOREIGN);
        docker(
                "run",
                "-d",
                "--name",
                FOREIGN,
                "--network",
                FOREIGN,
                "-v",
                FOREIGN + ":/foreign",
                "--entrypoint",
                "sleep",
                image,
                "3600");
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (foreign) {
            new Leftovers(engine).removeDead();
            docker("rm", "-f", FOREIGN);
            docker("network", "rm", FOREIGN);
            docker("volume", "rm", FOREIGN);
        }
    }

    @Test
    void theNextCommandRemovesWhatAKilledLabLeftAndTouchesNothingElse() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> before = everythingOnTheEngine();
        assertThat(before).as("nothing of a lab").hasSizeGreaterThanOrEqualTo(3);
        for (int kill = 0; kill < KILLS; kill++) {
            Doing doing = Doing.values()[kill % Doing.values().length];
            long moment = random.nextLong(doing.latest);
            List<ProcessHandle> family = killed(doing, moment);
            int left = engine.labObjects().size();

            LabProcess next = LabProcess.run(folder, "down");

            String what = doing + " killed after " + moment + " ms, left " + left + " objects; " + next.messages();
            System.out.println((kill + 1) + ". " + what.strip());
            assertThat(next.exitCode()).as(what).isZero();
            assertThat(engine.labObjects()).as(what).isEmpty();
            assertThat(everythingOnTheEngine()).as(what).isEqualTo(before);
            await(what).atMost(ORPHANS_END_WITHIN).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    /** Kills the lab, and who asks it to end; gives the processes that it had started. */
    private List<ProcessHandle> killed(Doing doing, long moment) throws Exception {
        LabProcess lab = switch (doing) {
            case UP, DOWN -> LabProcess.start(folder, "up", "--port", port(), "--monitor-port", port());
            case RUN ->
                LabProcess.start(folder, "run", experiment.toString(), "--port", port(), "--monitor-port", port());
        };
        Optional<LabProcess> asking = switch (doing) {
            case UP, RUN -> Optional.empty();
            case DOWN -> {
                Sessions sessions = new Sessions(folder.resolve("failover-lab-" + System.getProperty("user.name")));
                await().atMost(LIMIT).until(() -> sessions.live().isPresent());
                yield Optional.of(LabProcess.start(folder, "down"));
            }
        };
        lab.process().waitFor(moment, TimeUnit.MILLISECONDS);
        List<ProcessHandle> family = lab.process().descendants().toList();
        for (LabProcess process : Stream.concat(asking.stream(), Stream.of(lab)).toList()) {
            process.process().destroyForcibly().waitFor();
        }
        return family;
    }

    /** Containers with their start, networks and volumes, whoever made them. */
    private static List<String> everythingOnTheEngine() throws Exception {
        List<String> all = new ArrayList<>();
        for (String id : docker("ps", "-aq", "--no-trunc")) {
            all.addAll(docker("inspect", "-f", "container {{.Id}} {{.State.Status}} {{.State.StartedAt}}", id));
        }
        all.addAll(docker("network", "ls", "--no-trunc", "--format", "network {{.ID}} {{.Name}}"));
        all.addAll(docker("volume", "ls", "--format", "volume {{.Name}}"));
        return all.stream().sorted().toList();
    }

    private static List<String> docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(command + ": " + lines).isZero();
        return lines;
    }

    private static String port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
