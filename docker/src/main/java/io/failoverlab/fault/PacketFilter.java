package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ExecResult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Packets of an instance are dropped or answered by a reset, by rules of the kernel's packet filter in the instance's own network.
 *
 * @param name of the fault
 * @param rules as {@code iptables -A} takes them, without {@code -A}
 */
public record PacketFilter(String name, String standsFor, List<String> rules) implements NetworkFault {
    /** A reset is not answered by one, and must get out. */
    private static final String ALL_BUT_RESETS = "-p tcp ! --tcp-flags RST RST";

    private static final String RESET = " -j REJECT --reject-with tcp-reset";

    public PacketFilter {
        rules = List.copyOf(rules);
    }

    /** On both ends: whatever passes is answered by a reset, and does not arrive. */
    static PacketFilter reset() {
        return new PacketFilter(
                "reset",
                "a network that resets connections (a firewall that lost its state)",
                List.of("INPUT ! -i lo " + ALL_BUT_RESETS + RESET, "OUTPUT ! -o lo " + ALL_BUT_RESETS + RESET));
    }

    static PacketFilter portClosed(int port) {
        return new PacketFilter(
                "port-closed",
                "a server that does not listen any more on port " + port,
                List.of("INPUT ! -i lo " + ALL_BUT_RESETS + " --dport " + port + RESET));
    }

    /** @param egress whether it is the port of others that it does not reach, instead of its own that is not reached */
    public static PacketFilter blackholePort(String protocol, int port, boolean egress) {
        return new PacketFilter(
                "blackhole-port",
                "a security group without the rule for " + protocol + " port " + port
                        + " (AWSFIS-Run-Network-Blackhole-Port)",
                List.of((egress ? "OUTPUT ! -o lo -p " : "INPUT ! -i lo -p ") + protocol + " --dport " + port
                        + " -j DROP"));
    }

    /** @param to addresses that the packets go to; empty for all */
    public static PacketFilter loss(int percent, List<String> to) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("expected 1 to 100 percent, found " + percent);
        }
        String chance =
                String.format(Locale.ROOT, " -m statistic --mode random --probability %.2f -j DROP", percent / 100.0);
        return new PacketFilter(
                "packet-loss",
                "a network that loses " + percent + " % of the packets (AWSFIS-Run-Network-Packet-Loss)",
                to.isEmpty()
                        ? List.of("OUTPUT ! -o lo" + chance)
                        : to.stream()
                                .map(address -> "OUTPUT -d " + address + chance)
                                .toList());
    }

    /** An address of an instance that the rules may be for, and one of another that it is not to speak with. */
    public record Pair(String own, String other) {}

    /**
     * Instances do not reach those of other zones any more, nor are they reached by them.
     *
     * @param pairs of all instances that it is injected into
     */
    public static PacketFilter zonesApart(List<Pair> pairs) {
        return new PacketFilter(
                "zones-apart",
                "a subnet without the way to other Availability Zones (aws:network:disrupt-connectivity, scope"
                        + " availability-zone)",
                pairs.stream()
                        .flatMap(pair -> Stream.of(
                                "INPUT -s " + pair.other() + " -d " + pair.own() + " -j DROP",
                                "OUTPUT -s " + pair.own() + " -d " + pair.other() + " -j DROP"))
                        .toList());
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        NetworkFault.require(instance, "iptables");
        String mark = "lab-" + name + "-" + scheduler.instant().toEpochMilli();
        return Injection.of(
                instance, new Undo.RemoveRules(instance.name(), mark), () -> act(instance, mark, scheduler));
    }

    private Effect act(Ec2Instance instance, String mark, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        ExecResult made = NetworkFault.run(
                instance, commands(mark) + " && iptables -w 5 -S | grep -c -- '--comment \"*" + mark + "\"* '");
        boolean there = made.exitCode() == 0 && made.stdout().strip().equals(Integer.toString(rules.size()));
        return new Effect(
                injectedAt,
                there,
                there
                        ? "in force: " + String.join("; ", rules)
                        : "the rules are not in force: " + (made.stdout() + made.stderr()).strip());
    }

    /** Before all other rules, and found again by their mark. */
    String commands(String mark) {
        return rules.stream()
                .map(rule -> rule.split(" ", 2))
                .map(parts -> "iptables -w 5 -I " + parts[0] + " 1 -m comment --comment " + mark + " " + parts[1])
                .collect(Collectors.joining(" && "));
    }
}
