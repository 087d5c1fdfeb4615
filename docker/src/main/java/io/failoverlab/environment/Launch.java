package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.elb.LoadBalancerController;
import io.failoverlab.elb.NginxProcess;
import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.NetworkSpec;
import io.failoverlab.engine.Owner;
import io.failoverlab.rds.BackupStore;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.LogReplay;
import io.failoverlab.rds.MultiAzSetUp;
import io.failoverlab.rds.ParameterCheck;
import io.failoverlab.rds.ParameterFile;
import io.failoverlab.rds.SnapshotArchive;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Exposure;
import io.failoverlab.topology.ParameterGroup;
import io.failoverlab.topology.Subnet;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Brings a stack up: networks, then all containers at once, then waits in the order of dependence. Whatever fails, what
 * was made so far is removed before the failure is told.
 */
public final class Launch {
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(60);
    private static final Duration BALANCER_LIMIT = Duration.ofSeconds(15);
    private static final Duration STANDBY_LIMIT = Duration.ofSeconds(120);
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
            Progress progress) {
        Plan withTelemetry(Telemetry other) {
            return new Plan(
                    engine, owner, topology, images, identities, folder, servicePort, scheduler, other, progress);
        }

        Plan withTopology(Topology other) {
            return new Plan(
                    engine, owner, other, images, identities, folder, servicePort, scheduler, telemetry, progress);
        }
    }

    private final TelemetryTap tap;
    private final Plan plan;
    private final ContainerPlan containers;
    private final WebLauncher launcher;
    private final StackParts parts;
    private final Optional<SnapshotArchive.Kept> from;
    private final Queue<CompletableFuture<?>> underWay = new ConcurrentLinkedQueue<>();

    private Launch(Plan given, Optional<SnapshotArchive.Kept> from) {
        this.from = from;
        this.tap = new TelemetryTap(given.telemetry());
        this.plan = given.withTelemetry(tap);
        this.parts = new StackParts(plan);
        this.containers = parts.containers();
        this.launcher = parts.launcher();
    }

    /**
     * Brings the stack up and waits until every target is in service.
     *
     * @throws EnvironmentFailed if a part does not come up in time; nothing is left then
     */
    public static Environment up(Plan plan) {
        return up(plan, Optional.empty());
    }

    /**
     * As {@link #up(Plan)}.
     *
     * @param from what the database has at its first start; empty for nothing
     */
    public static Environment up(Plan plan, Optional<SnapshotArchive.Kept> from) {
        Launch launch = new Launch(plan, from);
        try {
            return launch.run();
        } catch (RuntimeException failure) {
            launch.settle();
            new Leftovers(plan.engine()).removeRun(plan.owner().run());
            throw failure;
        }
    }

    private Environment run() {
        prepareParameters();
        DbCredentials credentials = DbCredentials.random(new SecureRandom());
        credentials.writeForApplication(containers.applicationSecrets());
        credentials.writeForDatabase(containers.databaseSecrets());
        if (plan.topology().hasStandby()) {
            DbCredentials.keepShut(containers.databaseSecrets());
        }
        plan.topology().readReplica().ifPresent(it -> ReadReplica.prepare(it, containers, credentials));
        Roster.record(plan, plan.topology(), Set.of(), Set.of(), KeptGroup.NONE);
        NginxProcess nginx = parts.nginx();
        nginx.prepare();
        plan.engine().createVolume(BackupStore.VOLUME, plan.owner());
        from.ifPresent(this::bring);
        plan.topology().databaseServers().forEach(parts::createVolume);
        step("networks", () -> {
            plan.topology().subnets().parallelStream().forEach(this::createNetwork);
            return null;
        });

        // The application waits for its database by itself, so nothing is gained by starting one after the other.
        parts.endpoint()
                .lead(plan.topology().primaryDatabase().primary().address().toString());
        parts.reader().ifPresent(it -> it.lead(ReadReplica.address(plan.topology())));
        CompletableFuture<DatabaseTier> database = async(() -> startDatabase(credentials));
        CompletableFuture<EngineContainer> balancer = async(() -> startBalancer(nginx));
        List<CompletableFuture<Ec2Instance>> web = plan.topology().web().stream()
                .map(instance -> async(() -> step("instance " + instance.name(), () -> launcher.start(instance))))
                .toList();
        List<Ec2Instance> instances = new ArrayList<>();
        web.forEach(future -> instances.add(join(future)));
        EngineContainer balancerContainer = join(balancer);
        DatabaseTier db = join(database);
        instances.addAll(db.instances());
        instances.add(parts.balancerInstance(balancerContainer));

        LoadBalancerController controller = parts.controller(nginx);
        Environment environment = new Environment(plan, new Fleet(plan, launcher, controller), controller, db, tap);
        environment.start(
                instances, plan.topology().web().stream().map(launcher::target).toList(), balancerContainer);
        try {
            awaitInService(environment);
            environment.startGroup();
            if (plan.topology().hasStandby()) {
                awaitStandby(db);
            }
        } catch (RuntimeException failure) {
            environment.leave();
            throw failure;
        }
        return environment;
    }

    /** Before anything starts: a server would ignore some mistakes, and not start with others. */
    private void prepareParameters() {
        var model = plan.topology().databases().getFirst();
        ParameterGroup group = model.options().parameterGroup();
        Map<String, String> values = group.effective(model.type());
        Map<String, String> own = new TreeMap<>(values);
        own.keySet().retainAll(group.parameters().keySet());
        List<String> refused = ParameterCheck.problems(
                own, command -> plan.engine().runOnce(plan.images().database(), plan.owner(), command));
        if (!refused.isEmpty()) {
            throw new InvalidInput(refused.stream()
                    .map(found -> Problem.of(
                            plan.topology().name(),
                            "parameters that MySQL takes in database.parameter-group " + group.name(),
                            found,
                            ""))
                    .toList());
        }
        new ParameterFile(containers.databaseParameters()).begin(values);
    }

    private void bring(SnapshotArchive.Kept kept) {
        step("snapshot " + kept.snapshot().name(), () -> {
            try (InputStream tar = kept.open()) {
                plan.engine()
                        .fillVolume(
                                BackupStore.VOLUME, plan.images().database(), BackupStore.FOLDER, tar, plan.owner());
                return null;
            } catch (IOException failure) {
                throw new UncheckedIOException(kept.data() + " could not be read", failure);
            }
        });
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

    private DatabaseTier startDatabase(DbCredentials credentials) {
        List<CompletableFuture<DbInstance>> servers = plan.topology().databaseServers().stream()
                .map(model ->
                        async(() -> step("database " + model.identifier(), () -> startServer(model, credentials))))
                .toList();
        DatabaseTier tier = new DatabaseTier(
                plan, parts, credentials, servers.stream().map(Launch::join).toList());
        if (plan.topology().hasStandby()) {
            MultiAzSetUp setUp = new MultiAzSetUp(tier, plan.scheduler());
            step("replication", () -> {
                switch (plan.topology().primaryDatabase().options().redundancy()) {
                    case HOT -> setUp.run(from.isPresent());
                    case WARM, COLD, COLD_SNAPSHOT -> setUp.open();
                }
                return null;
            });
        }
        tier.readReplica()
                .ifPresent(replica -> step("read replica", () -> {
                    replica.keeper().setUp();
                    return null;
                }));
        return tier;
    }

    private DbInstance startServer(io.failoverlab.topology.DbInstance model, DbCredentials credentials) {
        Optional<String> snapshot = from.filter(
                        kept -> model.equals(plan.topology().primaryDatabase()))
                .map(kept -> BackupStore.FOLDER + "/" + kept.snapshot().name());
        EngineContainer container = start(
                snapshot.map(folder -> containers.database(model, folder)).orElseGet(() -> containers.database(model)));
        DbInstance server = parts.database(model, container, credentials);
        await(
                container,
                DATABASE_LIMIT,
                "to answer a query",
                () -> server.answersAdministrator() ? Optional.of(true) : Optional.empty());
        snapshot.ifPresent(folder -> {
            LogReplay.standAlone(server);
            server.instance().run("rm", "-rf", folder);
        });
        return server;
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

    private void awaitInService(Environment environment) {
        step("targets in service", () -> {
            if (environment.awaitInService(
                    IN_SERVICE_LIMIT, what -> plan.progress().waiting("targets in service", what))) {
                return null;
            }
            String late = environment.outOfService().getFirst();
            EngineContainer container = environment.instance(late).container();
            throw new EnvironmentFailed(
                    "expected " + container.name() + " to be in service within " + IN_SERVICE_LIMIT.toSeconds()
                            + " s, found it " + environment.describeTarget(late),
                    container.lastLogLines(LOG_LINES),
                    "compare the application's last lines with the topology's load-balancer.health-check",
                    null);
        });
    }

    /** A stack without the standby that was asked for would be measured as one that has it. */
    private void awaitStandby(DatabaseTier db) {
        step("standby", () -> {
            if (plan.scheduler()
                    .await(STANDBY_LIMIT, () -> db.standsBy() ? Optional.of(true) : Optional.empty())
                    .isEmpty()) {
                throw failed(
                        db.agent(db.standby()).server().instance().container(),
                        "to stand by within " + STANDBY_LIMIT.toSeconds() + " s");
            }
            return null;
        });
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
        // What is under way may begin something more.
        for (CompletableFuture<?> next = underWay.poll(); next != null; next = underWay.poll()) {
            next.handle((result, failure) -> result).join();
        }
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
