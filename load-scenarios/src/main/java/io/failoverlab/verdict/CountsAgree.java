package io.failoverlab.verdict;

import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.MetricSample;
import io.failoverlab.history.History;
import io.failoverlab.history.InstanceRole;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunInfo.InstanceInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who counted the same things counted the same: the ledger's acknowledged writes are the writes that the client saw answered,
 * to the request; and the targets answered no less than the client got answers. They may have answered more: a request that
 * was repeated was answered, or begun, more than once. Only the sums are compared, since a history knows no more of the
 * balancer's side: what was answered twice can make up for what was not counted.
 */
final class CountsAgree implements Assumption {
    /** Of the answers; the balancer's last second may not have been read any more. */
    private static final int PERCENT = 99;

    @Override
    public AssumptionResult test(History history) {
        Optional<String> problem = ledger(history).or(() -> balancer(history));
        return new AssumptionResult(
                "counts-agree",
                "The counts agree",
                problem.isEmpty(),
                "as many acknowledged writes in the ledger as at the client, and at least " + PERCENT
                        + " % of the client's answers at the balancer, in sum",
                problem.orElseGet(() -> summary(history)));
    }

    private static Optional<String> ledger(History history) {
        long answered = answeredOrders(history);
        long acknowledged = history.ledger().acknowledged().size();
        boolean none = history.requests().stream().noneMatch(RequestSample::isOrder);
        boolean kept = !history.run().experiment().load().own();
        return none || !kept || answered == acknowledged
                ? Optional.empty()
                : Optional.of("the client saw " + Wording.counted(answered, "write") + " answered, the ledger has "
                        + Wording.count(acknowledged) + " acknowledged");
    }

    private static Optional<String> balancer(History history) {
        long answered = answered(history);
        long forwarded = forwarded(history);
        boolean tells = history.run().topology().balancerReadsRequests() && !hitTheBalancer(history);
        return !tells || forwarded * 100 >= answered * PERCENT
                ? Optional.empty()
                : Optional.of("the client got " + Wording.counted(answered, "answer") + ", the balancer counted "
                        + Wording.count(forwarded));
    }

    private static String summary(History history) {
        long forwarded = forwarded(history);
        long more = forwarded - answered(history);
        String atBalancer = forwarded == 0
                ? "none at the balancer"
                        + (history.run().topology().balancerReadsRequests() ? "" : ", which reads no requests")
                : Wording.count(forwarded) + " at the balancer"
                        + (hitTheBalancer(history)
                                ? ", which was hit itself"
                                : more > 0 ? ", " + Wording.count(more) + " of them repeated or not the load's" : "");
        return Wording.counted(answered(history), "answer") + " at the client, " + atBalancer + "; "
                + Wording.counted(answeredOrders(history), "acknowledged write");
    }

    private static long answered(History history) {
        return history.requests().stream().filter(RequestSample::ok).count();
    }

    private static long answeredOrders(History history) {
        return history.requests().stream()
                .filter(request -> request.isOrder() && request.ok())
                .count();
    }

    private static long forwarded(History history) {
        return Math.round(history.events(MetricSample.class)
                .filter(sample -> sample.metric().equals(MetricSample.REQUEST_COUNT))
                .mapToDouble(MetricSample::value)
                .sum());
    }

    /** What it had not told yet is gone with it. */
    private static boolean hitTheBalancer(History history) {
        List<InstanceInfo> instances = history.run().topology().instances();
        Set<String> balancers = instances.stream()
                .filter(instance -> instance.role() == InstanceRole.LOAD_BALANCER)
                .map(InstanceInfo::name)
                .collect(Collectors.toSet());
        return history.events(FaultInjected.class).anyMatch(fault -> balancers.contains(fault.instance()));
    }
}
