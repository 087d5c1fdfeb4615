package io.failoverlab.environment;

import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.DbMonitor;
import io.failoverlab.rds.MultiAzServers;
import io.failoverlab.rds.ParameterFile;
import io.failoverlab.rds.ReplicaKeeper;
import io.failoverlab.rds.ServerAgent;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.util.function.Consumer;

/** The read replica of the stack's database: its server, its metrics, and who keeps it. */
final class ReadReplica implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final io.failoverlab.topology.DbInstance model;
    private final DbMonitor monitor;
    private final ReplicaKeeper keeper;
    private volatile ServerAgent agent;

    ReadReplica(io.failoverlab.topology.DbInstance model, DbInstance server, MultiAzServers servers, Launch.Plan plan) {
        this.model = model;
        this.agent = new ServerAgent(server, ANSWER_LIMIT);
        this.monitor = new DbMonitor(
                model.identifier(), model.type().dbClass(), this::server, plan.scheduler(), plan.telemetry());
        this.keeper = new ReplicaKeeper(
                model.identifier(), model.type().dbClass(), servers, plan.scheduler(), plan.telemetry());
    }

    /** The files that its container will mount. A replica that starts stays shut until the lab opens it. */
    static void prepare(io.failoverlab.topology.DbInstance model, ContainerPlan containers, DbCredentials credentials) {
        credentials.writeForDatabase(containers.replicaSecrets());
        DbCredentials.keepShut(containers.replicaSecrets());
        new ParameterFile(containers.restoredParameters(model.identifier()))
                .begin(model.options().parameterGroup().effective(model.type()));
    }

    /** Where its endpoint leads. */
    static String address(Topology topology) {
        return topology.readReplica().orElseThrow().primary().address().toString();
    }

    String identifier() {
        return model.identifier();
    }

    io.failoverlab.topology.DbInstance model() {
        return model;
    }

    DbInstance server() {
        return agent.server();
    }

    ServerAgent agent() {
        return agent;
    }

    ReplicaKeeper keeper() {
        return keeper;
    }

    /** Another server is in its place, with the same name and address. */
    void replaced(DbInstance made) {
        agent = new ServerAgent(made, ANSWER_LIMIT);
    }

    /** Takes in the readings of the server that it has now. */
    Consumer<ContainerUsage> usage() {
        DbInstance now = server();
        return usage -> monitor.server(now, usage);
    }

    void start() {
        keeper.start();
        monitor.start();
    }

    @Override
    public void close() {
        keeper.close();
        monitor.close();
        agent.close();
    }
}
