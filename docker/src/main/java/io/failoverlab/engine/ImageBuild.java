package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One build on the engine, followed to its end. */
final class ImageBuild {
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int LINES_KEPT = 20;
    private static final Pattern STEP = Pattern.compile("Step (\\d+)/(\\d+) : (\\w+).*", Pattern.DOTALL);

    private final String subject;
    private final ElapsedLine elapsed;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private String step = "building";
    private Optional<String> imageId = Optional.empty();

    private ImageBuild(String subject, ElapsedLine elapsed) {
        this.subject = subject;
        this.elapsed = elapsed;
    }

    /**
     * Makes an image without a name.
     *
     * @param fresh whether nothing may be taken from the engine's build cache
     * @return the image's id
     * @throws EngineException with the last lines of the build, if it fails
     */
    static String run(
            DockerClient client,
            ImageContext context,
            String base,
            boolean fresh,
            InstantSource clock,
            Consumer<String> progress) {
        String subject = context.role().label() + " image";
        progress.accept(subject + ": building on " + base);
        ElapsedLine elapsed = new ElapsedLine(subject, clock, progress);
        String id = new ImageBuild(subject, elapsed)
                .follow(client.buildImageCmd(context.tar())
                        .withDockerfilePath(context.dockerfile())
                        .withBuildArg("BASE", base)
                        .withNoCache(fresh)
                        .withForcerm(true));
        elapsed.ended("built");
        return id;
    }

    /** Names an image and labels it; the result shares all files with it. */
    static void name(
            DockerClient client,
            String imageId,
            Map<String, String> labels,
            String name,
            InstantSource clock,
            Consumer<String> progress) {
        Map<String, byte[]> context = Map.of("Dockerfile", utf8("FROM " + imageId + "\n"));
        new ImageBuild("image " + name, new ElapsedLine("image " + name, clock, progress))
                .follow(client.buildImageCmd(ImageContext.tarOf(context))
                        .withLabels(labels)
                        .withTags(Set.of(name))
                        .withForcerm(true));
    }

    /**
     * Makes an image of a whole file system. Not by the engine's import: docker-java sends it an empty archive.
     *
     * @param archive a tar file compressed with gzip
     */
    static void fromFileSystem(
            DockerClient client, byte[] archive, String name, InstantSource clock, Consumer<String> progress) {
        Map<String, byte[]> context =
                Map.of("Dockerfile", utf8("FROM scratch\nADD files.tar.gz /\n"), "files.tar.gz", archive);
        new ImageBuild("image " + name, new ElapsedLine("image " + name, clock, progress))
                .follow(client.buildImageCmd(ImageContext.tarOf(context))
                        .withTags(Set.of(name))
                        .withForcerm(true));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String follow(BuildImageCmd command) {
        try (StreamQueue<BuildResponseItem> answer = new StreamQueue<>()) {
            command.exec(answer);
            return follow(answer);
        } catch (IOException failure) {
            throw new EngineException(subject + ": the connection to the container engine broke", failure);
        }
    }

    private String follow(StreamQueue<BuildResponseItem> answer) {
        while (elapsed.elapsed().compareTo(LIMIT) < 0) {
            Optional<StreamQueue.Signal<BuildResponseItem>> signal = answer.next(TICK);
            if (signal.isPresent()) {
                switch (signal.get()) {
                    case StreamQueue.Signal.Item<BuildResponseItem>(BuildResponseItem item) -> take(item);
                    case StreamQueue.Signal.Failed<BuildResponseItem>(Throwable failure) ->
                        throw failed(String.valueOf(failure.getMessage()));
                    case StreamQueue.Signal.End<BuildResponseItem>() -> {
                        return imageId.orElseThrow(() -> failed("the engine ended the build without an image"));
                    }
                }
            }
            elapsed.still(step);
        }
        throw failed("no end within " + LIMIT.toMinutes() + " min");
    }

    private void take(BuildResponseItem item) {
        if (item.isErrorIndicated()) {
            throw failed(
                    item.getErrorDetail() == null
                            ? "no reason given"
                            : item.getErrorDetail().getMessage());
        }
        if (item.isBuildSuccessIndicated()) {
            imageId = Optional.of(item.getImageId());
        }
        if (item.getStream() == null || item.getStream().isBlank()) {
            return;
        }
        Matcher found = STEP.matcher(item.getStream());
        if (found.matches()) {
            step = "step " + found.group(1) + " of " + found.group(2) + ", " + found.group(3);
        }
        item.getStream().lines().filter(line -> !line.isBlank()).forEach(this::keep);
    }

    private void keep(String line) {
        if (lastLines.size() == LINES_KEPT) {
            lastLines.removeFirst();
        }
        lastLines.addLast("  " + line.stripTrailing());
    }

    private EngineException failed(String reason) {
        return new EngineException(subject + ": the build failed at " + step + ": " + reason.strip() + "\n"
                + String.join("\n", lastLines) + "\n"
                + "next: `lab images build` tries again; a package that cannot be fetched is the usual reason,"
                + " so look whether this machine and its containers reach Debian's packages");
    }
}
