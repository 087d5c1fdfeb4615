package io.failoverlab.session;

import io.failoverlab.environment.Environment;
import io.failoverlab.environment.StackImages;
import io.failoverlab.environment.WebGroup;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
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
                () -> new ActionDesk.Facts(
                        lab.session().run(),
                        lab.session().topology(),
                        activities.inWords(),
                        nodes(lab.environment().topology(), handler.apply(new ControlRequest.Status()))),
                () -> Offers.of(stack(lab.environment(), lab.images(), activities)),
                // A page does not wait for minutes; it watches.
                request -> request instanceof ControlRequest.RunExperiment(String experiment)
                        ? ControlReply.done(activities.beginExperiment(experiment))
                        : handler.apply(request));
    }

    private static List<ActionDesk.PlacedNode> nodes(Topology topology, ControlReply status) {
        Map<String, Node> known = topology.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
        return status.instances().stream()
                .filter(it -> known.containsKey(it.name()))
                .map(it -> {
                    Node node = known.get(it.name());
                    return ActionDesk.PlacedNode.of(
                            node, topology.subnet(node.primary().subnet()), it);
                })
                .toList();
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
                environment.multiAz().map(keeper -> now.databaseIdentifier()),
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
