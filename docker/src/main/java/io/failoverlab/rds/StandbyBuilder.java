package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a server a standby that has every acknowledged write, and the primary wait for it from then on. */
final class StandbyBuilder {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(120);
    /** Writes wait meanwhile. */
    private static final Duration LAST_WRITES_LIMIT = Duration.ofSeconds(10);

    private final MultiAzServers servers;
    private final LabScheduler scheduler;
    private final Consumer<String> news;

    /** @param news told in words */
    StandbyBuilder(MultiAzServers servers, LabScheduler scheduler, Consumer<String> news) {
        this.servers = servers;
        this.scheduler = scheduler;
        this.news = news;
    }

    /**
     * @param turn in which it acts
     * @param fresh whether the server's own data must not be used: it was a primary
     * @param lossy whether what it has more was acknowledged, and is lost by the failover
     * @throws SQLException if it could not be done; it can be tried again
     */
    void build(String primary, String standby, boolean fresh, boolean lossy, Turn turn) throws SQLException {
        follow(primary, standby, fresh, lossy, turn);
        awaitedBy(servers.agent(primary), servers.agent(standby), turn);
    }

    /** As {@link #build}, but no write waits for it. */
    void follow(String primary, String standby, boolean fresh, boolean lossy, Turn turn) throws SQLException {
        ServerAgent source = servers.agent(primary);
        // On a full volume it would not even start; a copy begins with an empty one.
        Optional<String> extra = servers.isFull(standby) ? Optional.empty() : extra(source, standby, turn);
        if (fresh) {
            tellOfExtra(standby, lossy, extra);
        }
        if (fresh || !extra.equals(Optional.of("")) || !canCatchUp(source, standby)) {
            turn.act(source::leaveSource);
            turn.act(() -> endWaitingWrites(source));
            turn.act(() -> servers.replace(standby));
            copy(source, standby, turn);
        }
        catchUp(source, servers.agent(standby), turn);
    }

    /** A copy waits for the commits that are under way, and those may wait for the very standby that is to be made. */
    private static void endWaitingWrites(ServerAgent source) throws SQLException {
        if (source.makesWritesWait()) {
            source.endWaitingWritesUntold();
        }
    }

    /** Tells what an old primary has that the new one has not. */
    void compare(String primary, String standby, boolean lossy, Turn turn) throws SQLException {
        tellOfExtra(standby, lossy, extra(servers.agent(primary), standby, turn));
    }

    /**
     * As {@link #build}, of a server that has just begun.
     *
     * @throws SQLException if it could not be done
     */
    void add(String primary, String standby, Turn turn) throws SQLException {
        ServerAgent source = servers.agent(primary);
        copy(source, standby, turn);
        catchUp(source, servers.agent(standby), turn);
        awaitedBy(source, servers.agent(standby), turn);
    }

    /** Lets a server with a copy of the data follow the primary. */
    private void catchUp(ServerAgent source, ServerAgent standby, Turn turn) throws SQLException {
        turn.act(() -> standby.follow(source.server()));
        awaitCaughtUp(source, standby, CATCH_UP_LIMIT);
    }

    /** Lets the primary's writes wait for it from now on. */
    private void awaitedBy(ServerAgent source, ServerAgent standby, Turn turn) throws SQLException {
        turn.act(() -> source.waitForStandby(true));
        awaitCaughtUp(source, standby, LAST_WRITES_LIMIT);
        if (!holds(LAST_WRITES_LIMIT, source::isWaitingForStandby)) {
            throw new SQLException(source.server().identifier() + " does not wait for "
                    + standby.server().identifier());
        }
    }

    /** What the server has and the primary has not; empty if it cannot be read. */
    private Optional<String> extra(ServerAgent source, String standby, Turn turn) throws SQLException {
        turn.require();
        try {
            // A copy costs the writes that wait for it, so while there are any it gets the time to thaw.
            if (servers.isFrozen(standby) && !source.makesWritesWait()) {
                return Optional.empty();
            }
            if (servers.hasEnded(standby)) {
                turn.act(() -> servers.start(standby));
            }
            if (!servers.isConnected(standby)) {
                return Optional.empty();
            }
            await(standby, turn);
            String executed = servers.agent(standby).executed();
            return Optional.of(source.minus(executed, source.logged()));
        } catch (SQLException | RuntimeException unreadable) {
            turn.require();
            return Optional.empty();
        }
    }

    /** An empty server cannot catch up from the logs of one that is a copy itself. */
    private boolean canCatchUp(ServerAgent source, String standby) throws SQLException {
        return source.minus(source.purged(), servers.agent(standby).executed()).isEmpty();
    }

    private void tellOfExtra(String standby, boolean lossy, Optional<String> extra) {
        news.accept("the old primary " + standby
                + extra.map(gtids -> gtids.isEmpty()
                                ? " has no transaction that the new one has not"
                                : lossy
                                        ? " has " + GtidSet.count(gtids) + " transactions that the failover has lost: "
                                                + gtids
                                        : " has transactions that nobody acknowledged: " + gtids)
                        .orElse(" cannot be read any more")
                + "; its data is thrown away");
    }

    /** Fills a new server with a copy of the source's data. */
    void copy(ServerAgent source, String standby, Turn turn) throws SQLException {
        ServerAgent empty = servers.agent(standby);
        await(standby, turn);
        empty.cloneFrom(source.server());
        if (scheduler
                .await(START_LIMIT, () -> servers.hasEnded(standby) ? Optional.of(true) : Optional.empty())
                .isEmpty()) {
            throw new SQLException("the copy for " + standby + " had no end");
        }
        turn.act(() -> servers.start(standby));
        await(standby, turn);
    }

    private void await(String server, Turn turn) throws SQLException {
        new AnswerWait(servers::hasEnded, scheduler).await(server, servers.agent(server)::ping, START_LIMIT, turn);
    }

    /** Until it has all that the primary had at the beginning of the wait. */
    void awaitCaughtUp(ServerAgent source, ServerAgent standby, Duration limit) throws SQLException {
        String all = source.executed();
        if (!holds(limit, () -> source.minus(all, standby.executed()).isEmpty())) {
            throw new SQLException(standby.server().identifier() + " does not catch up: "
                    + standby.replication().error());
        }
    }

    private interface Question {
        boolean ask() throws SQLException;
    }

    /** Whether it comes to hold within the limit; no answer ends the wait. */
    private boolean holds(Duration limit, Question question) {
        return scheduler
                .await(limit, () -> {
                    try {
                        return question.ask() ? Optional.of(true) : Optional.empty();
                    } catch (SQLException failure) {
                        return Optional.of(false);
                    }
                })
                .orElse(false);
    }
}
