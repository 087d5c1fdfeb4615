package io.failoverlab.monitor;

import io.failoverlab.api.ApiRoutes;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secret that requests must carry when the monitor was started with {@code --require-token}: AWS clients as their access key id,
 * which every signed request has, others as {@code Authorization: Bearer}. It is 256 random bits in hexadecimal digits, in a file
 * that only its owner can read.
 */
final class AccessToken {
    private static final int BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern CARRIED = Pattern.compile("^Bearer ([^\\s]+)$|Credential=([^/,\\s]+)/");

    private final Path file;
    private final byte[] token;

    private AccessToken(Path file, String token) {
        this.file = file;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The token in the file, which is made if it does not exist.
     *
     * @throws IOException if the file cannot be had or holds something else; the message says what to do
     */
    static AccessToken in(Path file) throws IOException {
        create(file);
        String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new IOException(
                    "Expected a token of 64 hexadecimal digits in " + file + "; delete the file to get a new one.");
        }
        return new AccessToken(file, token);
    }

    private static void create(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n");
        } catch (FileAlreadyExistsException e) {
            // that of an earlier start, which clients know already
        }
    }

    /** Lets nothing through, whatever its path, that does not carry the token. */
    void guard(JavalinConfig config, ApiRoutes api) {
        config.routes.before(http -> {
            if (!isCarriedBy(http)) {
                api.refuseAccess(
                        http,
                        "The security token included in the request is invalid: expected the one in " + file
                                + " as access key id, or as Authorization: Bearer.");
            }
        });
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
