package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import io.failoverlab.topology.Cidr;
import io.failoverlab.topology.Ipv4;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Reads {@link HostFacts} from this machine. What a system does not tell counts as not known. */
public final class HostFactsReader {
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+\\d+\\s+(\\d+)");
    /** Interfaces of the engine's own networks, which it is asked about itself. */
    private static final Pattern ENGINE_DEVICE = Pattern.compile("br-[0-9a-f]{12}|docker.*|veth.*|lo");

    private final HostCommands host;
    private final EngineEndpoint endpoint;
    private final LabHome home;

    private HostFactsReader(HostCommands host, EngineEndpoint endpoint, LabHome home) {
        this.host = host;
        this.endpoint = endpoint;
        this.home = home;
    }

    /** @param ports of 127.0.0.1 that the lab is going to use */
    public static HostFacts read(LabHome home, List<Integer> ports) {
        return new HostFactsReader(new HostProcesses(), EngineEndpoint.ofThisProcess(), home).read(ports);
    }

    private HostFacts read(List<Integer> ports) {
        Optional<Engine> engine = endpoint.answers() ? Optional.of(Engine.connect()) : Optional.empty();
        return new HostFacts(
                engine.map(this::ask)
                        .orElseGet(() -> new HostFacts.EngineState.Silent("`lab up` installs or starts it"
                                + " where it may (root on Debian or Ubuntu), and says how where not")),
                ports.stream().collect(Collectors.toMap(port -> port, HostFactsReader::inUse)),
                routes(text(Path.of("/proc/net/route"))),
                number(AVAILABLE, text(Path.of("/proc/meminfo"))) * 1024,
                freeSpace(engine.map(Engine::client)),
                Runtime.version().feature(),
                host.find("mvn").map(Path::toString),
                hasNetem(),
                number(OPEN_FILES, text(Path.of("/proc/self/limits"))));
    }

    private HostFacts.EngineState ask(Engine engine) {
        Map<String, List<Cidr>> subnets = new TreeMap<>();
        engine.foreignSubnets()
                .forEach((name, blocks) -> subnets.put(
                        name,
                        blocks.stream()
                                .filter(block -> block.matches("[0-9.]+/\\d+"))
                                .map(Cidr::parse)
                                .toList()));
        List<Leftover> objects = engine.labObjects();
        return new HostFacts.EngineState.Answering(
                engine.version(),
                cgroupVersion(engine.client()),
                subnets,
                names(objects, Owner::isAlive, object -> object.owner().run()),
                names(objects, owner -> !owner.isAlive(), Leftover::name));
    }

    private static List<String> names(List<Leftover> objects, Predicate<Owner> which, Function<Leftover, String> name) {
        return objects.stream()
                .filter(object -> which.test(object.owner()))
                .map(name)
                .distinct()
                .sorted()
                .toList();
    }

    private static Optional<Integer> cgroupVersion(DockerClient client) {
        Info info = Requests.answer("its settings", () -> client.infoCmd().exec());
        return Optional.ofNullable(info.getCGroupVersion()).map(Integer::valueOf);
    }

    private long freeSpace(Optional<DockerClient> client) {
        Path place = client.map(
                        it -> Requests.answer("its settings", () -> it.infoCmd().exec()))
                .map(Info::getDockerRootDir)
                .map(Path::of)
                .filter(Files::isDirectory)
                .orElse(home.folder());
        try {
            return Files.getFileStore(place).getUsableSpace();
        } catch (IOException failure) {
            throw new UncheckedIOException("the free space at " + place + " could not be read", failure);
        }
    }

    private static boolean inUse(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException taken) {
            return true;
        }
    }

    /** Reads {@code /proc/net/route}, whose addresses are hexadecimal numbers with the bytes in reverse. */
    static List<HostFacts.Route> routes(String table) {
        List<HostFacts.Route> routes = new ArrayList<>();
        for (String line : table.lines().skip(1).toList()) {
            String[] columns = line.split("\\s+");
            long mask = number(columns[7]);
            if (mask != 0 && !ENGINE_DEVICE.matcher(columns[0]).matches()) {
                routes.add(
                        new HostFacts.Route(columns[0], new Cidr(new Ipv4(number(columns[1])), Long.bitCount(mask))));
            }
        }
        return routes;
    }

    private static long number(String reversedHex) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) Long.parseLong(reversedHex, 16)));
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static boolean hasNetem() {
        Path modules = Path.of("/lib/modules", System.getProperty("os.version"));
        return text(Path.of("/proc/modules")).contains("sch_netem ")
                || unzipped(Path.of("/proc/config.gz")).contains("\nCONFIG_NET_SCH_NETEM=y\n")
                || text(modules.resolve("modules.builtin")).contains("/sch_netem.ko")
                || text(modules.resolve("modules.dep")).contains("/sch_netem.ko");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }

    private static String unzipped(Path file) {
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }
}
