package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What images are made from: the official image of the role where an image hub answers, else a bare Debian 13 made on
 * this machine. What is on the engine already is taken without asking the hub.
 */
final class ImageBases {
    /** Name of the Debian made here. */
    static final String DEBIAN = "failover-lab/base:trixie";

    private static final Duration HUB_ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final Duration PULL_STALL_LIMIT = Duration.ofMinutes(2);
    private static final Duration BOOTSTRAP_LIMIT = Duration.ofMinutes(10);
    private static final List<String> UNREAD = List.of("doc", "man", "info", "locale", "lintian", "bash-completion");

    private final DockerClient client;
    private final HostCommands host;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /** @param id changes when the base does */
    record Base(String name, String id) {}

    ImageBases(DockerClient client, HostCommands host, InstantSource clock, Consumer<String> progress) {
        this.client = client;
        this.host = host;
        this.clock = clock;
        this.progress = progress;
    }

    /** @throws EngineException if neither the hub nor Debian's packages can be had */
    Base of(ImageRole role) {
        return present(role.officialBase())
                .or(() -> present(DEBIAN))
                .or(() -> pull(role.officialBase()))
                .orElseGet(this::makeDebian);
    }

    /** Asks the hub for newer official images, or makes the Debian again where the hub does not answer. */
    void renew() {
        for (ImageRole role : ImageRole.OF_A_STACK) {
            if (pull(role.officialBase()).isEmpty()) {
                makeDebian();
                return;
            }
        }
    }

    private Optional<Base> present(String name) {
        try {
            InspectImageResponse image = client.inspectImageCmd(name).exec();
            return Optional.of(new Base(name, image.getId()));
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    /** Empty if the hub does not answer soon, does not have it, or stalls. */
    private Optional<Base> pull(String name) {
        ElapsedLine elapsed = new ElapsedLine("image " + name, clock, progress);
        try (StreamQueue<PullResponseItem> answer = new StreamQueue<>()) {
            client.pullImageCmd(name).exec(answer);
            Optional<StreamQueue.Signal<PullResponseItem>> signal = answer.next(HUB_ANSWER_LIMIT);
            while (signal.isPresent() && signal.get() instanceof StreamQueue.Signal.Item<PullResponseItem>) {
                elapsed.still("pulling");
                signal = answer.next(PULL_STALL_LIMIT);
            }
            return present(name);
        } catch (IOException failure) {
            throw new EngineException("image " + name + ": the connection to the container engine broke", failure);
        }
    }

    private Base makeDebian() {
        AptPackages packages = new AptPackages(host, progress);
        List<String> needed = List.of("mmdebstrap", "debian-archive-keyring");
        if (host.find("mmdebstrap").isEmpty()) {
            if (!packages.available()) {
                throw new EngineException(
                        "images: expected an image hub that answers, or mmdebstrap to make a Debian with;"
                                + " found neither; " + packages.advice(needed, "an engine that reaches its image hub"));
            }
            packages.install("images: no image hub answers", needed);
        }
        progress.accept("images: no image hub answers; making a Debian 13 with mmdebstrap …");
        ElapsedLine elapsed = new ElapsedLine("base image", clock, progress);
        try {
            Path archive = Files.createTempFile("failover-lab-base-", ".tar.gz");
            try {
                HostCommands.Result result = host.run(BOOTSTRAP_LIMIT, Map.of(), mmdebstrap(archive));
                if (!result.ok()) {
                    throw new EngineException("images: mmdebstrap ended with exit code " + result.exitCode() + ":\n"
                            + result.lastLines(20));
                }
                ImageBuild.fromFileSystem(client, Files.readAllBytes(archive), DEBIAN, clock, progress);
            } finally {
                Files.deleteIfExists(archive);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("images: the archive of the Debian could not be written or read", failure);
        }
        elapsed.ended("made");
        return present(DEBIAN).orElseThrow();
    }

    private static List<String> mmdebstrap(Path archive) {
        List<String> command = new ArrayList<>(List.of("mmdebstrap", "--variant=minbase"));
        UNREAD.forEach(folder -> command.add("--dpkgopt=path-exclude=/usr/share/" + folder + "/*"));
        // Licences stay with what they license.
        command.add("--dpkgopt=path-include=/usr/share/doc/*/copyright");
        command.addAll(List.of("trixie", archive.toString()));
        return command;
    }
}
