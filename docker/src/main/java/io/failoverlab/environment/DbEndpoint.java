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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A name that applications find a database under, as on RDS: that of the database leads to the primary, and a failover changes the
 * address; a read replica has one of its own.
 *
 * <p>It is a line of a hosts file that every web server has as its {@code /etc/hosts}. What the clients' own caches keep is a part
 * of the outage, as it is there; the way itself costs a millisecond. The engine's own name service would take some 300 ms to move
 * a name, and hands out a time to live of ten minutes.
 */
final class DbEndpoint {
    /** The names of a stack are lines of one file. */
    private static final Object FILE = new Object();

    private static final String LOCALHOST = "127.0.0.1 localhost";
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
        change(lines -> {
            Line before = of(lines, name).orElseGet(() -> new Line("", List.of(name)));
            replace(lines, before, new Line(address, before.names()));
        });
    }

    /** Where it leads now; empty before it leads anywhere. */
    Optional<String> address() {
        synchronized (FILE) {
            try {
                return Files.notExists(file)
                        ? Optional.empty()
                        : of(lines(), name).map(Line::address);
            } catch (IOException failure) {
                throw new UncheckedIOException("where the endpoint " + name + " leads could not be read", failure);
            }
        }
    }

    /** From now on another name leads wherever this one does. */
    void adopt(DbEndpoint other) {
        change(lines -> {
            Line own = of(lines, name).orElseThrow(() -> new IllegalStateException(name + " leads nowhere yet"));
            of(lines, other.name)
                    .filter(it -> !it.equals(own))
                    .ifPresent(it -> replace(lines, it, it.without(other.name)));
            replace(lines, own, own.with(other.name));
        });
    }

    /** An address, and the names that lead to it. */
    private record Line(String address, List<String> names) {
        static Line parse(String text) {
            List<String> words = List.of(text.strip().split(" +"));
            return new Line(words.getFirst(), words.subList(1, words.size()));
        }

        Line with(String name) {
            return new Line(
                    address,
                    Stream.concat(names.stream(), Stream.of(name)).distinct().toList());
        }

        Line without(String name) {
            return new Line(
                    address, names.stream().filter(it -> !it.equals(name)).toList());
        }

        @Override
        public String toString() {
            return address + " ".repeat(Math.max(0, ADDRESS_WIDTH - address.length())) + " " + String.join(" ", names);
        }
    }

    private static Optional<Line> of(List<Line> lines, String name) {
        return lines.stream().filter(it -> it.names().contains(name)).findFirst();
    }

    /** A line without a name goes; one that there was not comes last. */
    private static void replace(List<Line> lines, Line before, Line after) {
        int place = lines.indexOf(before);
        if (place >= 0) {
            lines.remove(place);
        }
        if (!after.names().isEmpty()) {
            lines.add(place >= 0 ? place : lines.size(), after);
        }
    }

    private void change(Consumer<List<Line>> change) {
        synchronized (FILE) {
            try {
                create();
                List<Line> lines = lines();
                change.accept(lines);
                StringBuilder text = new StringBuilder();
                lines.forEach(line -> text.append(line).append('\n'));
                // Nothing is cut off the end: whoever reads meanwhile would find less than either.
                text.repeat('\n', (int) Math.max(0, Files.size(file) - text.length()));
                Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
            } catch (IOException failure) {
                throw new UncheckedIOException("the endpoint " + name + " could not be led elsewhere", failure);
            }
        }
    }

    private List<Line> lines() throws IOException {
        return Files.readAllLines(file).stream()
                .filter(it -> !it.isBlank())
                .map(Line::parse)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void create() throws IOException {
        if (Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, LOCALHOST + "\n");
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
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
