package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The lab's own images: {@code failover-lab/ROLE:HASH}, where the hash covers the Dockerfile, every file of its context
 * and the base. An image whose hash is on the engine is not built again. The one in use is also called
 * {@code failover-lab/ROLE:local}.
 */
public final class ContainerImages {
    private static final String IN_USE = "local";
    /** Of each role, so that going back and forth between two states of the sources builds nothing. */
    private static final int KEPT = 3;

    private final DockerClient client;
    private final LabHome home;
    private final HostCommands host;
    private final InstantSource clock;
    private final LocalImages local;

    ContainerImages(DockerClient client, LabHome home, InstantSource clock) {
        this.client = client;
        this.home = home;
        this.host = new HostProcesses();
        this.clock = clock;
        this.local = new LocalImages(client);
    }

    /**
     * All images, built where they are not on the engine yet.
     *
     * @param progress told what is being done, a line at a time; not called if there is nothing to do
     * @throws EngineException if one can be neither found nor built; the message has the end of the build's output
     */
    public Images ensure(Consumer<String> progress) {
        return exclusively(progress, () -> each(role -> ensured(role, progress)));
    }

    /**
     * The image to measure the load balancer with, built if it is not on the engine yet.
     *
     * @throws EngineException as {@link #ensure}
     */
    public Image ensureHaproxy(Consumer<String> progress) {
        return exclusively(progress, () -> ensured(ImageRole.HAPROXY, progress));
    }

    private Image ensured(ImageRole role, Consumer<String> progress) {
        ImageBases.Base base = bases(progress).of(role);
        ImageContext context = ImageContext.of(role, home);
        Image image = local.find(role, context.hash(base.id())).orElseGet(() -> build(context, base, false, progress));
        local.tag(image, IN_USE);
        return image;
    }

    /**
     * Builds all images from nothing: asks the hub again, or makes the base again, and uses no build cache.
     *
     * @param progress told what is being done, a line at a time
     * @throws EngineException as {@link #ensure}
     */
    public Images rebuild(Consumer<String> progress) {
        return exclusively(progress, () -> {
            ImageBases bases = bases(progress);
            bases.renew();
            return each(role -> {
                Image image = build(ImageContext.of(role, home), bases.of(role), true, progress);
                local.tag(image, IN_USE);
                return image;
            });
        });
    }

    /** The images in use, as far as they are on the engine. */
    public List<Image> present() {
        return Stream.of(ImageRole.values())
                .map(role -> local.find(role, IN_USE))
                .flatMap(Optional::stream)
                .toList();
    }

    private Image build(ImageContext context, ImageBases.Base base, boolean fresh, Consumer<String> progress) {
        ImageRole role = context.role();
        String hash = context.hash(base.id());
        String id = ImageBuild.run(client, context, base.name(), fresh, clock, progress);
        String version = local.versionIn(id);
        ImageBuild.name(
                client, id, LocalImages.labels(version, base.name()), role.repository() + ":" + hash, clock, progress);
        local.tags(role).stream().filter(tag -> !tag.equals(IN_USE)).skip(KEPT).forEach(tag -> local.remove(role, tag));
        return local.find(role, hash)
                .orElseThrow(() -> new EngineException(
                        "the image " + role.repository() + ":" + hash + " vanished after it was built"));
    }

    private ImageBases bases(Consumer<String> progress) {
        return new ImageBases(client, host, clock, progress);
    }

    private static Images each(Function<ImageRole, Image> image) {
        return new Images(image.apply(ImageRole.WEB), image.apply(ImageRole.NGINX), image.apply(ImageRole.MYSQL));
    }

    /** Two labs that start together build once; the lock of a process that died is free. */
    private <T> T exclusively(Consumer<String> progress, Supplier<T> work) {
        Path file = home.folder().resolve(".lab/images.lock");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel, progress);
                return work.get();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the lock " + file + " could not be taken", failure);
        }
    }

    private static void lock(FileChannel channel, Consumer<String> progress) throws IOException {
        if (channel.tryLock() == null) {
            progress.accept("images: another lab is making them; waiting for it …");
            channel.lock();
        }
    }
}
