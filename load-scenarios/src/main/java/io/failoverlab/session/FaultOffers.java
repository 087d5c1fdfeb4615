package io.failoverlab.session;

import io.failoverlab.fault.FaultKind;
import io.failoverlab.fault.FaultKind.Place;
import io.failoverlab.fault.Faults;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of fault there is, as something that can be done to what it strikes. Only what makes no sense somewhere is named. */
final class FaultOffers {
    private static final int LONGEST = 3600;
    private static final OfferParameter FOR = OfferParameter.number(Offer.FOR, "s", 60, 1, LONGEST, "--for {}s", true);

    /** They are offered as what EC2 and RDS do, not as faults. */
    private static final Set<String> ACTIONS_OF_AWS = Set.of("reboot", "terminate", "failover");

    /** The rest needs a server of the lab's own. */
    private static final Set<String> OF_THE_BALANCER = Set.of("kill", "stop", "pause");

    /** They work through the sample application. */
    private static final Set<String> OF_WEB_SERVERS = Set.of("hang", "deaf", "slow");

    private static final String OF_A_FAILOVER = "dns-stale";

    /** Where AWS has an action for it, its name. */
    private static final Map<String, String> AWS_NAMES = Map.of("stop", "ec2:StopInstances");

    /** They are commands of their own. */
    private static final Set<String> SHORT = Set.of("kill", "stop", "pause");

    private FaultOffers() {}

    /** @param replicated whether a server of the database follows another one */
    static Stream<Offer> of(Node node, boolean replicated) {
        Stream<FaultKind> kinds = switch (node) {
            case LoadBalancer balancer -> kinds(Place.INSTANCE).filter(kind -> OF_THE_BALANCER.contains(kind.name()));
            case Instance web -> kinds(Place.INSTANCE);
            case DbInstance database ->
                Stream.concat(
                        kinds(Place.INSTANCE).filter(kind -> !OF_WEB_SERVERS.contains(kind.name())),
                        replicated ? kinds(Place.REPLICA) : Stream.of());
        };
        return kinds.map(kind -> offer(
                kind,
                "instance/" + node.name(),
                node.name(),
                (SHORT.contains(kind.name()) ? "./lab " : "./lab fault ") + kind.name() + " " + node.name()));
    }

    /** @param letter the zone's */
    static Stream<Offer> ofZone(String letter) {
        return kinds(Place.ZONE)
                .map(kind -> offer(
                        kind,
                        "zone/" + letter,
                        letter,
                        "./lab fault az " + letter + " --" + kind.name().substring("az-".length())));
    }

    /** @param multiAz whether it can fail over */
    static Stream<Offer> ofDatabase(String identifier, boolean multiAz) {
        return kinds(Place.DATABASE)
                .filter(kind -> multiAz || !kind.name().equals(OF_A_FAILOVER))
                .map(kind ->
                        offer(kind, "db/" + identifier, identifier, "./lab fault " + kind.name() + " " + identifier));
    }

    private static Stream<FaultKind> kinds(Place place) {
        return Faults.kinds().stream().filter(kind -> kind.place() == place && !ACTIONS_OF_AWS.contains(kind.name()));
    }

    private static Offer offer(FaultKind kind, String resource, String where, String command) {
        boolean lasts = kind.make(Optional.empty(), Map.of()).lasts();
        List<OfferParameter> parameters = Stream.concat(
                        kind.parameters().stream().map(OfferParameter::of), lasts ? Stream.of(FOR) : Stream.empty())
                .toList();
        return new Offer(
                action(kind.name()),
                resource,
                kind.summary(),
                command,
                parameters,
                given -> new ControlRequest.Inject(kind.name(), where, given.limitMillis(), given.ofFault(), false));
    }

    /** Such as {@code lab:CpuStress} for {@code cpu-stress}. */
    static String action(String fault) {
        return AWS_NAMES.getOrDefault(
                fault,
                "lab:"
                        + Stream.of(fault.split("-"))
                                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                                .collect(Collectors.joining()));
    }
}
