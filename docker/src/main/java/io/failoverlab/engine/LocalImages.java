package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The lab's images that are on the engine, and what they say about themselves. */
final class LocalImages {
    private static final String VERSION_LABEL = "org.opencontainers.image.version";
    private static final String BASE_LABEL = "org.opencontainers.image.base.name";
    private static final String VERSION_FILE = "/etc/failover-lab/version";

    private final DockerClient client;

    LocalImages(DockerClient client) {
        this.client = client;
    }

    static Map<String, String> labels(String version, String base) {
        return Map.of(VERSION_LABEL, version, BASE_LABEL, base);
    }

    Optional<Image> find(ImageRole role, String tag) {
        String reference = role.repository() + ":" + tag;
        try {
            InspectImageResponse found = client.inspectImageCmd(reference).exec();
            ContainerConfig config = found.getConfig();
            Map<String, String> labels = config == null || config.getLabels() == null ? Map.of() : config.getLabels();
            // Without its label it is somebody's hand-made image of the same name.
            return Optional.ofNullable(labels.get(VERSION_LABEL))
                    .filter(version -> !version.isBlank())
                    .map(version -> new Image(
                            role, reference, version, labels.getOrDefault(BASE_LABEL, "unknown"), found.getSize()));
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    /** What the role's program told about itself when the image was made; nothing is run. */
    String versionIn(String imageId) {
        String container = client.createContainerCmd(imageId).exec().getId();
        try (InputStream file = client.copyArchiveFromContainerCmd(container, VERSION_FILE)
                        .exec();
                TarArchiveInputStream archive = new TarArchiveInputStream(file)) {
            archive.getNextEntry();
            return new String(archive.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(VERSION_FILE + " could not be read from image " + imageId, failure);
        } finally {
            client.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        }
    }

    void tag(Image image, String tag) {
        client.tagImageCmd(image.reference(), image.role().repository(), tag).exec();
    }

    /** Tags of a role's images, the newest image's first. */
    List<String> tags(ImageRole role) {
        return client.listImagesCmd().withReferenceFilter(role.repository()).exec().stream()
                .sorted(Comparator.comparing(com.github.dockerjava.api.model.Image::getCreated)
                        .reversed())
                .flatMap(image -> image.getRepoTags() == null ? Stream.empty() : Stream.of(image.getRepoTags()))
                .map(name -> name.substring(name.lastIndexOf(':') + 1))
                .toList();
    }

    /** Takes a name away, and the image with it if it was its last and no container uses it. */
    void remove(ImageRole role, String tag) {
        try {
            client.removeImageCmd(role.repository() + ":" + tag).exec();
        } catch (ConflictException | NotFoundException usedOrGone) {
            // a later build removes it
        }
    }
}
