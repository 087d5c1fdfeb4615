package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.cli.SeveralCommands;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.TopologyFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that the page shows beside an action asks the lab for the same. */
class OfferedCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void everyCommandThatIsShownDoesWhatTheButtonDoes() throws Exception {
        List<Offer> offers = Stream.of(Offers.Activity.NONE, Offers.Activity.LOAD)
                .flatMap(activity -> Offers.of(stack(activity)).stream())
                // It sends its load itself.
                .filter(offer -> !offer.is("lab:StartLoad", "load"))
                .toList();
        List<ControlRequest> asked = askedBy(offers.stream()
                .map(offer -> offer.command(OffersTest.proposed(offer)))
                .toList());

        assertThat(asked)
                .isEqualTo(offers.stream()
                        .map(offer -> offer.request().apply(OffersTest.proposed(offer)))
                        .toList());
    }

    @Test
    void theCommandsOfAGroupAskForWhatTheySay() throws Exception {
        assertThat(askedBy(List.of(
                        "./lab scale web 4",
                        "./lab scale web 8 --min 2 --max 10",
                        "./lab protect web-1a",
                        "./lab protect web-1a --off",
                        "./lab protect web-1a --from scale-in",
                        "./lab protect web-1a --from nobody",
                        "./lab standby web-1a",
                        "./lab standby web-1a --exit",
                        "./lab refresh web --cancel")))
                .containsExactly(
                        new ControlRequest.Scale(4),
                        new ControlRequest.Scale(8, 2, 10),
                        new ControlRequest.Protect("web-1a", ControlRequest.Protection.TERMINATION, true),
                        new ControlRequest.Protect("web-1a", ControlRequest.Protection.TERMINATION, false),
                        new ControlRequest.Protect("web-1a", ControlRequest.Protection.SCALE_IN, true),
                        new ControlRequest.Standby("web-1a", true),
                        new ControlRequest.Standby("web-1a", false),
                        new ControlRequest.CancelRefresh());
    }

    private List<ControlRequest> askedBy(List<String> commands) throws Exception {
        List<ControlRequest> asked = new CopyOnWriteArrayList<>();
        Sessions sessions = new Sessions(folder.resolve("failover-lab-" + System.getProperty("user.name")));
        Path own = sessions.create("r1");
        URI nowhere = URI.create("http://127.0.0.1:1");
        Session session = new Session(
                "r1",
                ProcessHandle.current().pid(),
                own,
                own.resolve("control.sock"),
                "two-web-multi-az",
                nowhere,
                nowhere,
                List.of());
        try (ControlServer server = new ControlServer(session.socket(), request -> {
            asked.add(request);
            return ControlReply.done(folder.toString());
        })) {
            assertThat(server).isNotNull();
            sessions.publish(session);
            run(commands);
        }
        return asked;
    }

    private static Offers.Stack stack(Offers.Activity activity) {
        return new Offers.Stack(
                TopologyFile.named("two-web-multi-az").nodes(),
                List.of("a", "c"),
                "db-1",
                true,
                new GroupSize(1, 2, 20),
                true,
                activity,
                activity == Offers.Activity.NONE ? List.of("kill-one-web") : List.of());
    }

    /** In a process of its own, whose user has no other lab. */
    private void run(List<String> commands) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                SeveralCommands.class.getName()));
        line.addAll(commands);
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(folder.toFile());
        builder.environment().remove("XDG_RUNTIME_DIR");
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as(Files.readString(output))
                .isTrue();
    }
}
