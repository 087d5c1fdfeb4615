package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.Watched;
import io.failoverlab.elb.BalancerDimensions;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.NginxProcess;
import io.failoverlab.elb.Target;
import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.NetworkSpec;
import io.failoverlab.engine.Owner;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Exposure;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Subnet;
import io.failoverlab.topology.Topology;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Brings a stack up: networks, then all containers at once, then waits in the order of dependence. Whatever fails, what
 * was made so far is removed before the failure is told.
 */
public final class Launch {
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(60);
    private static final Duration BALANCER_LIMIT = Duration.ofSeconds(15);
    private static final Duration IN_SERVICE_LIMIT = Duration.ofSeconds(90);
    private static final int LOG_LINES = 20;

    /**
     * What to bring up, with what.
     *
     * @param folder of the run, for files that are mounted into containers
     * @param servicePort of the balancer on 127.0.0.1
     */
    public record Plan(
            Engine engine,
            Owner owner,
            Topology topology,
            StackImages images,
            Identities identities,
            Path folder,
            int servicePort,
            LabScheduler scheduler,
            Telemetry telemetry,
            Progress progress) {}

    private final Plan plan;
    private final ContainerPlan containers;
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();

    private Launch(Plan plan) {
        this.plan = plan;
        this.containers = new ContainerPlan(plan.topology(), plan.images(), plan.identities(), plan.folder());
    }

    /**
     * Brings the stack up and waits until every target is in service.
     *
     * @throws EnvironmentFailed if a part does not come up in time; nothing is left then
     */
    public static Environment up(Plan plan) {
        Launch launch = new Launch(plan);
        try {
            return launch.run();
        } catch (RuntimeException failure) {
            launch.settle();
            new Leftovers(plan.engine()).removeRun(plan.owner().run());
            throw failure;
        }
    }

