package io.failoverlab.session;

import io.failoverlab.profile.LoadProfile;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be done to a stack from the page. Whatever is not in this list cannot, however it is named: neither to anything of the
 * stack's that is not in it, nor to anything else on the engine.
 */
final class Offers {
    /** As of {@code lab stress}. */
    private static final int STRESS_PROCESSES = 5;

    private static final int LONGEST_FAULT = 3600;
    private static final int LONGEST_LOAD = 86_400;
    private static final OfferParameter FOR = new OfferParameter("for", "s", 60, 1, LONGEST_FAULT, "--for {}s", true);
    private static final OfferParameter STRESS_FOR =
            new OfferParameter("for", "s", 60, 1, LONGEST_FAULT, "--for {}s", false);

    /**
     * What there is.
     *
     * @param nodes that exist now
     * @param zones their letters
     * @param multiAz the database that can fail over, if there is one
     * @param web how many web servers are wanted now, and may be
     * @param shop whether it serves the sample shop, whose customers are the load; not an application of the user's
     * @param activity what the lab itself does to its stack
     * @param experiments that fit, by name
     */
    record Stack(
            List<Node> nodes,
            List<String> zones,
            Optional<String> multiAz,
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
        stack.nodes().forEach(offers::ofNode);
        stack.zones().forEach(offers::ofZone);
        stack.multiAz().ifPresent(offers::ofDatabase);
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

    private void ofNode(Node node) {
        String name = node.name();
        fault("lab:Kill", "kill", name, "./lab kill " + name);
        if (!(node instanceof LoadBalancer)) {
            fault("lab:KillProcess", "kill-process", name, "./lab kill " + name + " --process");
        }
        fault("ec2:StopInstances", "stop", name, "./lab stop " + name);
        fault("lab:Pause", "pause", name, "./lab pause " + name);
        switch (node) {
            case LoadBalancer balancer -> {
                // the rest needs a server process of the lab's own
            }
            case Instance web -> {
                stress(name);
                fault("lab:Hang", "hang", name, "./lab fault hang " + name);
                fault("lab:Deaf", "deaf", name, "./lab fault deaf " + name);
                fault("lab:Slow", "slow", name, "./lab fault slow " + name);
                fault("lab:Cut", "cut", name, "./lab fault cut " + name);
                add("ec2:TerminateInstances", name, "./lab terminate " + name, new ControlRequest.Terminate(name));
            }
            case DbInstance database -> {
                stress(name);
                fault("lab:Cut", "cut", name, "./lab fault cut " + name);
            }
        }
        add("ec2:StartInstances", name, "./lab start " + name, new ControlRequest.Heal(name));
        add("ec2:RebootInstances", name, "./lab reboot " + name, new ControlRequest.Reboot(name));
    }

    private void fault(String action, String fault, String instance, String command) {
        offers.add(new Offer(
                action,
                "instance/" + instance,
                command,
                List.of(FOR),
                given -> new ControlRequest.Inject(fault, instance, given.millis("for"), Map.of(), false)));
    }

    private void stress(String instance) {
        OfferParameter yes = new OfferParameter("yes", "", STRESS_PROCESSES, 1, 64, "--yes {}", false);
        offers.add(new Offer(
                "lab:CpuStress",
                "instance/" + instance,
                "./lab stress " + instance,
                List.of(yes, STRESS_FOR),
                given -> new ControlRequest.Inject(
                        "cpu-stress",
                        instance,
                        given.millis("for"),
                        Map.of("yes", Integer.toString(given.required("yes")), "percent", "100"),
                        false)));
    }

    private void add(String action, String instance, String command, ControlRequest request) {
        offers.add(new Offer(action, "instance/" + instance, command, List.of(), given -> request));
    }

    private void ofZone(String letter) {
        String resource = "zone/" + letter;
        String command = "./lab fault az " + letter;
        offers.add(new Offer(
                "lab:AzPower",
                resource,
                command,
                List.of(FOR),
                given -> new ControlRequest.Inject("az-power", letter, given.millis("for"), Map.of(), false)));
        offers.add(new Offer(
                "lab:AzNetwork",
                resource,
                command + " --network",
                List.of(FOR),
                given -> new ControlRequest.Inject("az-network", letter, given.millis("for"), Map.of(), false)));
        offers.add(new Offer(
                "lab:HealZone",
                resource,
                command + " --undo",
                List.of(),
                given -> new ControlRequest.HealZone(letter)));
    }

    /** RDS's name for it: a reboot with failover. */
    private void ofDatabase(String database) {
        offers.add(new Offer(
                "rds:RebootDBInstance",
                "db/" + database,
                "./lab failover " + database,
                List.of(),
                given -> new ControlRequest.Failover(database, false)));
    }

    private void ofTier(GroupSize web) {
        OfferParameter desired = new OfferParameter("desired", "", web.desired(), web.min(), web.max(), "{}", false);
        offers.add(new Offer(
                "autoscaling:SetDesiredCapacity",
                "group/web",
                "./lab scale web",
                List.of(desired),
                given -> new ControlRequest.Scale(given.required("desired"))));
    }

    private void startOfLoad() {
        OfferParameter rate = new OfferParameter("rate", "1/s", 100, 1, LoadProfile.MAX_RATE, "--rate {}", false);
        OfferParameter time = new OfferParameter("for", "s", 60, 10, LONGEST_LOAD, "--for {}s", false);
        offers.add(new Offer(
                "lab:StartLoad",
                "load",
                "./lab load",
                List.of(rate, time),
                given -> new ControlRequest.StartLoad(given.required("rate"), given.millis("for"))));
    }

    private void endOfLoad() {
        offers.add(new Offer(
                "lab:StopLoad", "load", "./lab load --stop", List.of(), given -> new ControlRequest.StopLoad()));
    }

    private void ofExperiment(String name) {
        offers.add(new Offer(
                "fis:StartExperiment",
                "experiment/" + name,
                "./lab run " + name + " --here",
                List.of(),
                given -> new ControlRequest.RunExperiment(name)));
    }
}
