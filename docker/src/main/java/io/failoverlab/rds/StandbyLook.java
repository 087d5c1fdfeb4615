package io.failoverlab.rds;

import io.failoverlab.topology.Redundancy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Finds out whether a standby that is not in sync could be promoted, and what that would cost. */
final class StandbyLook {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private StandbyLook() {}

    /**
     * @param kind of the standby
     * @param lastSeen what the primary had when it was last asked
     * @param tainted whether the standby was a primary, and may have what nobody acknowledged
     * @throws IllegalArgumentException with the reason, if it is no copy of the primary
     */
    static Gap gap(MultiAzServers servers, Redundancy kind, Optional<ActiveCheck.Seen> lastSeen, boolean tainted) {
        String primary = servers.primary();
        String standby = servers.standby();
        if (!kind.runs() && !tainted && servers.hasEnded(standby)) {
            throw new IllegalArgumentException(standby + " is stopped on purpose, as a " + kind.label()
                    + " standby is; it is started only for a" + " primary that failed");
        }
        Optional<Has> now = ask(servers, primary);
        Optional<String> known = now.map(Has::executed)
                .or(() -> lastSeen.filter(it -> it.server().equals(primary)).map(ActiveCheck.Seen::executed));
        try (ServerAgent agent = new ServerAgent(servers.agent(standby).server(), LIMIT)) {
            ServerAgent.Replication replication = agent.replication();
            String executed = agent.executed();
            if (!servers.agent(primary).server().address().equals(replication.source()) || executed.isEmpty()) {
                throw new IllegalArgumentException(standby + " has no copy of the data yet");
            }
            String extra = now.isPresent() ? agent.minus(executed, now.get().logged()) : "";
            if (!extra.isEmpty() || tainted && now.isEmpty()) {
                throw new IllegalArgumentException(standby
                        + " was a primary, and has transactions that nobody acknowledged; it is being replaced");
            }
            // A server that does not apply what it received is promoted without it.
            boolean applies =
                    replication.error().isEmpty() && !replication.received().isEmpty();
            String has = applies ? executed + "," + replication.received().replace("\n", "") : executed;
            Optional<String> lacks = known.isPresent() ? Optional.of(agent.minus(known.get(), has)) : Optional.empty();
            return new Gap(primary, lacks, now.isPresent());
        } catch (SQLException silent) {
            throw new IllegalArgumentException(standby + " does not answer", silent);
        }
    }

    /**
     * What a primary has.
     *
     * @param executed and acknowledged
     * @param logged also what waits for a standby: nobody was promised it, and the standby may have it all the same
     */
    private record Has(String executed, String logged) {}

    private static Optional<Has> ask(MultiAzServers servers, String server) {
        try (ServerAgent agent = new ServerAgent(servers.agent(server).server(), LIMIT)) {
            String executed = agent.executed();
            return Optional.of(new Has(executed, agent.logged()));
        } catch (SQLException silent) {
            return Optional.empty();
        }
    }
}
