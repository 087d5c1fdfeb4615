package io.failoverlab.session;

import io.failoverlab.profile.LoadProfile;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be done to a stack from the page. Whatever is not in this list cannot, however it is named: neither to anything of the
 * stack's that is not in it, nor to anything else on the engine.
 */
final class Offers {
    private static final int LONGEST_LOAD = 86_400;

    /**
     * What there is.
     *
     * @param nodes that exist now
     * @param zones their letters
     * @param database the DB instance's identifier
     * @param multiAz whether it can fail over
     * @param web how many web servers are wanted now, and may be
     * @param shop whether it serves the sample shop, whose customers are the load; not an application of the user's
     * @param activity what the lab itself does to its stack
     * @param experiments that fit, by name
     */
    record Stack(
            List<Node> nodes,
            List<String> zones,
            String database,
            boolean multiAz,
            GroupSize web,
            boolean shop,
            Activity activity,
            List<String> experiments) {
        Stack {
            nodes = List.copyOf(nodes);
            zones = List.copyOf(zones);
            experiments = List.copyOf(experiments);
        }
    }

    /** One at a time. */
    enum Activity {
        NONE,
        LOAD,
        EXPERIMENT
    }

    private final List<Offer> offers = new ArrayList<>();

    private Offers() {}

    static List<Offer> of(Stack stack) {
        Offers offers = new Offers();
        boolean replicated =
                stack.nodes().stream().filter(DbInstance.class::isInstance).count() > 1;
        stack.nodes().forEach(node -> offers.ofNode(node, replicated));
        stack.zones().forEach(offers::ofZone);
        offers.ofDatabase(stack.database(), stack.multiAz());
        offers.ofTier(stack.web());
        switch (stack.activity()) {
            case NONE -> {
                if (stack.shop()) {
                    offers.startOfLoad();
                }
                stack.experiments().forEach(offers::ofExperiment);
            }
            case LOAD -> offers.endOfLoad();
            case EXPERIMENT -> {
                // it has a load of its own, and ends by itself
            }
        }
        return List.copyOf(offers.offers);
    }

    private void ofNode(Node node, boolean replicated) {
        String name = node.name();
        String resource = "instance/" + name;
        FaultOffers.of(node, replicated).forEach(offers::add);
        if (node instanceof Instance) {
            add(
                    "ec2:TerminateInstances",
                    resource,
                    "Takes the instance away for good; a group replaces it.",
                    "./lab terminate " + name,
                    new ControlRequest.Terminate(name));
        }
        if (node instanceof DbInstance database && database.role() == DbInstance.Role.READ_REPLICA) {
            add(
                    "rds:PromoteReadReplica",
                    "db/" + name,
                    "Makes a database of its own of the read replica: replication ends, and it takes writes.",
                    "./lab promote " + name,
                    new ControlRequest.Promote(name));
        }
        add(
                "ec2:StartInstances",
                resource,
                "Starts or resumes the instance and undoes the faults on it.",
                "./lab start " + name,
                new ControlRequest.Heal(name));
        add(
                "ec2:RebootInstances",
                resource,
                "Stops the instance's processes and starts them anew.",
                "./lab reboot " + name,
                new ControlRequest.Reboot(name));
    }

    private void add(String action, String resource, String summary, String command, ControlRequest request) {
        offers.add(new Offer(action, resource, summary, command, List.of(), given -> request));
    }

    private void ofZone(String letter) {
        FaultOffers.ofZone(letter).forEach(offers::add);
        add(
                "lab:HealZone",
                "zone/" + letter,
                "Undoes what the zone lost.",
                "./lab fault az " + letter + " --undo",
                new ControlRequest.HealZone(letter));
    }

    private void ofDatabase(String database, boolean multiAz) {
        if (multiAz) {
            // RDS's name for it: a reboot with failover.
            add(
                    "rds:RebootDBInstance",
                    "db/" + database,
                    "RDS's reboot with failover: the standby becomes the primary.",
                    "./lab failover " + database,
                    new ControlRequest.Failover(database, false));
        }
        FaultOffers.ofDatabase(database, multiAz).forEach(offers::add);
    }

    private void ofTier(GroupSize web) {
        OfferParameter desired = OfferParameter.number("desired", "", web.desired(), web.min(), web.max(), "{}", false);
        offers.add(new Offer(
                "autoscaling:SetDesiredCapacity",
                "group/web",
                "Launches or terminates web servers until there are as many.",
                "./lab scale web",
                List.of(desired),
                given -> new ControlRequest.Scale(given.number("desired"))));
    }

    private void startOfLoad() {
        OfferParameter rate = OfferParameter.number("rate", "1/s", 100, 1, LoadProfile.MAX_RATE, "--rate {}", false);
        OfferParameter time = OfferParameter.number(Offer.FOR, "s", 60, 10, LONGEST_LOAD, "--for {}s", false);
        offers.add(new Offer(
                "lab:StartLoad",
                "load",
                "Sends requests to the balancer, a fifth of them orders.",
                "./lab load",
                List.of(rate, time),
                given -> new ControlRequest.StartLoad(given.number("rate"), given.limitMillis())));
    }

    private void endOfLoad() {
        add(
                "lab:StopLoad",
                "load",
                "Ends the load that was started here.",
                "./lab load --stop",
                new ControlRequest.StopLoad());
    }

    private void ofExperiment(String name) {
        add(
                "fis:StartExperiment",
                "experiment/" + name,
                "Loads and breaks this stack as the experiment says, and judges what it cost.",
                "./lab run " + name + " --here",
                new ControlRequest.RunExperiment(name));
    }
}
