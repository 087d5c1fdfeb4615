package io.failoverlab.session;

import io.failoverlab.environment.Environment;
import io.failoverlab.environment.StackImages;
import io.failoverlab.environment.WebGroup;
import io.failoverlab.rds.MultiAz;
import io.failoverlab.rds.ReplicaKeeper;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Connects the page's desk with a lab: what is there now, and who does it. */
final class PageActions {
    /** That the page offers to scale to, where no group says otherwise. */
    private static final int MOST_WEB = 20;

    private PageActions() {}

    static ActionDesk deskOf(LabSession lab, Activities activities, ControlHandler handler) {
        return new ActionDesk(
                () -> facts(lab, activities, handler.apply(new ControlRequest.Status())),
                () -> Offers.of(stack(lab.environment(), lab.images(), activities)),
                // A page does not wait for minutes; it watches.
                request -> request instanceof ControlRequest.RunExperiment(String experiment)
                        ? ControlReply.done(activities.beginExperiment(experiment))
                        : handler.apply(request));
    }

    private static ActionDesk.Facts facts(LabSession lab, Activities activities, ControlReply status) {
        return new ActionDesk.Facts(
                lab.session().run(),
                lab.session().topology(),
                activities.inWords(),
                nodes(lab.environment(), status),
                status.faults());
    }

    private static List<ActionDesk.PlacedNode> nodes(Environment environment, ControlReply status) {
        Topology topology = environment.topology();
        Map<String, Node> known = topology.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
        Map<String, String> endpoints = environment.endpoints();
        Map<String, String> sources = sources(environment, status.instances());
        return status.instances().stream()
                .filter(it -> known.containsKey(it.name()))
                .map(it -> {
                    Node node = known.get(it.name());
                    return ActionDesk.PlacedNode.of(
                            node,
                            topology.subnet(node.primary().subnet()),
                            it,
                            endpoints.entrySet().stream()
                                    .filter(name -> name.getValue().equals(it.address()))
                                    .map(Map.Entry::getKey)
                                    .toList(),
                            sources.getOrDefault(it.name(), ""));
                })
                .toList();
    }

    /** Each database server that replicates now, with the name of the one that it replicates from. */
    private static Map<String, String> sources(Environment environment, List<ControlReply.InstanceStatus> servers) {
        Map<String, String> sources = new HashMap<>();
        for (DbInstance database : environment.topology().databaseServers()) {
            switch (database.role()) {
                case PRIMARY -> {
                    // it is what the others follow
                }
                case STANDBY ->
                    environment
                            .multiAz()
                            .filter(pair -> pair.mode() == MultiAz.Mode.SYNCED)
                            .ifPresent(pair -> sources.put(
                                    database.identifier(),
                                    environment.database().identifier()));
                case READ_REPLICA ->
                    environment
                            .readReplica()
                            .flatMap(ReplicaKeeper::source)
                            .flatMap(address -> servers.stream()
                                    .filter(it -> it.address().equals(address))
                                    .findFirst())
                            .ifPresent(source -> sources.put(database.identifier(), source.name()));
            }
        }
        return sources;
    }

    /** What a tier that is no group may be scaled to. None at all may be left, when the last one was terminated. */
    static GroupSize sizeOf(int web) {
        return new GroupSize(Math.min(1, web), web, Math.max(web, MOST_WEB));
    }

    private static Offers.Stack stack(Environment environment, StackImages images, Activities activities) {
        Topology now = environment.topology();
        return new Offers.Stack(
                now.nodes().stream()
                        .filter(node -> environment.fleet().find(node.name()).isPresent())
                        .toList(),
                now.zones().stream().map(Zone::letter).toList(),
                now.databaseIdentifier(),
                environment.multiAz().isPresent(),
                environment
                        .group()
                        .map(WebGroup::size)
                        .orElseGet(() -> sizeOf(now.web().size())),
                images.own().isEmpty(),
                activities.now(),
                activities
                        .experiments()
                        .map(it -> it.fitting(now, images.own().isEmpty()))
                        .orElse(List.of()));
    }
}
