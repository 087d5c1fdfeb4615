package io.failoverlab.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The files an image is made of, by their path in the build context. Equal files give an equal hash, whatever their
 * times and owners are.
 */
record ImageContext(ImageRole role, SortedMap<String, Path> files) {
    private static final int HASH_DIGITS = 16;

    ImageContext {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** @throws EngineException if a file that belongs to it is missing */
    static ImageContext of(ImageRole role, LabHome home) {
        Path images = home.folder().resolve("docker/images");
        SortedMap<String, Path> files = new TreeMap<>();
        addFile(files, "instance", images.resolve("instance"));
        addFolder(files, role.label() + "/", images.resolve(role.label()));
        switch (role) {
            case WEB -> {
                Path built = home.folder().resolve("app-under-test/target");
                addFile(files, "shop/app-under-test.jar", built.resolve("app-under-test.jar"));
                addFolder(files, "shop/lib/", built.resolve("lib"));
            }
            case NGINX, MYSQL, HAPROXY -> {
                // nothing beside their own folder
            }
        }
        return new ImageContext(role, files);
    }

    String dockerfile() {
        return role.label() + "/Dockerfile";
    }

    /** Names this content on that base. */
    String hash(String baseId) {
        MessageDigest digest = sha256();
        frame(digest, baseId.getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            frame(digest, file.getKey().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) (Files.isExecutable(file.getValue()) ? 1 : 0));
            frame(digest, bytesOf(file.getValue()));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    }

    /** The context as the engine wants it. */
    InputStream tar() {
        return tar(archive -> {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                int mode = Files.isExecutable(file.getValue()) ? 0755 : 0644;
                put(archive, file.getKey(), mode, bytesOf(file.getValue()));
            }
        });
    }

    /** A context of a few contents, by file name. */
    static InputStream tarOf(Map<String, byte[]> contents) {
        return tar(archive -> {
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                put(archive, content.getKey(), 0644, content.getValue());
            }
        });
    }

    private interface Filler {
        void fill(TarArchiveOutputStream archive) throws IOException;
    }

    private static InputStream tar(Filler filler) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
            archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            filler.fill(archive);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void put(TarArchiveOutputStream archive, String name, int mode, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setModTime(0);
        entry.setSize(content.length);
        archive.putArchiveEntry(entry);
        archive.write(content);
        archive.closeArchiveEntry();
    }

    /** With the length in front, so that no two lists of parts give the same bytes. */
    private static void frame(MessageDigest digest, byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(part);
    }

    private static void addFile(Map<String, Path> files, String name, Path file) {
        if (!Files.isRegularFile(file)) {
            throw missing(file);
        }
        files.put(name, file);
    }

    private static void addFolder(Map<String, Path> files, String prefix, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw missing(folder);
        }
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .forEach(file -> files.put(
                            prefix + folder.relativize(file).toString().replace('\\', '/'), file));
        } catch (IOException failure) {
            throw new UncheckedIOException("the image's files in " + folder + " could not be listed", failure);
        }
    }

    private static EngineException missing(Path path) {
        return new EngineException("expected " + path
                + ", a part of an image, found nothing there; `mvn package` makes what is built, and ./lab runs it");
    }

    private static byte[] bytesOf(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ", a part of an image, could not be read", failure);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
