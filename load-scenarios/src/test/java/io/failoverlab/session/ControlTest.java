package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // the server is only opened and closed
class ControlTest {
    private static final FaultStatus KILLED =
            new FaultStatus("kill", "web-1c", List.of("web-1c"), "2026-11-28T08:00:00Z", "", true, "exit code 137");

    @TempDir
    private Path folder;

    @Test
    void aRequestArrivesAsItWasSentAndTheAnswerComesBack() throws Exception {
        AtomicReference<ControlRequest> seen = new AtomicReference<>();
        ControlReply reply = new ControlReply(
                true,
                "done",
                List.of(new ControlReply.InstanceStatus(
                        "web-1a", "i-a", "ap-northeast-1a", "10.0.10.10", "running", "healthy", "")),
                List.of(KILLED),
                List.of(new GroupStatus(
                        "web",
                        1,
                        2,
                        4,
                        List.of(new GroupStatus.Member(
                                "web-1a", "i-a", "ap-northeast-1a", "InService", "Healthy", false)),
                        List.of())));
        ControlRequest request = new ControlRequest.Inject("cpu-stress", "web-1a", 60_000, Map.of("yes", "5"), true);
        try (ControlServer server = new ControlServer(socket(), asked -> {
            seen.set(asked);
            return reply;
        })) {
            assertThat(new ControlClient(session()).ask(request)).isEqualTo(reply);
        }
        assertThat(seen.get()).isEqualTo(request);
    }

    @Test
    void whatCannotBeDoneComesBackWithItsReason() throws Exception {
        try (ControlServer server = new ControlServer(socket(), asked -> {
            throw new IllegalArgumentException("no such instance");
        })) {
            assertThat(new ControlClient(session()).ask(new ControlRequest.Heal("web-9")))
                    .isEqualTo(ControlReply.refused("no such instance"));
        }
    }

    @Test
    void theSocketThatAKilledLabLeftIsReplaced() throws Exception {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket()))
                .close();
        assertThat(socket()).exists();

        try (ControlServer server = new ControlServer(socket(), asked -> ControlReply.done("adopted"))) {
            assertThat(new ControlClient(session()).ask(new ControlRequest.Status()))
                    .isEqualTo(ControlReply.done("adopted"));
        }
    }

    @Test
    void aFaultIsALineForPeopleAndFieldsForPrograms() throws Exception {
        FaultStatus zone = new FaultStatus(
                "az-power",
                "zone ap-northeast-1a",
                List.of("web-1a", "db-1"),
                "2026-11-28T08:00:00Z",
                "2026-11-28T08:01:00Z",
                false,
                "still running");

        assertThat(KILLED.line()).isEqualTo("kill web-1c since 2026-11-28T08:00:00Z, until it is undone by hand");
        assertThat(zone.line())
                .isEqualTo("az-power zone ap-northeast-1a (web-1a, db-1) since 2026-11-28T08:00:00Z,"
                        + " undone at 2026-11-28T08:01:00Z; without effect: still running");
        assertThat(new ObjectMapper().writeValueAsString(KILLED))
                .isEqualTo("{\"fault\":\"kill\",\"where\":\"web-1c\",\"instances\":[\"web-1c\"],"
                        + "\"since\":\"2026-11-28T08:00:00Z\",\"until\":\"\",\"tookEffect\":true,"
                        + "\"evidence\":\"exit code 137\"}");
    }

    private Path socket() {
        return folder.resolve("control.sock");
    }

    private Session session() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        return new Session("r", 1, folder, socket(), "two-web-one-db", nowhere, nowhere, List.of());
    }
}
