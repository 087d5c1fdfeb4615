package io.failoverlab.environment;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.Watched;
import io.failoverlab.elb.Target;
import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.InstanceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Starts the container of one web server. Its id must be known before. */
final class WebLauncher {
    private final Launch.Plan plan;
    private final ContainerPlan containers;

    WebLauncher(Launch.Plan plan, ContainerPlan containers) {
        this.plan = plan;
        this.containers = containers;
    }

    /**
     * Returns as soon as its first process runs. Until {@link #settle} it has whole processors: an instance of a burstable
     * type starts with all of its vCPUs, whatever it may use in the long run.
     */
    Ec2Instance start(Instance web) {
        return of(web, run(containers.web(web, burst(web.type()))));
    }

    /** Makes the container of an instance that may be launched some time: all but its server is there then. */
    EngineContainer prepare(Instance web) {
        return run(containers.prepared(web, burst(web.type())));
    }

    private EngineContainer run(ContainerSpec spec) {
        return plan.engine().start(spec, plan.owner());
    }

    /** Starts the server of a prepared instance. */
    Ec2Instance launch(Instance web, EngineContainer prepared) {
        try {
            Files.createFile(containers.launched(web));
        } catch (IOException failure) {
            throw new UncheckedIOException("the launch of " + web.name() + " could not be told to it", failure);
        }
        prepared.signal("USR2");
        return of(web, prepared);
    }

    private double burst(InstanceType type) {
        double vcpus = Math.min(type.vcpus(), Runtime.getRuntime().availableProcessors());
        return Math.max(vcpus, plan.topology().cores(type));
    }

    /** Grants it from now on what its type has on this machine. */
    void settle(Ec2Instance instance, InstanceType type) {
        instance.container().limitCpus(plan.topology().cores(type));
    }

    /** The instance that a container of it is. */
    Ec2Instance of(Instance web, EngineContainer container) {
        return new Ec2Instance(
                web.name(),
                plan.identities().of(web.name()),
                web.zone().azName(),
                plan.topology().cores(web.type()),
                container,
                watched(web));
    }

    private Watched watched(Instance web) {
        Watched own = Watched.instance(
                plan.identities().of(web.name()),
                web.type(),
                Identities.imageId(plan.images().ofWebServers()),
                web.monitoring());
        return plan.topology()
                .autoScaling()
                .map(group -> own.inGroup(group.name()))
                .orElse(own);
    }

    Target target(Instance web) {
        return new Target(
                web.name(),
                plan.identities().of(web.name()),
                web.zone().azName(),
                web.primary().address().toString(),
                containers.webPort());
    }
}
