package io.failoverlab.environment;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.Watched;
import io.failoverlab.elb.BalancerDimensions;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.NginxProcess;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.Storage;
import io.failoverlab.topology.Exposure;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Subnet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the parts of a stack, whether its containers are new or run already. */
final class StackParts {
    private final Launch.Plan plan;
    private final DbEndpoint endpoint;
    private final Optional<DbEndpoint> reader;
    private final ContainerPlan containers;
    private final WebLauncher launcher;

    StackParts(Launch.Plan plan) {
        this.plan = plan;
        this.endpoint = new DbEndpoint(
                plan.topology().databaseIdentifier(), plan.topology().region(), plan.folder());
        this.reader = plan.topology()
                .readReplica()
                .map(it -> new DbEndpoint(it.identifier(), plan.topology().region(), plan.folder()));
        this.containers =
                new ContainerPlan(plan.topology(), plan.images(), plan.identities(), plan.folder(), endpoint, reader);
        this.launcher = new WebLauncher(plan, containers);
    }

    DbEndpoint endpoint() {
        return endpoint;
    }

    /** That of the read replica, if there is one. */
    Optional<DbEndpoint> reader() {
        return reader;
    }

    ContainerPlan containers() {
        return containers;
    }

    WebLauncher launcher() {
        return launcher;
    }

    LoadBalancerController controller(NginxProcess nginx) {
        return new LoadBalancerController(
                nginx,
                plan.topology().loadBalancer(),
                balancerDimensions(),
                containers.applicationsTellIdentity(),
                plan.scheduler(),
                plan.telemetry());
    }

    private BalancerDimensions balancerDimensions() {
        Map<String, String> zones = new LinkedHashMap<>();
        plan.topology()
                .loadBalancer()
                .interfaces()
                .forEach(place -> zones.put(
                        place.address().toString(),
                        plan.topology().subnet(place.subnet()).zone().azName()));
        return new BalancerDimensions(
                plan.identities().loadBalancer(), plan.identities().targetGroup(), zones);
    }

    NginxProcess nginx() {
        // Clients are told apart by where they came in, and the plan's port may be any free one.
        var balancer = plan.topology().loadBalancer().withListenerPort(plan.servicePort());
        Subnet home = plan.topology().subnet(balancer.primary().subnet());
        return new NginxProcess(
                containers.balancerConfiguration(),
                balancer,
                balancer.interfaces().stream()
                        .filter(place -> plan.topology().subnet(place.subnet()).exposure() == Exposure.PUBLIC)
                        .map(place -> place.address().toString())
                        .toList(),
                home.gateway().toString(),
                plan.scheduler(),
                plan.telemetry());
    }

    Ec2Instance balancerInstance(EngineContainer container) {
        String name = plan.topology().loadBalancer().name();
        return Ec2Instance.ofService(name, plan.identities().of(name), 1.0, container);
    }

    /** An empty volume for a server whose storage has an end, in the place of the one that it had. */
    void createVolume(io.failoverlab.topology.DbInstance model) {
        model.options().allocatedStorage().ifPresent(bytes -> {
            removeVolume(model);
            plan.engine()
                    .createVolume(
                            ContainerPlan.dataVolume(model),
                            bytes,
                            plan.images().database(),
                            plan.owner());
        });
    }

    /** The volume of a server whose storage has an end, and who is gone. */
    void removeVolume(io.failoverlab.topology.DbInstance model) {
        if (model.options().allocatedStorage().isPresent()) {
            plan.engine().removeVolume(ContainerPlan.dataVolume(model), plan.owner());
        }
    }

    /** Puts a node on the networks of interfaces that it has got since its container was made; not if it is cut off. */
    void connect(Node node, EngineContainer container) {
        if (container.state().connected()) {
            container.attach(ContainerPlan.attachments(node), plan.owner());
        }
    }

    DbInstance database(
            io.failoverlab.topology.DbInstance model, EngineContainer container, DbCredentials credentials) {
        Ec2Instance instance = new Ec2Instance(
                model.identifier(),
                plan.identities().of(model.identifier()),
                model.zone().azName(),
                plan.topology().cores(model.type()),
                container,
                Watched.instance(
                        plan.identities().of(model.identifier()),
                        model.type(),
                        Identities.imageId(plan.images().database()),
                        Monitoring.BASIC));
        String address = model.primary().address().toString();
        return model.options().allocatedStorage().isEmpty()
                ? new DbInstance(instance, address, credentials)
                : new DbInstance(
                        instance,
                        address,
                        credentials,
                        () -> Storage.of(plan.engine(), ContainerPlan.dataVolume(model), plan.owner()));
    }
}
