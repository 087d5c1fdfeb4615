package io.failoverlab.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An application that is tested in the place of the sample shop.
 *
 * @param image reference of its image, which is on the engine; empty for a jar
 * @param jar path of an executable jar, which runs on the Java runtime of the shop's image
 * @param port that it serves on inside its instance, 1024 to 65535: it runs without a privilege
 * @param environment its own variables, beside those that tell it its database
 * @param command that starts it
 * @param writable paths that are writable and empty at each start, beside {@code /tmp}
 * @param idempotent whether it keeps to an {@code Idempotency-Key}, so that what carries one may be repeated
 */
public record Application(
        Optional<String> image,
        Optional<String> jar,
        int port,
        Map<String, String> environment,
        List<String> command,
        List<String> writable,
        boolean idempotent) {
    private static final int LOWEST_PORT = 1_024;
    private static final int HIGHEST_PORT = 65_535;

    /** @throws IllegalArgumentException with everything that cannot be */
    public Application {
        environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        command = List.copyOf(command);
        writable = List.copyOf(writable);
        List<String> problems = new ArrayList<>();
        if (image.isPresent() == jar.isPresent()) {
            problems.add("expected either an image or a jar, found " + (jar.isPresent() ? "both" : "neither"));
        }
        if (port < LOWEST_PORT || port > HIGHEST_PORT) {
            problems.add("expected a port from " + LOWEST_PORT + " to " + HIGHEST_PORT
                    + ", since it runs without privileges, found " + port);
        }
        if (command.isEmpty()) {
            problems.add("expected a command that starts it, found none");
        }
        environment.keySet().stream()
                .filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*"))
                .forEach(name -> problems.add("expected the name of a variable, found \"" + name + '"'));
        writable.stream()
                .filter(path -> !path.matches("/[^\\s:]+"))
                .forEach(path -> problems.add("expected an absolute path to be writable, found \"" + path + '"'));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** The image's reference or the jar's name, for people. */
    public String name() {
        return image.orElseGet(() -> {
            String path = jar.orElseThrow();
            return path.substring(path.lastIndexOf('/') + 1);
        });
    }

    /** What becomes of requests whose target fails: as the topology says, but by their methods alone unless it keeps to keys. */
    public Retry retry(Retry ofTopology) {
        return switch (ofTopology) {
            case IDEMPOTENT -> idempotent ? Retry.IDEMPOTENT : Retry.SAFE;
            case SAFE, ALB, NONE -> ofTopology;
        };
    }

    /**
     * Its variables: where its database is in the words of Spring and of the MySQL images, what it is to serve on, who it is; then
     * its own, which win. The password is none of them.
     *
     * @param place that it is to serve on and its database
     */
    public SortedMap<String, String> variables(Place place) {
        SortedMap<String, String> variables = new TreeMap<>();
        variables.put("PORT", Integer.toString(port));
        variables.put("SERVER_PORT", Integer.toString(port));
        variables.put("SERVER_ADDRESS", place.address());
        variables.put("INSTANCE_ID", place.instanceId());
        variables.put("AVAILABILITY_ZONE", place.zone());
        variables.put("MYSQL_HOST", place.databaseHost());
        variables.put("MYSQL_PORT", Integer.toString(place.databasePort()));
        variables.put("MYSQL_DATABASE", place.database());
        variables.put("MYSQL_USER", place.user());
        variables.put("MYSQL_PASSWORD_FILE", place.passwordFile());
        variables.put(
                "SPRING_DATASOURCE_URL",
                "jdbc:mysql://" + place.databaseHost() + ":" + place.databasePort() + "/" + place.database()
                        + "?sslMode=DISABLED&allowPublicKeyRetrieval=true");
        variables.put("SPRING_DATASOURCE_USERNAME", place.user());
        variables.putAll(environment);
        return variables;
    }

    /**
     * Where one of its instances is.
     *
     * @param address of the interface that serves
     * @param databaseHost name that leads to the primary, whichever server that is
     */
    public record Place(
            String address,
            String instanceId,
            String zone,
            String databaseHost,
            int databasePort,
            String database,
            String user,
            String passwordFile) {}
}
