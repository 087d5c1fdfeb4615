package io.failoverlab.monitor;

import io.failoverlab.access.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Browsers that may come in without the token, since a link of one use brought them. What a link carries is worth nothing once it
 * was used or ten minutes have gone, so that it may stand in a terminal or a history; what the browser gets for it is in a cookie that no script can read.
 */
final class Logins {
    private static final int BYTES = 32;
    /** More are forgotten, the oldest first. */
    private static final int MOST = 50;

    private static final Duration LINK_LIFE = Duration.ofMinutes(10);

    /** Good until its time, exclusive. */
    private record Given(String secret, Role role, Instant until) {}

    private final Supplier<String> secrets;
    private final InstantSource clock;
    private final Deque<Given> links = new ArrayDeque<>();
    private final Deque<Given> sessions = new ArrayDeque<>();

    /** @param secrets each time another one, that nobody can guess */
    Logins(Supplier<String> secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** 256 random bits in hexadecimal digits. */
    static Supplier<String> random() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        };
    }

    /** What a new link carries that lets a browser in with that role. */
    synchronized String link(Role role) {
        return kept(links, role, clock.instant().plus(LINK_LIFE));
    }

    /** The session for what a link carries, if it was not used yet. */
    synchronized Optional<String> use(String link) {
        Optional<Given> open = find(links, link);
        open.ifPresent(links::remove);
        return open.map(used -> kept(sessions, used.role(), Instant.MAX));
    }

    /** The role of a session; empty if there is no such session. */
    synchronized Optional<Role> role(String session) {
        return find(sessions, session).map(Given::role);
    }

    private String kept(Deque<Given> all, Role role, Instant until) {
        String secret = secrets.get();
        all.addLast(new Given(secret, role, until));
        if (all.size() > MOST) {
            all.removeFirst();
        }
        return secret;
    }

    /** Compares with all of them and to the end of each, so that the time it takes tells nothing. */
    private Optional<Given> find(Deque<Given> all, String wanted) {
        byte[] asked = wanted == null ? new byte[0] : wanted.getBytes(StandardCharsets.UTF_8);
        Instant now = clock.instant();
        Given found = null;
        for (Given given : all) {
            if (MessageDigest.isEqual(given.secret().getBytes(StandardCharsets.UTF_8), asked)
                    && now.isBefore(given.until())) {
                found = given;
            }
        }
        return Optional.ofNullable(found);
    }
}
