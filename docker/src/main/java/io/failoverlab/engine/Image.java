package io.failoverlab.engine;

/**
 * An image that is present on the engine.
 *
 * @param reference name and content hash, such as {@code failover-lab/nginx:3f2a…}
 * @param version the real version of the program in it, as that program told, such as {@code 1.30.6}
 * @param base name of the image it was made from
 * @param bytes size on disk, layers shared with other images included
 */
public record Image(ImageRole role, String reference, String version, String base, long bytes) {
    public Image {
        if (!reference.startsWith(role.repository() + ":")) {
            throw new IllegalArgumentException("expected an image " + role.repository() + ":…, found " + reference);
        }
        if (version.isBlank()) {
            throw new IllegalArgumentException("expected the version of the program in " + reference + ", found none");
        }
    }
}
