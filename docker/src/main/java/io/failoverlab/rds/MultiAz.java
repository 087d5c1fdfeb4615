package io.failoverlab.rds;

import io.failoverlab.topology.SemiSync;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides over the two servers of a Multi-AZ database: when to fail over, in which order, and when to have a standby again. It is
 * told facts and gives orders; it has no clock, no thread and no connection. Not thread-safe.
 *
 * <p>Two rules carry it. A server is opened for writes only after the one that was open before is fenced: there are never two.
 * And only a standby that has every acknowledged write is promoted without being asked: whenever writes go on without it, the
 * mode is {@link Mode#EXPOSED} before the first of them.
 */
public final class MultiAz {
    /** What the database is in. */
    public enum Mode {
        /** The standby has every acknowledged write. */
        SYNCED,
        FAILING_OVER,
        /** One copy: the standby is being built, or caught up. */
        EXPOSED,
        /** No server is open: the only copy does not answer. */
        DOWN
    }

    /** Where a failover is. */
    public enum Step {
        NONE,
        FENCE,
        DRAIN,
        PROMOTE,
        MOVE
    }

    /** What happened. */
    public sealed interface Fact {
        /**
         * The engine says that a server ended or was frozen.
         *
         * @param happened by the engine's clock
         */
        record Gone(String server, String why, Instant happened) implements Fact {}

        /**
         * The active check came back.
         *
         * @param written whether its write was acknowledged
         * @param primaryAnswers whether the primary answers and lets applications in
         * @param standbyAnswers whether the standby answers and applies what it receives
         * @param begun when it was sent
         */
        record Checked(boolean written, boolean primaryAnswers, boolean standbyAnswers, Instant begun)
                implements Fact {}

        /** The primary writes no more, since its storage is full. RDS does not fail over for that: the standby's is, too. */
        record Full() implements Fact {}

        /**
         * Somebody wants a failover; see {@link #refusal}.
         *
         * @param force also to a standby that is not in sync, whatever is lost; he has seen that it has a copy of the data
         */
        record Asked(boolean force) implements Fact {}

        /** An order was carried out. */
        record Done(Order order) implements Fact {}

        /** An order could not be carried out; it may be given again. */
        record Failed(Order order, String why) implements Fact {}
    }

    /** What is to be done. */
    public sealed interface Order {
        /** The server on which it is done. */
        String server();

        /** Tells an order from one like it that was given before; 0 if nobody waits for its end. */
        long serial();

        /** Make sure that it acknowledges nothing any more. */
        record Fence(long serial, String server) implements Order {}

        /**
         * Let it apply all that it received.
         *
         * @param whole false if it may stay behind that, since the failover is forced
         */
        record Drain(long serial, String server, boolean whole) implements Order {}

        /** Open it as the primary; for writes, unless they have to wait for a second copy. */
        record Promote(long serial, String server, boolean writes) implements Order {}

        /** Lead clients to it, and cut what they have with the other one. */
        record Move(long serial, String server) implements Order {}

        /** Let the primary acknowledge writes without the standby. */
        record Release(long serial, String server) implements Order {}

        /** Make it a standby that has everything; of an empty server if its data must not be used again. */
        record Rebuild(long serial, String server, boolean fresh) implements Order {}

        /** Bring the only copy back. */
        record Reopen(long serial, String server, boolean writes) implements Order {}

        /** Nothing but news. */
        record Tell(String server, RdsEvent event, String detail) implements Order {
            @Override
            public long serial() {
                return 0;
            }
        }
    }

    /** For how long an order of a failover may fail, and no server answer; the one that was open last is reopened then. */
    private static final Duration GIVE_UP = Duration.ofSeconds(10);

    private final SemiSync policy;
    private final int threshold;
    private String primary;
    private String standby;
    private Mode mode;
    private Step step = Step.NONE;
    /** The standby was a primary, and may have what nobody acknowledged. */
    private boolean tainted;
    /** The failover that is under way loses acknowledged writes, as somebody wanted. */
    private boolean forced;

    private int misses;
    private Instant firstMiss;
    private Instant exposedSince = Instant.EPOCH;
    private FailoverTimes times = FailoverTimes.NONE;
    private Optional<Order> pending = Optional.empty();
    private Optional<Instant> failingSince = Optional.empty();
    private long given;

    /**
     * @param threshold checks in a row that have to fail
     * @param mode that it begins in
     */
    public MultiAz(String primary, String standby, SemiSync policy, int threshold, Mode mode) {
        this.primary = primary;
        this.standby = standby;
        this.policy = policy;
        this.threshold = threshold;
        this.mode = mode;
    }

    public Mode mode() {
        return mode;
    }

    public Step step() {
        return step;
    }

    public String primary() {
        return primary;
    }

    public String standby() {
        return standby;
    }

    /** Whether the standby was a primary that was not rebuilt yet. */
    public boolean tainted() {
        return tainted;
    }

    /** Of the last failover. */
    public FailoverTimes times() {
        return times;
    }

    /** The order whose end is waited for. */
    public Optional<Order> pending() {
        return pending;
    }

    /** Whether it is the order whose end is waited for: anything else came too late. */
    public boolean isWaitedFor(Order order) {
        return pending.equals(Optional.of(order));
    }

    /** Why a failover that somebody asks for is refused now; empty if it is not. */
    public Optional<String> refusal() {
        return switch (mode) {
            case SYNCED -> Optional.empty();
            case FAILING_OVER ->
                Optional.of("a failover is under way, from " + times.from() + "; wait until it is over");
            case EXPOSED ->
                Optional.of("the standby " + standby
                        + " is not in sync: it is being rebuilt; wait until `lab status` says" + " that it is");
            case DOWN -> Optional.of(onlyCopy() + "; the standby " + standby + " is not in sync");
        };
    }

    /** A lab that takes over cannot know how far the one before it came: it opens the primary, and looks at the standby then. */
    public List<Order> begin() {
        return switch (mode) {
            case SYNCED -> List.of();
            case EXPOSED -> rebuild();
            case FAILING_OVER, DOWN -> List.of(wait(new Order.Reopen(next(), primary, policy == SemiSync.FALLBACK)));
        };
    }

    /** @param at when it happened, or came to be known */
    public List<Order> on(Fact fact, Instant at) {
        return switch (fact) {
            case Fact.Gone gone -> gone(gone, at);
            case Fact.Checked checked -> checked(checked, at);
            case Fact.Full full ->
                mode == Mode.SYNCED || mode == Mode.EXPOSED ? down("its storage is full") : List.of();
            case Fact.Asked(boolean force) ->
                mode == Mode.SYNCED || force && mode != Mode.FAILING_OVER
                        ? failOver("it was asked for", at, at)
                        : List.of();
            case Fact.Done done -> isWaitedFor(done.order()) ? done(done.order(), at) : List.of();
            case Fact.Failed failed -> isWaitedFor(failed.order()) ? failed(failed, at) : List.of();
        };
    }

    private List<Order> gone(Fact.Gone gone, Instant at) {
        boolean isPrimary = gone.server().equals(primary);
        return switch (mode) {
            case SYNCED -> isPrimary ? failOver(gone.why(), gone.happened(), at) : standbyLost(gone.why(), at);
            case FAILING_OVER -> whileFailingOver(isPrimary);
            case EXPOSED -> isPrimary ? down(onlyCopy()) : List.of();
            case DOWN -> List.of();
        };
    }

    /** The fence itself ends the old one. Should the new one end, the copy that was opened last is the only one to go on with. */
    private List<Order> whileFailingOver(boolean isPrimary) {
        boolean promoted = step == Step.PROMOTE || step == Step.MOVE;
        return promoted == isPrimary ? down(onlyCopy()) : List.of();
    }

    /**
     * A failover that cannot be done must not last for ever: the one to go on with is the one that was opened last. And a standby
     * that was not finished may have made the primary wait for it.
     */
    private List<Order> failed(Fact.Failed failed, Instant at) {
        Instant since = failingSince.orElse(at);
        failingSince = Optional.of(since);
        if (mode == Mode.FAILING_OVER && Duration.between(since, at).compareTo(GIVE_UP) >= 0) {
            return down("the failover is given up: " + failed.why());
        }
        boolean unfinished = failed.order() instanceof Order.Rebuild && policy == SemiSync.FALLBACK;
        return List.of(unfinished ? wait(new Order.Release(next(), primary)) : failed.order());
    }

    private List<Order> checked(Fact.Checked checked, Instant at) {
        if (checked.written()) {
            misses = 0;
            return List.of();
        }
        if (misses++ == 0) {
            firstMiss = checked.begun();
        }
        if (misses < threshold) {
            return List.of();
        }
        return switch (mode) {
            case SYNCED -> {
                if (checked.standbyAnswers()) {
                    yield failOver("it took no write in " + misses + " checks", firstMiss, at);
                }
                if (checked.primaryAnswers()) {
                    yield standbyLost("it does not answer, or does not apply what it receives", at);
                }
                boolean patient = Duration.between(firstMiss, at).compareTo(GIVE_UP) < 0;
                yield patient ? List.of() : down("neither " + primary + " nor " + standby + " answers");
            }
            case EXPOSED -> checked.primaryAnswers() ? List.of() : down(onlyCopy());
            case FAILING_OVER, DOWN -> List.of();
        };
    }

    private List<Order> failOver(String why, Instant failed, Instant at) {
        // Without a standby in sync only somebody's will leads here.
        forced = mode != Mode.SYNCED;
        mode = Mode.FAILING_OVER;
        step = Step.FENCE;
        misses = 0;
        times = FailoverTimes.begun(primary, standby, why, failed, at);
        return List.of(
                new Order.Tell(primary, RdsEvent.FAILOVER_STARTED, primary + " to " + standby + ": " + why),
                wait(new Order.Fence(next(), primary)));
    }

    private List<Order> standbyLost(String why, Instant at) {
        mode = Mode.EXPOSED;
        exposedSince = at;
        misses = 0;
        Order.Tell news =
                new Order.Tell(standby, RdsEvent.RECOVERY_STARTED, "the standby " + standby + " is lost: " + why);
        return switch (policy) {
            case FALLBACK -> List.of(news, wait(new Order.Release(next(), primary)));
            case BLOCK -> List.of(news, wait(new Order.Rebuild(next(), standby, tainted)));
        };
    }

    private String onlyCopy() {
        return primary + " is the only copy and does not answer";
    }

    private List<Order> down(String why) {
        mode = Mode.DOWN;
        step = Step.NONE;
        return List.of(
                new Order.Tell(primary, RdsEvent.INSTANCE_SHUT_DOWN, why),
                wait(new Order.Reopen(next(), primary, policy == SemiSync.FALLBACK)));
    }

    private List<Order> rebuild() {
        mode = Mode.EXPOSED;
        step = Step.NONE;
        return List.of(wait(new Order.Rebuild(next(), standby, tainted)));
    }

    private Order wait(Order order) {
        pending = Optional.of(order);
        failingSince = Optional.empty();
        return order;
    }

    private long next() {
        return ++given;
    }

    private List<Order> done(Order order, Instant at) {
        pending = Optional.empty();
        return switch (order) {
            case Order.Fence fence -> {
                step = Step.DRAIN;
                yield List.of(wait(new Order.Drain(next(), standby, !forced)));
            }
            case Order.Drain drain -> {
                step = Step.PROMOTE;
                String old = primary;
                primary = standby;
                standby = old;
                tainted = true;
                yield List.of(wait(new Order.Promote(next(), primary, policy == SemiSync.FALLBACK)));
            }
            case Order.Promote promote -> {
                step = Step.MOVE;
                exposedSince = at;
                times = times.promoted(at);
                yield List.of(wait(new Order.Move(next(), primary)));
            }
            case Order.Move move -> moved(at);
            case Order.Release release -> rebuild();
            case Order.Rebuild rebuild -> {
                mode = Mode.SYNCED;
                tainted = false;
                misses = 0;
                yield List.of(
                        new Order.Tell(standby, RdsEvent.RECOVERY_COMPLETED, standby + " stands by" + exposure(at)));
            }
            case Order.Reopen reopen -> {
                misses = 0;
                List<Order> next = new ArrayList<>();
                next.add(new Order.Tell(primary, RdsEvent.INSTANCE_RESTARTED, primary + " goes on"));
                next.addAll(rebuild());
                yield next;
            }
            case Order.Tell news -> List.of();
        };
    }

    private String exposure(Instant at) {
        return exposedSince.equals(Instant.EPOCH)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; exposed for %.1f s",
                        Duration.between(exposedSince, at).toMillis() / 1e3);
    }

    private List<Order> moved(Instant at) {
        times = times.moved(at);
        misses = 0;
        List<Order> next = new ArrayList<>();
        next.add(new Order.Tell(primary, RdsEvent.FAILOVER_TO_STANDBY, primary + " is the primary"));
        next.add(new Order.Tell(
                primary,
                RdsEvent.FAILOVER_COMPLETED,
                "after " + Duration.between(times.failed(), at).toMillis() + " ms"));
        next.add(new Order.Tell(
                standby, RdsEvent.RECOVERY_STARTED, "the old primary " + standby + " is rebuilt from " + primary));
        next.addAll(rebuild());
        return next;
    }
}
