package io.failoverlab.elb;

import io.failoverlab.topology.BalancerType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nginx's {@code stub_status} page says.
 *
 * @param active client connections that are open now, the one that asked left out
 * @param rejected connections since nginx's start that it closed at once, having no room for them
 */
record NginxStatus(long active, long rejected) {
    private static final Pattern PAGE =
            Pattern.compile("Active connections: (\\d+)\\s+server accepts handled requests\\s+(\\d+) (\\d+) (\\d+)");

    /** Empty if the text is something else. */
    static Optional<NginxStatus> parse(String page) {
        Matcher matcher = PAGE.matcher(page);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        long accepted = Long.parseLong(matcher.group(2));
        long handled = Long.parseLong(matcher.group(3));
        return Optional.of(new NginxStatus(Math.max(0, Long.parseLong(matcher.group(1)) - 1), accepted - handled));
    }

    /**
     * The metrics that a balancer of that type makes of it, by name. An Application Load Balancer leaves out what is zero; a Network
     * Load Balancer, to which a connection is a flow, always tells how many there are.
     *
     * @param before what it said last, if it is the same nginx
     */
    Map<String, Long> counts(BalancerType type, Optional<NginxStatus> before) {
        long rejectedSince = rejected - before.map(NginxStatus::rejected).orElse(0L);
        String things = switch (type) {
            case APPLICATION -> "ConnectionCount";
            case NETWORK -> "FlowCount";
        };
        Map<String, Long> counts = new TreeMap<>();
        if (active > 0 || type == BalancerType.NETWORK) {
            counts.put("Active" + things, active);
        }
        if (rejectedSince > 0) {
            counts.put("Rejected" + things, rejectedSince);
        }
        return counts;
    }
}
