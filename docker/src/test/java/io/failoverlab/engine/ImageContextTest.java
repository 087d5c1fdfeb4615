package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageContextTest {
    private static final String BASE = "sha256:aaaa";

    @TempDir
    private Path home;

    @BeforeEach
    void installation() throws IOException {
        write("docker/images/instance", "#!/bin/sh\n");
        write("docker/images/nginx/Dockerfile", "ARG BASE\nFROM ${BASE}\n");
        write("docker/images/nginx/nginx.conf", "events {}\n");
        write("docker/images/web/Dockerfile", "ARG BASE\nFROM ${BASE}\n");
        write("app-under-test/target/app-under-test.jar", "jar");
        write("app-under-test/target/lib/a.jar", "a");
    }

    @Test
    void equalFilesHaveEqualHashesWhateverTheirTimesAre() throws IOException {
        String before = hash(ImageRole.NGINX, BASE);
        Files.setLastModifiedTime(
                home.resolve("docker/images/nginx/nginx.conf"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(hash(ImageRole.NGINX, BASE)).isEqualTo(before).matches("[0-9a-f]{16}");
    }

    @Test
    void everyPartOfTheImageChangesTheHash() throws IOException {
        List<String> hashes = new ArrayList<>(List.of(hash(ImageRole.WEB, BASE), hash(ImageRole.WEB, "sha256:bbbb")));

        write("docker/images/web/Dockerfile", "ARG BASE\nFROM ${BASE}\nUSER shop\n");
        hashes.add(hash(ImageRole.WEB, BASE));
        write("docker/images/instance", "#!/bin/sh\nset -u\n");
        hashes.add(hash(ImageRole.WEB, BASE));
        Files.move(home.resolve("app-under-test/target/lib/a.jar"), home.resolve("app-under-test/target/lib/b.jar"));
        hashes.add(hash(ImageRole.WEB, BASE));
        assertThat(home.resolve("docker/images/instance").toFile().setExecutable(true))
                .isTrue();
        hashes.add(hash(ImageRole.WEB, BASE));
        write("app-under-test/target/app-under-test.jar", "another jar");
        hashes.add(hash(ImageRole.WEB, BASE));

        assertThat(hashes).doesNotHaveDuplicates().hasSize(7);
    }

    @Test
    void bytesMovedFromOneFileToTheNextChangeTheHash() throws IOException {
        write("docker/images/nginx/a", "xy");
        write("docker/images/nginx/b", "z");
        String before = hash(ImageRole.NGINX, BASE);
        write("docker/images/nginx/a", "x");
        write("docker/images/nginx/b", "yz");

        assertThat(hash(ImageRole.NGINX, BASE)).isNotEqualTo(before);
    }

    @Test
    void anotherRolesFilesDoNotChangeTheHash() throws IOException {
        String before = hash(ImageRole.NGINX, BASE);
        write("app-under-test/target/app-under-test.jar", "another jar");

        assertThat(hash(ImageRole.NGINX, BASE)).isEqualTo(before);
    }

    @Test
    void theArchiveHasTheFilesWithTheirModesAndNoTimes() throws IOException {
        assertThat(home.resolve("docker/images/instance").toFile().setExecutable(true))
                .isTrue();
        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                ImageContext.of(ImageRole.WEB, new LabHome(home)).tar())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(Integer.toOctalString(entry.getMode()) + " "
                        + entry.getLastModifiedTime().toMillis() + " " + entry.getName());
            }
        }

        assertThat(entries)
                .containsExactly(
                        "755 0 instance",
                        "644 0 shop/app-under-test.jar",
                        "644 0 shop/lib/a.jar",
                        "644 0 web/Dockerfile");
    }

    @Test
    void aMissingPartIsNamed() throws IOException {
        Files.delete(home.resolve("app-under-test/target/app-under-test.jar"));

        assertThatThrownBy(() -> ImageContext.of(ImageRole.WEB, new LabHome(home)))
                .isInstanceOf(EngineException.class)
                .hasMessage(
                        "expected " + home.resolve("app-under-test/target/app-under-test.jar")
                                + ", a part of an image, found nothing there; `mvn package` makes what is built, and ./lab runs it");
    }

    private String hash(ImageRole role, String base) {
        return ImageContext.of(role, new LabHome(home)).hash(base);
    }

    private void write(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