    private Environment run() {
        DbCredentials credentials = DbCredentials.random(new SecureRandom());
        credentials.writeForApplication(containers.applicationSecrets());
        credentials.writeForDatabase(containers.databaseSecrets());
        NginxProcess nginx = nginx();
        nginx.prepare();
        step("networks", () -> {
            plan.topology().subnets().parallelStream().forEach(this::createNetwork);
            return null;
        });

        // The application waits for its database by itself, so nothing is gained by starting one after the other.
        CompletableFuture<DbInstance> database = async(() -> startDatabase(credentials));
        CompletableFuture<EngineContainer> balancer = async(() -> startBalancer(nginx));
        Map<String, CompletableFuture<Ec2Instance>> web = new LinkedHashMap<>();
        for (Instance instance : plan.topology().web()) {
            web.put(instance.name(), async(() -> startWeb(instance)));
        }
        Map<String, Ec2Instance> instances = new LinkedHashMap<>();
        web.forEach((name, future) -> instances.put(name, join(future)));
        EngineContainer balancerContainer = join(balancer);
        DbInstance db = join(database);
        instances.put(db.identifier(), db.instance());
        instances.put(plan.topology().loadBalancer().name(), balancerInstance(balancerContainer));

        LoadBalancerController controller = new LoadBalancerController(
                nginx, plan.topology().loadBalancer(), balancerDimensions(), plan.scheduler(), plan.telemetry());
        URI service = URI.create("http://127.0.0.1:" + plan.servicePort());
        Environment environment = new Environment(plan, service, instances, controller, db);
        environment.start(targets(), balancerContainer);
        awaitInService(environment);
        return environment;
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

    private NginxProcess nginx() {
        var balancer = plan.topology().loadBalancer();
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

    private void createNetwork(Subnet subnet) {
        plan.engine()
                .createNetwork(
                        new NetworkSpec(
                                subnet.name(),
                                subnet.cidr().toString(),
                                subnet.gateway().toString(),
                                subnet.exposure() == Exposure.PRIVATE),
                        plan.owner());
    }

    private DbInstance startDatabase(DbCredentials credentials) {
        var model = plan.topology().databases().getFirst();
        return step("database " + model.identifier(), () -> {
            EngineContainer container = start(containers.database(model));
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
            DbInstance database =
                    new DbInstance(instance, model.primary().address().toString(), credentials);
            await(
                    container,
                    DATABASE_LIMIT,
                    "to answer a query",
                    () -> database.isAvailable() ? Optional.of(true) : Optional.empty());
            return database;
        });
    }

    private EngineContainer startBalancer(NginxProcess nginx) {
        var model = plan.topology().loadBalancer();
        return step("load balancer " + model.name(), () -> {
            EngineContainer container = start(containers.balancer(model, plan.servicePort()));
            if (!nginx.awaitServing(container, BALANCER_LIMIT)) {
                throw failed(container, "to serve its configuration within " + BALANCER_LIMIT.toSeconds() + " s");
            }
            return container;
        });
    }

    private Ec2Instance startWeb(Instance web) {
        return step("instance " + web.name(), () -> {
            String url = "jdbc:mysql://"
                    + plan.topology().databases().getFirst().primary().address() + ":" + DbInstance.PORT + "/"
                    + DbCredentials.DATABASE;
            // Within the stack's own networks TLS would only cost: the driver drains a dead server's TLS stream on
            // close,
            // which doubles every time-out that a frozen database causes.
            EngineContainer container =
                    start(containers.web(web, url + "?sslMode=DISABLED&allowPublicKeyRetrieval=true"));
            return new Ec2Instance(
                    web.name(),
                    plan.identities().of(web.name()),
                    web.zone().azName(),
                    plan.topology().cores(web.type()),
                    container,
                    Watched.instance(
                            plan.identities().of(web.name()),
                            web.type(),
                            Identities.imageId(plan.images().web()),
                            web.monitoring()));
        });
    }

    private Ec2Instance balancerInstance(EngineContainer container) {
        String name = plan.topology().loadBalancer().name();
        return Ec2Instance.ofService(name, plan.identities().of(name), 1.0, container);
    }

    private List<Target> targets() {
        return plan.topology().web().stream()
                .map(web -> new Target(
                        web.name(),
                        plan.identities().of(web.name()),
                        web.zone().azName(),
                        web.primary().address().toString(),
                        ContainerPlan.WEB_PORT))
                .toList();
    }

    private void awaitInService(Environment environment) {
        try {
            step("targets in service", () -> {
                if (environment.awaitInService(
                        IN_SERVICE_LIMIT, what -> plan.progress().waiting("targets in service", what))) {
                    return null;
                }
                Ec2Instance late = environment.outOfService().getFirst();
                throw failed(
                        late.container(),
                        "to be in service within " + IN_SERVICE_LIMIT.toSeconds() + " s, found it "
                                + environment.describeTarget(late.name()));
            });
        } catch (RuntimeException failure) {
            environment.stopWatching();
            throw failure;
        }
    }

    private EngineContainer start(ContainerSpec spec) {
        return plan.engine().start(spec, plan.owner());
    }

    /** Waits while the container lives. */
    private void await(EngineContainer container, Duration limit, String what, Supplier<Optional<Boolean>> attempt) {
        Optional<Boolean> answer = plan.scheduler().await(limit, () -> {
            Optional<Boolean> done = attempt.get();
            if (done.isEmpty() && !container.state().running()) {
                return Optional.of(false);
            }
            return done;
        });
        if (!answer.orElse(false)) {
            throw failed(
                    container,
                    answer.isPresent() ? what + ", but it ended" : what + " within " + limit.toSeconds() + " s");
        }
    }

    private static EnvironmentFailed failed(EngineContainer container, String expected) {
        return new EnvironmentFailed(
                "expected " + container.name() + " " + expected, container.lastLogLines(LOG_LINES), null);
    }

    private <T> T step(String name, Supplier<T> work) {
        Instant since = plan.scheduler().instant();
        plan.progress().started(name);
        T result = work.get();
        plan.progress().finished(name, Duration.between(since, plan.scheduler().instant()));
        return result;
    }

    private <T> CompletableFuture<T> async(Supplier<T> work) {
        CompletableFuture<T> future = CompletableFuture.supplyAsync(
                work, task -> Thread.ofVirtual().name("launch").start(task));
        underWay.add(future);
        return future;
    }

    /** Waits for everything that was begun, so that nothing is created after the removal. */
    private void settle() {
        underWay.forEach(future -> future.handle((result, failure) -> result).join());
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }
}
