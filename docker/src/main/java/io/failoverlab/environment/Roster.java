package io.failoverlab.environment;

import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.document.Nearest;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceMonitor;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Who is there and what is meant to become of them. One immutable value at a time: whoever reads sees either all of a change
 * or nothing of it. Each change is written down for a lab that may have to take over, before anything is done about it.
 */
final class Roster {
    /** @param monitor watches the instance */
    record Member(Ec2Instance instance, InstanceMonitor monitor) {}

    /**
     * @param topology has a web server that is being launched already, so that its name and addresses are taken
     * @param members that have a container, by name
     * @param leaving are being terminated
     * @param unregistered were launched, but are not, or no more, in the target group
     * @param protectedNames must not be terminated by people
     * @param group what another lab would have to know of it
     */
    record Now(
            Topology topology,
            Map<String, Member> members,
            Set<String> leaving,
            Set<String> unregistered,
            Set<String> protectedNames,
            KeptGroup group) {

        Now withTopology(Topology other) {
            return new Now(other, members, leaving, unregistered, protectedNames, group);
        }

        Now with(Member member) {
            Map<String, Member> more = new TreeMap<>(members);
            more.put(member.instance().name(), member);
            return new Now(topology, more, leaving, unregistered, protectedNames, group);
        }

        Now leaving(String name, boolean on) {
            return new Now(topology, members, changed(leaving, name, on), unregistered, protectedNames, group);
        }

        Now unregistered(String name, boolean on) {
            return new Now(topology, members, leaving, changed(unregistered, name, on), protectedNames, group);
        }

        Now protectedName(String name, boolean on) {
            return new Now(topology, members, leaving, unregistered, changed(protectedNames, name, on), group);
        }

        Now without(String name) {
            Map<String, Member> fewer = new TreeMap<>(members);
            fewer.remove(name);
            return new Now(
                    topology.withoutWeb(name),
                    fewer,
                    changed(leaving, name, false),
                    changed(unregistered, name, false),
                    changed(protectedNames, name, false),
                    group);
        }

        Now withGroup(KeptGroup other) {
            return new Now(topology, members, leaving, unregistered, protectedNames, other);
        }

        /** With what another lab had meant to do with those that are there. */
        Now goOn(Set<String> protectedByIt, List<String> leavingByIt) {
            Now after = this;
            for (String name : group.lifecycle().keySet()) {
                after = after.unregistered(name, true);
            }
            for (String name : protectedByIt) {
                after = members.containsKey(name) ? after.protectedName(name, true) : after;
            }
            for (String name : leavingByIt) {
                after = after.leaving(name, true);
            }
            return after;
        }

        private static Set<String> changed(Set<String> names, String name, boolean on) {
            Set<String> changed = new TreeSet<>(names);
            if (on) {
                changed.add(name);
            } else {
                changed.remove(name);
            }
            return changed;
        }
    }

    private final Launch.Plan plan;
    private final AtomicReference<Now> now;

    Roster(Launch.Plan plan) {
        this.plan = plan;
        this.now =
                new AtomicReference<>(new Now(plan.topology(), Map.of(), Set.of(), Set.of(), Set.of(), KeptGroup.NONE));
    }

    Now now() {
        return now.get();
    }

    /** What the engine shows by itself needs no record. */
    void add(Member member) {
        now.updateAndGet(it -> it.with(member));
    }

    synchronized void change(UnaryOperator<Now> change) {
        Now after = now.updateAndGet(change);
        record(plan, after.topology(), after.protectedNames(), after.leaving(), after.group());
    }

    /** Takes the place that is found for a web server; what else has changed meanwhile stays changed. */
    Instance reserve(Function<Topology, Instance> place) {
        Instance web = place.apply(now().topology());
        change(now -> now.withTopology(now.topology().withWeb(web)).unregistered(web.name(), true));
        return web;
    }

    static void record(
            Launch.Plan plan, Topology topology, Set<String> protectedNames, Set<String> leaving, KeptGroup group) {
        new StackFile(plan.folder())
                .write(new StackState(
                        topology,
                        plan.images(),
                        plan.identities().instances(),
                        plan.identities().loadBalancer(),
                        plan.identities().targetGroup(),
                        plan.servicePort(),
                        protectedNames,
                        leaving,
                        group));
    }

    /** Keeps the group's sizes for a lab that takes over. */
    void rememberGroup(AutoScaling group) {
        if (!now().topology().autoScaling().equals(Optional.of(group))) {
            change(now -> now.withTopology(now.topology().withAutoScaling(group)));
        }
    }

    /** Keeps what has changed in the group. */
    void remember(KeptGroup group) {
        if (!now().group().equals(group)) {
            change(now -> now.withGroup(group));
        }
    }

    /** What another lab had kept of the group; it is in the file already. */
    void recall(KeptGroup group) {
        now.updateAndGet(it -> it.withGroup(group));
    }

    /** Where an instance of the group was when it was last kept. */
    LifecycleState lifecycle(String name) {
        return now().group().lifecycle().getOrDefault(name, LifecycleState.IN_SERVICE);
    }

    Optional<Member> find(String name) {
        return Optional.ofNullable(now().members().get(name));
    }

    /** @throws IllegalArgumentException with the nearest name if there is no instance of that name */
    Member member(String name) {
        return find(name)
                .orElseThrow(() -> unknown(name, List.copyOf(now().members().keySet())));
    }

    /** @throws IllegalArgumentException with the nearest name if there is no web server of that name */
    Instance web(String name) {
        List<Instance> web = now().topology().web();
        return web.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> unknown(name, web.stream().map(Instance::name).toList()));
    }

    private static IllegalArgumentException unknown(String name, List<String> names) {
        return new IllegalArgumentException(
                "expected one of " + names.stream().sorted().collect(Collectors.joining(", ")) + ", found " + name
                        + "; " + Nearest.hint(name, names));
    }

    /** The web servers that ought to serve. */
    List<Instance> wanted() {
        Now it = now();
        return it.topology().web().stream()
                .filter(web ->
                        !it.leaving().contains(web.name()) && !it.unregistered().contains(web.name()))
                .toList();
    }
}
