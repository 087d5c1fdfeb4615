package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.topology.Redundancy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What each kind of standby needs: to stand by, and to be made ready once its primary has failed. */
final class StandbyCare {
    /** A standby may have to apply a lot. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(120);

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Redundancy kind;
    private final MultiAzServers servers;
    private final StandbyBuilder builder;
    private final LabScheduler scheduler;

    /** @param news told in words */
    StandbyCare(Redundancy kind, MultiAzServers servers, LabScheduler scheduler, Consumer<String> news) {
        this.kind = kind;
        this.servers = servers;
        this.builder = new StandbyBuilder(servers, scheduler, news);
        this.scheduler = scheduler;
    }

    /** From here on the primary gets no acknowledgement from it. */
    void cutOff(String standby) throws SQLException {
        if (kind.runs()) {
            servers.agent(standby).stopReceiving();
        }
    }

    /**
     * Makes it ready to be opened.
     *
     * @param whole false if it may stay behind what it received, where it does not apply
     */
    void prepare(String standby, boolean whole, Turn turn) throws SQLException {
        if (!kind.runs() && !servers.mayRun(standby)) {
            throw new SQLException("there is no place for " + standby);
        }
        switch (kind) {
            case HOT, WARM -> drain(standby, whole, turn);
            case COLD -> {
                turn.act(() -> servers.start(standby));
                awaitAnswer(standby, turn);
            }
            case COLD_SNAPSHOT -> {
                turn.act(() -> servers.restore(standby));
                awaitAnswer(standby, turn);
            }
        }
    }

    /**
     * Lets it stand by.
     *
     * @param fresh whether the server's own data must not be used: it was a primary
     * @param lossy whether what it has more was acknowledged, and is lost by the failover that it is replaced after
     */
    void build(String primary, String standby, boolean fresh, boolean lossy, Turn turn) throws SQLException {
        switch (kind) {
            case HOT -> builder.build(primary, standby, fresh, lossy, turn);
            case WARM -> builder.follow(primary, standby, fresh, lossy, turn);
            case COLD -> {
                builder.follow(primary, standby, fresh, lossy, turn);
                turn.act(() -> servers.stop(standby));
            }
            case COLD_SNAPSHOT -> {
                if (fresh) {
                    builder.compare(primary, standby, lossy, turn);
                }
                turn.act(servers::snapshot);
                turn.act(() -> servers.stop(standby));
            }
        }
    }

    /** For people, while it stands by. */
    String state() {
        return switch (kind) {
            case HOT -> "in sync";
            case WARM -> "warm: follows";
            case COLD -> "cold: stopped";
            case COLD_SNAPSHOT -> "cold: a snapshot";
        };
    }

    private void drain(String server, boolean whole, Turn turn) throws SQLException {
        if (!whole && !servers.agent(server).replication().error().isEmpty()) {
            return;
        }
        Instant end = scheduler.instant().plus(DRAIN_LIMIT);
        while (!servers.agent(server).appliesAll()) {
            turn.require();
            if (scheduler.instant().isAfter(end)) {
                throw new SQLException(
                        server + " has not applied what it received in " + DRAIN_LIMIT.toSeconds() + " s");
            }
        }
    }

    private void awaitAnswer(String server, Turn turn) throws SQLException {
        new AnswerWait(servers::hasEnded, scheduler).await(server, servers.agent(server)::ping, START_LIMIT, turn);
    }
}
