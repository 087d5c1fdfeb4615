package io.failoverlab.bench;

import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.ContainerSpec.Attachment;
import io.failoverlab.engine.ContainerSpec.Kind;
import io.failoverlab.engine.ContainerSpec.Limits;
import io.failoverlab.engine.ContainerSpec.Mount;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.Owner;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.NetworkInterface;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Other balancers beside the lab's: on the same networks, in front of the same targets, with as much of a processor. They
 * belong to the run and go with it.
 */
final class BalancerPeers {
    private static final int PORT = 8080;
    /** As the lab's own balancer has. */
    private static final Limits LIMITS = new Limits(1.0, 256L << 20, 64);

    private static final List<String> LEDGER = List.of("haproxy", "-db", "-f", "/etc/failover-lab/ledger.cfg");

    private static final String ALONE = "ours-without-controller.conf";
    private static final String CONFIGURATIONS = "/etc/failover-lab-peers";

    private final Engine engine;
    private final Owner owner;
    private final Topology topology;
    private final Map<Contender, URI> services = new EnumMap<>(Contender.class);

    BalancerPeers(Engine engine, Owner owner, Topology topology) {
        this.engine = engine;
        this.owner = owner;
        this.topology = topology;
        services.put(
                Contender.OURS,
                URI.create("http://" + topology.loadBalancer().primary().address() + ":" + PORT));
    }

    /**
     * Starts those that have a file of their own.
     *
     * @param configurations folder of their files
     * @param folder of the run, for the files with this run's addresses
     */
    void start(Path configurations, Path folder, String nginx, String haproxy) throws IOException {
        Files.createDirectories(folder);
        for (Contender peer : Contender.values()) {
            if (!peer.configuration().isEmpty()) {
                String text = Files.readString(configurations.resolve(peer.configuration()));
                Files.writeString(folder.resolve(peer.configuration()), withAddresses(text));
            }
        }
        startOne(Contender.HAPROXY, haproxy, folder, List.of("haproxy", "-W", "-db", "-f"));
        startOne(Contender.NGINX_TUNED, nginx, folder, List.of("nginx", "-g", "daemon off;", "-c"));
        startOne(Contender.NGINX_DEFAULT, nginx, folder, List.of("nginx", "-g", "daemon off;", "-c"));
    }

    private void startOne(Contender peer, String image, Path folder, List<String> program) {
        List<String> command = new ArrayList<>(program);
        command.add(CONFIGURATIONS + "/" + peer.configuration());
        String name = "peer-" + peer.name().toLowerCase(Locale.ROOT).replace('_', '-');
        services.put(peer, startBeside(name, image, folder, beside(peer.ordinal()), command));
    }

    /**
     * Starts a balancer that has the lab's own configuration of this moment and no controller.
     *
     * @param configuration the lab's own, as nginx reads it now
     * @param folder of the run, for the same with other addresses
     */
    URI startWithoutController(Path configuration, Path folder, String nginx) throws IOException {
        List<Attachment> places = beside(Contender.values().length);
        String text = Files.readString(configuration);
        for (int i = 0; i < places.size(); i++) {
            String ours = topology.loadBalancer().interfaces().get(i).address().toString();
            text = text.replace(ours + ":", places.get(i).address() + ":");
        }
        Files.writeString(folder.resolve(ALONE), text);
        return startBeside(
                "without-controller",
                nginx,
                folder,
                places,
                List.of("nginx", "-g", "daemon off;", "-c", CONFIGURATIONS + "/" + ALONE));
    }

    /** From the end of each subnet, where the topology puts nobody: the very last address is reserved. */
    private List<Attachment> beside(int place) {
        return topology.loadBalancer().interfaces().stream()
                .map(ours -> new Attachment(
                        ours.subnet(),
                        topology.subnet(ours.subnet())
                                .cidr()
                                .last()
                                .plus(-1L - place)
                                .toString()))
                .toList();
    }

    private URI startBeside(String name, String image, Path folder, List<Attachment> places, List<String> command) {
        start(name, image, places, List.of(new Mount(folder, CONFIGURATIONS)), command);
        return URI.create("http://" + places.getFirst().address() + ":" + PORT);
    }

    private void start(String name, String image, List<Attachment> places, List<Mount> mounts, List<String> command) {
        engine.start(
                new ContainerSpec(
                        name,
                        Kind.LOAD_BALANCER,
                        image,
                        places,
                        command,
                        Map.of(),
                        mounts,
                        LIMITS,
                        List.of("/tmp"),
                        Optional.empty(),
                        Map.of()),
                owner);
    }

    private String withAddresses(String text) {
        String changed = text;
        for (Instance web : topology.web()) {
            changed = changed.replace(web.name() + ":", web.primary().address() + ":");
        }
        return changed;
    }

    /**
     * Starts the ledger that the targets write orders to, in the subnet that all of them are in: the database's.
     *
     * @return its address
     */
    String startLedger(String image) {
        String common = topology.web().getFirst().interfaces().stream()
                .map(NetworkInterface::subnet)
                .filter(subnet -> topology.web().stream()
                        .allMatch(web -> web.addressIn(subnet).isPresent()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("expected a subnet that every web server is in, found none"));
        String address = topology.subnet(common).cidr().last().plus(-1).toString();
        start("ledger", image, List.of(new Attachment(common, address)), List.of(), LEDGER);
        return address;
    }

    /** Where a balancer serves, on its own address: the engine's port forwarding is the same for all and left out. */
    URI service(Contender contender) {
        return services.get(contender);
    }
}
