package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.access.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private final AtomicInteger made = new AtomicInteger();
    private Instant now = Instant.EPOCH;
    private final Logins logins = new Logins(() -> "secret-" + made.incrementAndGet(), () -> now);

    @Test
    void aLinkIsGoodForOneSession() {
        String link = logins.link(Role.VIEW);
        String session = logins.use(link).orElseThrow();

        assertThat(logins.role(session)).contains(Role.VIEW);
        assertThat(logins.use(link)).isEmpty();
        assertThat(logins.role(link)).as("a link is no session").isEmpty();
        assertThat(logins.use(session)).as("a session is no link").isEmpty();
    }

    @Test
    void whatWasNeverGivenLetsNobodyIn() {
        logins.use(logins.link(Role.VIEW));
        assertThat(logins.use(null)).isEmpty();
        assertThat(logins.use("")).isEmpty();
        assertThat(logins.role(null)).isEmpty();
        assertThat(logins.role("secret-3")).isEmpty();
    }

    @Test
    void aLinkThatNobodyUsesIsGoodForTenMinutesAndASessionForLonger() {
        String late = logins.link(Role.VIEW);
        String session = logins.use(logins.link(Role.VIEW)).orElseThrow();
        String inTime = logins.link(Role.VIEW);

        now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
        assertThat(logins.use(inTime)).isPresent();
        now = now.plusMillis(1);
        assertThat(logins.use(late)).isEmpty();
        assertThat(logins.role(session)).contains(Role.VIEW);
    }

    @Test
    void theOldestOfTooManyAreForgotten() {
        String first = logins.link(Role.VIEW);
        for (int i = 0; i < 50; i++) {
            logins.link(Role.VIEW);
        }
        assertThat(logins.use(first)).isEmpty();
    }

    @Test
    void secretsAre256RandomBits() {
        String one = Logins.random().get();
        assertThat(one).matches("[0-9a-f]{64}").isNotEqualTo(Logins.random().get());
    }
}
