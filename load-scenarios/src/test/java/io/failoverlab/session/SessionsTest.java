package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    @TempDir
    private Path root;

    private Sessions sessions;

    @BeforeEach
    void open() {
        sessions = new Sessions(root.resolve("labs"));
    }

    @Test
    void withoutAnyThereIsNone() {
        assertThat(sessions.live()).isEmpty();
    }

    @Test
    void aPublishedSessionOfALivingProcessIsFoundUntilItIsRemoved() {
        Session session = session(ProcessHandle.current().pid());
        sessions.publish(session);
        assertThat(sessions.live()).contains(session);

        sessions.remove("r1");
        assertThat(sessions.live()).isEmpty();
    }

    @Test
    void theSessionOfAProcessThatIsGoneDoesNotCount() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        sessions.publish(session(gone.pid()));
        assertThat(sessions.live()).isEmpty();
    }

    @Test
    void otherUsersCannotLookInside() throws Exception {
        sessions.create("r1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("labs"))))
                .isEqualTo("rwx------");
    }

    @Test
    void removingWhatIsNotThereIsNoError() {
        sessions.remove("never");
    }

    private Session session(long pid) {
        Path folder = sessions.create("r1");
        URI url = URI.create("http://127.0.0.1:8080");
        return new Session("r1", pid, folder, folder.resolve("s"), "one-web-one-db", url, url, List.of("10.0.1.0/24"));
    }
}
