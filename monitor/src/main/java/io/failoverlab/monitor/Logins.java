package io.failoverlab.monitor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Browsers that may come in without the token, since a link of one use brought them. What a link carries is worth nothing once it
 * was used, so that it may stand in a terminal or a history; what the browser gets for it is in a cookie that no script can read.
 */
final class Logins {
    private static final int BYTES = 32;
    /** More are forgotten, the oldest first. */
    private static final int MOST = 50;

    private final Supplier<String> secrets;
    private final Deque<String> links = new ArrayDeque<>();
    private final Deque<String> sessions = new ArrayDeque<>();

    /** @param secrets each time another one, that nobody can guess */
    Logins(Supplier<String> secrets) {
        this.secrets = secrets;
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

    /** What a new link carries. */
    synchronized String link() {
        return kept(links);
    }

    /** The session for what a link carries, if it was not used yet. */
    synchronized Optional<String> use(String link) {
        Optional<String> open = find(links, link);
        open.ifPresent(links::remove);
        return open.map(used -> kept(sessions));
    }

    synchronized boolean knows(String session) {
        return find(sessions, session).isPresent();
    }

    private String kept(Deque<String> all) {
        String secret = secrets.get();
        all.addLast(secret);
        if (all.size() > MOST) {
            all.removeFirst();
        }
        return secret;
    }

    /** Compares with all of them and to the end of each, so that the time it takes tells nothing. */
    private static Optional<String> find(Deque<String> all, String wanted) {
        byte[] asked = wanted == null ? new byte[0] : wanted.getBytes(StandardCharsets.UTF_8);
        String found = null;
        for (String secret : all) {
            if (MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), asked)) {
                found = secret;
            }
        }
        return Optional.ofNullable(found);
    }
}
