package io.failoverlab.environment;

import io.failoverlab.elb.NginxProcess;
import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.ContainerSpec.Attachment;
import io.failoverlab.engine.ContainerSpec.Kind;
import io.failoverlab.engine.ContainerSpec.Limits;
import io.failoverlab.engine.ContainerSpec.Mount;
import io.failoverlab.engine.ContainerSpec.Publication;
import io.failoverlab.engine.ContainerSpec.Volume;
import io.failoverlab.rds.BackupStore;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.ParameterFile;
import io.failoverlab.rds.Storage;
import io.failoverlab.topology.Application;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Says for each node of a topology which container it becomes. Pure. */
final class ContainerPlan {
    /** Where an application serves, inside its instance. */
    static final int WEB_PORT = 8080;

    private static final int BALANCER_PORT = 8080;
    static final long BALANCER_MEMORY_BYTES = 256L << 20;

    private static final Limits BALANCER_LIMITS = new Limits(1.0, BALANCER_MEMORY_BYTES, 64);
    private static final String SECRETS = "/run/secrets/lab";
    private static final String SCRIPTS = "/run/failover-lab";
    /** Where an application's jar is, inside its instance. */
    static final String JAR = "/run/failover-lab/application.jar";

    private final Topology topology;
    private final StackImages images;
    private final Identities identities;
    private final Path folder;
    private final DbEndpoint endpoint;
    private final Optional<DbEndpoint> reader;

    /**
     * @param folder of the run; holds the files that are mounted into containers
     * @param reader where applications read what may be a little old
     */
    ContainerPlan(
            Topology topology,
            StackImages images,
            Identities identities,
            Path folder,
            DbEndpoint endpoint,
            Optional<DbEndpoint> reader) {
        this.reader = reader;
        this.topology = topology;
        this.images = images;
        this.identities = identities;
        this.folder = folder;
        this.endpoint = endpoint;
    }

    Path applicationSecrets() {
        return folder.resolve("web-secrets");
    }

    Path databaseSecrets() {
        return folder.resolve("db-secrets");
    }

    Path balancerConfiguration() {
        return folder.resolve("nginx");
    }

    /** Where the parameters of the stack's database are, whichever server has which role. */
    Path databaseParameters() {
        return folder.resolve("db-parameters");
    }

    Path replicaSecrets() {
        return folder.resolve("replica-secrets");
    }

    Path restoredSecrets() {
        return folder.resolve("restored-secrets");
    }

    /** Of a DB instance beside the stack's: one that was restored, or a read replica. */
    Path restoredParameters(String identifier) {
        return folder.resolve("restored-parameters").resolve(identifier);
    }

    ContainerSpec database(DbInstance database) {
        return database(database, Map.of());
    }

    /** @param variables of its first start */
    ContainerSpec database(DbInstance database, Map<String, String> variables) {
        return switch (database.role()) {
            case PRIMARY, STANDBY -> database(database, databaseSecrets(), databaseParameters(), variables);
            case READ_REPLICA ->
                database(database, replicaSecrets(), restoredParameters(database.identifier()), variables);
        };
    }

    /** As {@link #database(DbInstance)}, with the data of a folder on the backups' volume at its first start. */
    ContainerSpec database(DbInstance database, String snapshot) {
        return database(database, databaseSecrets(), databaseParameters(), Map.of("LAB_RESTORE_SNAPSHOT", snapshot));
    }

    /** @param snapshot with the logs to apply after it, for the server's first start */
    ContainerSpec restored(DbInstance database, Map<String, String> snapshot) {
        return database(database, restoredSecrets(), restoredParameters(database.identifier()), snapshot);
    }

    private ContainerSpec database(DbInstance database, Path secrets, Path parameters, Map<String, String> variables) {
        return new ContainerSpec(
                database.identifier(),
                Kind.DATABASE,
                images.database(),
                attachments(database),
                List.of(),
                variables,
                List.of(new Mount(secrets, SECRETS), new Mount(parameters, ParameterFile.MOUNTED_AT)),
                volumes(database),
                new Limits(
                        topology.cores(database.type()),
                        memoryBytes(database),
                        database.type().pidsLimit()),
                List.of("/tmp", "/run/mysqld"),
                Optional.empty(),
                labels(database, database.zone().azName()));
    }

