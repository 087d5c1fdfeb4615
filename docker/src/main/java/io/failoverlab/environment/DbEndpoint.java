package io.failoverlab.environment;

import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.ExecResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The name that applications find their database under, as on RDS: it leads to the primary, and a failover changes the address.
 *
 * <p>It is a line of a hosts file that every web server has as its {@code /etc/hosts}. What the clients' own caches keep is a part
 * of the outage, as it is there; the way itself costs a millisecond. The engine's own name service would take some 300 ms to move
 * a name, and hands out a time to live of ten minutes.
 */
final class DbEndpoint {
    private static final Duration CUT_LIMIT = Duration.ofSeconds(2);
    private static final int ADDRESS_WIDTH = 15;

    private final String name;
    private final Path file;

    /** @param folder of the run */
    DbEndpoint(String identifier, String region, Path folder) {
        this.name = identifier + "." + region + ".rds.lab";
        this.file = folder.resolve("endpoint").resolve("hosts");
    }

    /** Such as {@code db-1.ap-northeast-1.rds.lab}. */
    String name() {
        return name;
    }

    /** To be mounted; its content changes in place. */
    Path file() {
        return file;
    }

    /** Leads to that address from now on. In one write of the same length: whoever reads finds the old one or the new one. */
    void lead(String address) {
        String text = "127.0.0.1 localhost\n%s %s\n"
                .formatted((address + " ".repeat(ADDRESS_WIDTH)).substring(0, ADDRESS_WIDTH), name);
        try {
            if (Files.notExists(file)) {
                Files.createDirectories(file.getParent());
                Files.createFile(file);
                if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
            Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new UncheckedIOException("the endpoint " + name + " could not be led to " + address, failure);
        }
    }

    /**
     * Ends what the clients have with the old address, attempts to connect included: a frozen server, or one that is cut off, would
     * let them wait for their time-outs. Clients without the tool have to wait. No route is left behind: the engine would refuse
     * to put a client on a network again that has one to an address of it.
     *
     * @param trouble told of each client that runs and keeps its connections
     */
    static void cut(String gone, List<EngineContainer> clients, Consumer<String> trouble) {
        String line = "command -v ss >/dev/null || exit 0; ss -HK dst " + gone;
        clients.parallelStream()
                .flatMap(client -> problem(() -> client.execPrivileged(CUT_LIMIT, "sh", "-c", line), () -> runs(client))
                        .map(why ->
                                client.name() + " keeps its connections to " + gone + " until they time out: " + why)
                        .stream())
                .forEach(trouble);
    }

    /** Why the connections could not be ended; a client that does not run has none. */
    static Optional<String> problem(Supplier<ExecResult> command, BooleanSupplier runs) {
        String why;
        try {
            ExecResult result = command.get();
            if (result.exitCode() == 0) {
                return Optional.empty();
            }
            why = "exit code " + result.exitCode() + " " + result.stderr().strip();
        } catch (EngineException failure) {
            why = failure.getMessage();
        }
        return runs.getAsBoolean() ? Optional.of(why) : Optional.empty();
    }

    private static boolean runs(EngineContainer client) {
        try {
            return client.state().running();
        } catch (EngineException gone) {
            return false;
        }
    }
}
