package io.failoverlab.environment;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.elb.Target;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;

/** Starts the container of one web server. Its id must be known before. */
final class WebLauncher {
    private final Launch.Plan plan;
    private final ContainerPlan containers;

    WebLauncher(Launch.Plan plan, ContainerPlan containers) {
        this.plan = plan;
        this.containers = containers;
    }

    /** Returns as soon as its first process runs. */
    Ec2Instance start(Instance web) {
        return of(web, plan.engine().start(containers.web(web, databaseUrl(plan.topology())), plan.owner()));
    }

    /** The instance that a container of it is. */
    Ec2Instance of(Instance web, EngineContainer container) {
        return new Ec2Instance(
                web.name(),
                plan.identities().of(web.name()),
                web.zone().azName(),
                plan.topology().cores(web.type()),
                container);
    }

    /** Within the stack's own networks TLS would only cost: the driver drains a dead server's TLS stream on close. */
    private static String databaseUrl(Topology topology) {
        return "jdbc:mysql://" + topology.databases().getFirst().primary().address() + ":" + DbInstance.PORT + "/"
                + DbCredentials.DATABASE + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    Target target(Instance web) {
        return new Target(
                web.name(),
                plan.identities().of(web.name()),
                web.zone().azName(),
                web.primary().address().toString(),
                ContainerPlan.WEB_PORT);
    }
}
