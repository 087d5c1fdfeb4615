package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.model.Volume;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command in a container that is there for nothing else, locked down as all are. */
final class OneRun {
    /** Where a keeper has the volume that it keeps. */
    static final String KEPT_AT = "/kept";

    private static final long KEEPER_BYTES = 16L << 20;
    private static final long KEEPER_PIDS = 16;
    private static final long KEEPER_NANO_CPUS = 100_000_000;
    private static final long COMMAND_BYTES = 1L << 30;
    private static final long COMMAND_PIDS = 256;
    private static final long COMMAND_NANO_CPUS = 1_000_000_000;

    private OneRun() {}

    static ExecResult of(DockerClient client, String image, Owner owner, String... command) {
        String id = Requests.answer(
                "a container of " + image,
                () -> client.createContainerCmd(image)
                        .withLabels(owner.labels())
                        .withEntrypoint(command)
                        .withHostConfig(lockedDown())
                        .exec()
                        .getId());
        try {
            return Requests.answer("`" + String.join(" ", command) + "` in " + image, () -> run(client, id));
        } finally {
            Requests.answer(
                    "removal of a container of " + image,
                    () -> client.removeContainerCmd(id)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        }
    }

    /** Name of the container that keeps a volume. */
    static String keeperOf(String volume) {
        return volume + "-keeper";
    }

    /** Starts a container that only mounts a volume. */
    static String keep(DockerClient client, String image, String volume, Owner owner) {
        String id = client.createContainerCmd(image)
                .withName(keeperOf(volume))
                .withLabels(owner.labels())
                .withEntrypoint("sleep", "infinity")
                .withHostConfig(lockedDown()
                        .withMemory(KEEPER_BYTES)
                        .withPidsLimit(KEEPER_PIDS)
                        .withNanoCPUs(KEEPER_NANO_CPUS)
                        .withBinds(new Bind(volume, new Volume(KEPT_AT), AccessMode.ro)))
                .exec()
                .getId();
        client.startContainerCmd(id).exec();
        return id;
    }

    /** Puts files into a volume through a container that never starts. */
    static void fill(DockerClient client, String image, String volume, String path, InputStream tar, Owner owner) {
        String id = Requests.answer(
                "a container of " + image,
                () -> client.createContainerCmd(image)
                        .withLabels(owner.labels())
                        .withEntrypoint("true")
                        .withHostConfig(lockedDown().withBinds(new Bind(volume, new Volume(path), AccessMode.rw)))
                        .exec()
                        .getId());
        try {
            client.copyArchiveToContainerCmd(id)
                    .withRemotePath(path)
                    .withTarInputStream(tar)
                    .exec();
        } catch (RuntimeException failure) {
            throw new EngineException(
                    "the volume " + volume + " could not be filled: " + failure.getMessage(), failure);
        } finally {
            Requests.answer(
                    "removal of a container of " + image,
                    () -> client.removeContainerCmd(id)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        }
    }

    private static HostConfig lockedDown() {
        return new HostConfig()
                .withNetworkMode("none")
                .withReadonlyRootfs(true)
                .withMemory(COMMAND_BYTES)
                .withPidsLimit(COMMAND_PIDS)
                .withNanoCPUs(COMMAND_NANO_CPUS)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withTmpFs(Map.of("/tmp", "rw,nosuid,nodev,mode=1777,size=64m"));
    }

    private static ExecResult run(DockerClient client, String id) {
        StringBuffer stdout = new StringBuffer();
        StringBuffer stderr = new StringBuffer();
        client.startContainerCmd(id).exec();
        int exitCode = client.waitContainerCmd(id)
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(Engine.REQUEST_LIMIT.toSeconds(), TimeUnit.SECONDS);
        try {
            client.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            String text = new String(frame.getPayload(), StandardCharsets.UTF_8);
                            (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).append(text);
                        }
                    })
                    .awaitCompletion(Engine.REQUEST_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while the output of a container was read");
        }
        return new ExecResult(exitCode, stdout.toString(), stderr.toString());
    }
}
