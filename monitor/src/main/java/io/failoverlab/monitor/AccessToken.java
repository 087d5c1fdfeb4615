package io.failoverlab.monitor;

import io.failoverlab.access.Decision;
import io.failoverlab.access.Permits;
import io.failoverlab.access.Role;
import io.failoverlab.api.ApiRoutes;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secret that requests must carry when the monitor was started with {@code --require-token}: AWS clients as their access key id,
 * which every signed request has, others as {@code Authorization: Bearer}. It is 256 random bits in hexadecimal digits, in a file
 * that only its owner can read. A browser comes in by a link of one use and then carries a cookie instead; whoever has the token gets
 * another link by {@code POST /login?role=ROLE}. The token has the role {@code break}, a cookie that of its link.
 */
final class AccessToken {
    private static final String OWNER_ALONE = "rw-------";
    private static final String LOGIN = "/login";
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern CARRIED = Pattern.compile("^Bearer ([^\\s]+)$|Credential=([^/,\\s]+)/");

    private final Path file;
    private final byte[] token;
    private final Logins logins;

    private AccessToken(Path file, String token, InstantSource clock) {
        this.logins = new Logins(Logins.random(), clock);
        this.file = file;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The token in the file, which is made if it does not exist.
     *
     * @param clock by which unused links expire
     * @throws IOException if the file cannot be had or holds something else; the message says what to do
     */
    static AccessToken in(Path file, InstantSource clock) throws IOException {
        create(file);
        requireOwnerAlone(file);
        String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new IOException(
                    "Expected a token of 64 hexadecimal digits in " + file + "; delete the file to get a new one.");
        }
        return new AccessToken(file, token, clock);
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE)));
            Files.writeString(file, Logins.random().get() + "\n");
        } catch (FileAlreadyExistsException e) {
            // that of an earlier start, which clients know already
        }
    }

    private static void requireOwnerAlone(Path file) throws IOException {
        String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!found.equals(OWNER_ALONE)) {
            throw new IOException("Expected a file of a token that only its owner can read, found " + found + " for "
                    + file + "; delete the file to get a new one.");
        }
    }

    /** A new address that lets one browser in, once, with that role. */
    URI loginLink(URI monitor, Role role) {
        return monitor.resolve(LOGIN + "?once=" + logins.link(role));
    }

    Path file() {
        return file;
    }

    /** Lets nothing through, whatever its path, that carries neither the token nor the cookie that a login gave. */
    void guard(JavalinConfig config, ApiRoutes api, Refusals refusals) {
        config.routes.before(LOGIN, http -> {
            if (http.method() == HandlerType.GET) {
                login(http, refusals);
            }
        });
        config.routes.before(http -> {
            if (http.path().equals(LOGIN) && http.method() == HandlerType.GET) {
                return;
            }
            Optional<Role> role = isCarriedBy(http) ? Optional.of(Role.BREAK) : logins.role(http.cookie(cookie(http)));
            if (role.isPresent()) {
                Gate.comeIn(http, role.get());
            } else {
                refusals.note(http, "it carries no token");
                api.refuseAccess(
                        http,
                        "The security token included in the request is invalid: expected the one in " + file
                                + " as access key id, or as Authorization: Bearer.");
            }
        });
    }

    /** For those who may: another link. */
    void register(JavalinConfig config, Permits permits) {
        config.routes.post(LOGIN, http -> {
            String word = Optional.ofNullable(http.queryParam("role")).orElse(Role.BREAK.word());
            Optional<Role> role = Role.of(word);
            http.contentType("text/plain");
            if (role.isEmpty()) {
                http.status(HttpStatus.BAD_REQUEST)
                        .result("expected a role of " + String.join(", ", Role.words()) + ", found " + word + "\n");
                return;
            }
            switch (permits.decide(http, "lab:CreateLoginLink", "role/" + word)) {
                case Decision.Denied(String reason) ->
                    http.status(HttpStatus.FORBIDDEN).result(reason + "\n");
                case Decision.Allowed() -> {
                    URI monitor = URI.create("http://" + http.header("Host"));
                    http.status(HttpStatus.CREATED).result(loginLink(monitor, role.get()) + "\n");
                }
            }
        });
    }

    private void login(Context http, Refusals refusals) {
        Optional<String> session = logins.use(http.queryParam("once"));
        if (session.isPresent()) {
            http.header("Set-Cookie", cookie(http) + "=" + session.get() + "; Path=/; HttpOnly; SameSite=Strict");
            http.redirect("/", HttpStatus.SEE_OTHER);
        } else {
            refusals.note(http, "the login link was used before, or is none");
            http.status(HttpStatus.FORBIDDEN)
                    .contentType("text/plain")
                    .result("This link was used before, or is none. Another one:\n"
                            + "sed 's/^/Authorization: Bearer /' '" + file + "' | curl -H @- -X POST http://"
                            + http.header("Host") + LOGIN + "\n");
        }
        http.skipRemainingHandlers();
    }

    /** A browser keeps one cookie of a name for all ports of 127.0.0.1. */
    private static String cookie(Context http) {
        return "failoverlab-" + http.req().getLocalPort();
    }

    private boolean isCarriedBy(Context http) {
        String authorization = http.header("Authorization");
        Matcher matcher = CARRIED.matcher(authorization == null ? "" : authorization);
        if (!matcher.find()) {
            return false;
        }
        String carried = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return MessageDigest.isEqual(token, carried.getBytes(StandardCharsets.UTF_8));
    }
}
