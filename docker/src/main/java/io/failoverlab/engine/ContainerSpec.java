package io.failoverlab.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container to start. Everything not named here is locked down: no capabilities, no new privileges, a read-only root
 * file system, no published port.
 *
 * @param name the instance's name, unique in a run
 * @param kind decides the Testcontainers type
 * @param image image reference that is present on the engine
 * @param attachments networks to join, the primary first; at least one
 * @param entrypoint replaces the image's entry point; empty keeps it
 * @param command replaces the image's command; empty keeps it
 * @param environment variables; no secrets, since they are seen by everyone who may ask the engine
 * @param mounts host folders
 * @param volumes of the run, kept when the container goes
 * @param limits processor, memory and process limits
 * @param tmpfs paths that are writable and empty at each start
 * @param publication a port published on 127.0.0.1, if any
 * @param labels further labels, beside the owner's
 */
public record ContainerSpec(
        String name,
        Kind kind,
        String image,
        List<Attachment> attachments,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        List<Mount> mounts,
        List<Volume> volumes,
        Limits limits,
        List<String> tmpfs,
        Optional<Publication> publication,
        Map<String, String> labels) {

    /** What the container is, in the words of the pattern. */
    public enum Kind {
        APPLICATION,
        LOAD_BALANCER,
        DATABASE
    }

    /** A network by its {@link NetworkSpec#name() name} and the fixed address on it. */
    public record Attachment(String network, String address) {}

    /** A folder of the host, mounted read-only. */
    public record Mount(Path folder, String path) {}

    /** A volume of the run by the name that {@link Engine#createVolume} was given, mounted writable. */
    public record Volume(String name, String path) {}

    /**
     * @param cpus processors, such as 0.5; above 0
     * @param memoryBytes upper bound of memory; swap is not added to it
     * @param pids upper bound of processes and threads
     */
    public record Limits(double cpus, long memoryBytes, long pids) {
        public Limits {
            if (!(cpus > 0) || memoryBytes <= 0 || pids <= 0) {
                throw new IllegalArgumentException("expected limits above 0, found cpus " + cpus + ", memory "
                        + memoryBytes + " bytes, pids " + pids);
            }
        }
    }

    /** A port of 127.0.0.1 that leads to a port of the container. */
    public record Publication(int hostPort, int containerPort) {}

    /** With the image's entry point. */
    public ContainerSpec(
            String name,
            Kind kind,
            String image,
            List<Attachment> attachments,
            List<String> command,
            Map<String, String> environment,
            List<Mount> mounts,
            List<Volume> volumes,
            Limits limits,
            List<String> tmpfs,
            Optional<Publication> publication,
            Map<String, String> labels) {
        this(
                name,
                kind,
                image,
                attachments,
                List.of(),
                command,
                environment,
                mounts,
                volumes,
                limits,
                tmpfs,
                publication,
                labels);
    }

    /** Without volumes. */
    public ContainerSpec(
            String name,
            Kind kind,
            String image,
            List<Attachment> attachments,
            List<String> command,
            Map<String, String> environment,
            List<Mount> mounts,
            Limits limits,
            List<String> tmpfs,
            Optional<Publication> publication,
            Map<String, String> labels) {
        this(
                name,
                kind,
                image,
                attachments,
                command,
                environment,
                mounts,
                List.of(),
                limits,
                tmpfs,
                publication,
                labels);
    }

    public ContainerSpec {
        if (attachments.isEmpty()) {
            throw new IllegalArgumentException("expected at least one network for " + name + ", found none");
        }
        attachments = List.copyOf(attachments);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
        volumes = List.copyOf(volumes);
        tmpfs = List.copyOf(tmpfs);
        labels = Map.copyOf(labels);
    }
}
