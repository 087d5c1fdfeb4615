package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MigrationsTest {
    @Test
    void givesUpAfterAMinuteWithoutADatabase() throws IOException {
        ManualTime time = new ManualTime();
        DatabaseSettings nobody = new DatabaseSettings(
                "jdbc:mysql://127.0.0.1:" + closedPort() + "/shop",
                "shop",
                new Secret("none"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1,
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> new Migrations(nobody, time, time).run())
                .isInstanceOf(StartException.class)
                .hasMessage("expected the database at " + nobody.url()
                        + " within 60 s, found: Communications link failure: Connection refused;"
                        + " check SHOP_DB_URL, user, password and that the database runs");
        assertThat(time.instant()).isEqualTo(Instant.parse("2026-03-01T10:01:00Z"));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