    /** Within the stack's own networks TLS would only cost: the driver drains a dead server's TLS stream on close. */
    private static String databaseUrl(DbEndpoint endpoint) {
        return "jdbc:mysql://" + endpoint.name() + ":" + io.failoverlab.rds.DbInstance.PORT + "/"
                + DbCredentials.DATABASE + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    /** As {@link #web}; its first process waits until {@link #launched} is there. */
    ContainerSpec prepared(Instance web, double cores) {
        return web(
                web,
                cores,
                Map.of("INSTANCE_LAUNCHED_FILE", SECRETS + "/" + launched(web).getFileName()));
    }

    /** The file of the host that says that a prepared instance is launched. */
    Path launched(Instance web) {
        return applicationSecrets().resolve("launched-" + identities.of(web.name()));
    }

    /** The data is in a volume of the container's own unless its size is limited. */
    private static List<Volume> volumes(DbInstance database) {
        Volume backups = new Volume(BackupStore.VOLUME, BackupStore.FOLDER);
        return database.options().allocatedStorage().isEmpty()
                ? List.of(backups)
                : List.of(backups, new Volume(dataVolume(database), Storage.DATA_FOLDER));
    }

    /** Storage that has an end is in memory, and counts as the memory of the server that writes to it. */
    static long memoryBytes(DbInstance database) {
        return database.type().memoryBytes()
                + database.options().allocatedStorage().orElse(0);
    }

    static String dataVolume(DbInstance database) {
        return database.identifier() + "-data";
    }

    /** @param cores that it may use while it starts */
    ContainerSpec web(Instance web, double cores) {
        return web(web, cores, Map.of());
    }

    private ContainerSpec web(Instance web, double cores, Map<String, String> further) {
        return images.own().map(it -> application(web, cores, further, it)).orElseGet(() -> shop(web, cores, further));
    }

    /** Where applications serve, inside their instances. */
    int webPort() {
        return images.own().map(it -> it.application().port()).orElse(WEB_PORT);
    }

    /** Whether applications tell which instance they are, as the shop does. */
    boolean applicationsTellIdentity() {
        return images.own().isEmpty();
    }

    private ContainerSpec application(Instance web, double cores, Map<String, String> further, StackImages.Own own) {
        Application application = own.application();
        Map<String, String> environment = application.variables(new Application.Place(
                web.primary().address().toString(),
                identities.of(web.name()),
                web.zone().azName(),
                endpoint.name(),
                io.failoverlab.rds.DbInstance.PORT,
                DbCredentials.DATABASE,
                DbCredentials.USER,
                SECRETS + "/db-password"));
        environment.putAll(further);
        List<Mount> mounts = new ArrayList<>(List.of(
                new Mount(applicationSecrets(), SECRETS),
                new Mount(endpoint.file(), "/etc/hosts"),
                new Mount(own.scripts().resolve("instance"), SCRIPTS + "/instance"),
                new Mount(own.scripts().resolve("application"), SCRIPTS + "/application")));
        application.jar().ifPresent(jar -> mounts.add(new Mount(Path.of(jar), JAR)));
        return new ContainerSpec(
                web.name(),
                Kind.APPLICATION,
                images.ofWebServers(),
                attachments(web),
                List.of("sh", SCRIPTS + "/application"),
                application.command(),
                environment,
                mounts,
                List.of(),
                new Limits(cores, web.type().memoryBytes(), web.type().pidsLimit()),
                Stream.concat(Stream.of("/tmp"), application.writable().stream())
                        .distinct()
                        .toList(),
                Optional.empty(),
                labels(web, web.zone().azName()));
    }

    private ContainerSpec shop(Instance web, double cores, Map<String, String> further) {
        Map<String, String> environment = new TreeMap<>(further);
        // Only on its own subnet's address: its interface in the database's subnet serves nobody.
        environment.put("SHOP_BIND", web.primary().address().toString());
        environment.put("SHOP_PORT", Integer.toString(WEB_PORT));
        environment.put("SHOP_INSTANCE_ID", identities.of(web.name()));
        environment.put("SHOP_AVAILABILITY_ZONE", web.zone().azName());
        environment.put("SHOP_DB_URL", databaseUrl(endpoint));
        reader.ifPresent(it -> environment.put("SHOP_DB_READER_URL", databaseUrl(it)));
        environment.put(
                "SHOP_DNS_TTL_SECONDS",
                Long.toString(topology.loadBalancer().timing().endpointTtl().toSeconds()));
        environment.put("SHOP_DB_USER", DbCredentials.USER);
        environment.put("SHOP_DB_PASSWORD_FILE", SECRETS + "/db-password");
        return new ContainerSpec(
                web.name(),
                Kind.APPLICATION,
                images.web(),
                attachments(web),
                List.of(),
                environment,
                List.of(new Mount(applicationSecrets(), SECRETS), new Mount(endpoint.file(), "/etc/hosts")),
                new Limits(cores, web.type().memoryBytes(), web.type().pidsLimit()),
                List.of("/tmp"),
                Optional.empty(),
                labels(web, web.zone().azName()));
    }

    ContainerSpec balancer(LoadBalancer balancer, int hostPort) {
        return new ContainerSpec(
                balancer.name(),
                Kind.LOAD_BALANCER,
                images.loadBalancer(),
                attachments(balancer),
                List.of("nginx", "-c", NginxProcess.MOUNTED_AT + "/nginx.conf", "-g", "daemon off;"),
                Map.of(),
                List.of(new Mount(balancerConfiguration(), NginxProcess.MOUNTED_AT)),
                BALANCER_LIMITS,
                List.of("/tmp"),
                Optional.of(new Publication(hostPort, BALANCER_PORT)),
                labels(balancer, ""));
    }

    private Map<String, String> labels(Node node, String zone) {
        return Map.of(
                "io.failoverlab.tier", node.tier().name().toLowerCase(java.util.Locale.ROOT),
                "io.failoverlab.zone", zone,
                "io.failoverlab.instance-id", identities.of(node.name()));
    }

    static List<Attachment> attachments(Node node) {
        return node.interfaces().stream()
                .map(place -> new Attachment(place.subnet(), place.address().toString()))
                .toList();
    }
}
