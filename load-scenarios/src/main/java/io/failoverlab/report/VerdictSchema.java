package io.failoverlab.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of {@code verdict.json}, for programs that read it. */
public final class VerdictSchema {
    private static final String RESOURCE = "/schema/verdict.schema.json";

    private VerdictSchema() {}

    public static String json() {
        try (InputStream in = VerdictSchema.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", unreadable);
        }
    }
}
