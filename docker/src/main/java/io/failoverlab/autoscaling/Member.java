package io.failoverlab.autoscaling;

import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupClocks;
import io.failoverlab.topology.HealthCheckType;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the group knows of one of its instances. */
final class Member {
    final String name;
    final String instanceId;
    final Zone zone;
    final int version;
    /** Earlier ones are older; times may be equal. */
    final int order;

    final Instant launchedAt;

    private LifecycleState state;
    private Instant since;
    private Optional<Unhealthy> unhealthy = Optional.empty();
    private Optional<Boolean> targetHealthy = Optional.empty();
    private Optional<Instant> impairedSince = Optional.empty();
    private boolean settled;
    private boolean toldOfSettling;
    private boolean protectedFromScaleIn;
    /** Launched beyond the desired capacity; another one goes once it has settled. */
    private boolean surplus;

    /** It leaves the group for the warm pool. */
    private boolean returning;

    /** It is still there, though it was to be removed. */
    private Optional<Instant> terminateAgainAt = Optional.empty();

    private int failedTerminations;
    private String activity = "";

    /** Why it is found unhealthy, with the words of AWS's cause. */
    enum Unhealthy {
        GONE("an EC2 health check indicating it has been terminated or stopped"),
        IMPAIRED("an EC2 instance status checks failure"),
        ELB("an ELB system health check failure");

        private final String words;

        Unhealthy(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Member(String name, String instanceId, Zone zone, int version, int order, LifecycleState state, Instant now) {
        this.name = name;
        this.instanceId = instanceId;
        this.zone = zone;
        this.version = version;
        this.order = order;
        this.launchedAt = now;
        this.state = state;
        this.since = now;
    }

    LifecycleState state() {
        return state;
    }

    boolean is(LifecycleState wanted) {
        return state == wanted;
    }

    Instant since() {
        return since;
    }

    void become(LifecycleState next, Instant now) {
        state = next;
        since = now;
        if (next == LifecycleState.IN_SERVICE) {
            targetHealthy = Optional.empty();
            settled = false;
            toldOfSettling = false;
        }
    }

    void targetHealth(boolean healthy) {
        targetHealthy = Optional.of(healthy);
    }

    void impaired(boolean now, Instant at) {
        impairedSince = now ? impairedSince.or(() -> Optional.of(at)) : Optional.empty();
    }

    boolean targetIsUnhealthy() {
        return targetHealthy.filter(healthy -> !healthy).isPresent();
    }

    boolean isImpairedFor(GroupClocks clocks, Instant now) {
        return impairedSince
                .filter(from -> !now.isBefore(from.plus(clocks.impairedWait())))
                .isPresent();
    }

    boolean isInGrace(GroupClocks clocks, Instant now) {
        return now.isBefore(since.plus(clocks.gracePeriod()));
    }

    boolean isWarmingUp(GroupClocks clocks, Instant now) {
        return state.isPending() || is(LifecycleState.IN_SERVICE) && now.isBefore(since.plus(clocks.warmup()));
    }

    /**
     * Whether it is known to serve. A group that does not ask the balancer takes it as serving after its grace period, too.
     */
    boolean hasSettled(AutoScaling settings, Instant now) {
        if (!is(LifecycleState.IN_SERVICE)) {
            return false;
        }
        boolean byTime = settings.healthCheckType() == HealthCheckType.EC2 && !isInGrace(settings.clocks(), now);
        settled |= byTime || targetHealthy.orElse(false);
        return settled;
    }

    /** Whether that it has settled is asked for the first time. */
    boolean isNews() {
        boolean news = !toldOfSettling;
        toldOfSettling = true;
        return news;
    }

    /** Takes it as serving: it did before this group knew it. */
    void settle() {
        settled = true;
        toldOfSettling = true;
    }

    void find(Unhealthy why) {
        unhealthy = Optional.of(why);
    }

    Optional<Unhealthy> unhealthy() {
        return unhealthy;
    }

    boolean isProtectedFromScaleIn() {
        return protectedFromScaleIn;
    }

    void protectFromScaleIn(boolean on) {
        protectedFromScaleIn = on;
    }

    boolean isSurplus() {
        return surplus;
    }

    void surplus(boolean on) {
        surplus = on;
    }

    boolean isReturning() {
        return returning;
    }

    void returning(boolean on) {
        returning = on;
    }

    /** @param pause after the first time; longer after each further one */
    void terminationFailed(Duration pause, Instant now) {
        failedTerminations++;
        terminateAgainAt = Optional.of(now.plus(LaunchBackoff.waitAfter(failedTerminations, pause)));
    }

    boolean isToBeTerminatedAgain(Instant now) {
        return terminateAgainAt.filter(at -> !now.isBefore(at)).isPresent();
    }

    void terminatedAgain() {
        terminateAgainAt = Optional.empty();
    }

    String activity() {
        return activity;
    }

    void activity(String id) {
        activity = id;
    }

    GroupInstance snapshot() {
        return new GroupInstance(name, instanceId, zone, state, unhealthy.isEmpty(), protectedFromScaleIn, version);
    }
}
