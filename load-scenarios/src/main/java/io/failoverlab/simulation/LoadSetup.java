package io.failoverlab.simulation;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.OwnSimulation;
import io.failoverlab.profile.RateStep;
import io.failoverlab.profile.Rates;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the forked JVM is told, as {@code load.json} in the directory of the load.
 *
 * @param runId starts every order key, so that two loads with the same seed do not repeat each other's orders
 * @param ownClassPath of a simulation of the user's own; empty without one
 * @param ownClass its name; empty without one
 * @param report whether Gatling makes its page at the end
 */
record LoadSetup(
        String runId,
        String simulation,
        List<Step> rates,
        long unjudgedSeconds,
        double orderShare,
        long seed,
        String target,
        String network,
        List<String> paths,
        List<String> ownClassPath,
        String ownClass,
        boolean report) {

    static final String FILE = "load.json";

    /** Requests a second at begin and end of some seconds. */
    record Step(int from, int to, long seconds) {}

    static LoadSetup of(String runId, LoadProfile profile, boolean report) {
        return new LoadSetup(
                runId,
                profile.simulation().label(),
                profile.rates().steps().stream()
                        .map(step ->
                                new Step(step.from(), step.to(), step.length().toSeconds()))
                        .toList(),
                profile.unjudged().toSeconds(),
                profile.orderShare(),
                profile.seed(),
                profile.target().uri().toString(),
                profile.target().network(),
                profile.paths(),
                profile.own().map(OwnSimulation::classPath).orElse(List.of()),
                profile.own().map(OwnSimulation::className).orElse(""),
                report);
    }

    /** The plan, the target checked again: the forked JVM trusts nobody with what it loads. */
    LoadProfile profile() {
        return new LoadProfile(
                Simulations.named(simulation),
                new Rates(rates.stream()
                        .map(step -> new RateStep(step.from(), step.to(), Duration.ofSeconds(step.seconds())))
                        .toList()),
                Duration.ofSeconds(unjudgedSeconds),
                orderShare,
                seed,
                new TargetPolicy(List.of(network), InetAddress::getAllByName).check(URI.create(target)),
                paths,
                own());
    }

    private Optional<OwnSimulation> own() {
        return ownClass.isEmpty() ? Optional.empty() : Optional.of(new OwnSimulation(ownClassPath, ownClass));
    }

    /** The same customers for a second, at another shop; those of the user's own stay away, since they may not do to be two. */
    LoadSetup rehearsedAt(String uri, int usersPerSecond) {
        boolean own = own().isPresent();
        return new LoadSetup(
                runId,
                own ? Simulations.GET.label() : simulation,
                List.of(new Step(usersPerSecond, usersPerSecond, 1)),
                0,
                orderShare,
                seed,
                uri,
                TargetPolicy.LOOPBACK,
                own ? List.of("/") : paths,
                List.of(),
                "",
                false);
    }

    static LoadSetup read(Path directory) throws IOException {
        return new JsonMapper().readValue(directory.resolve(FILE).toFile(), LoadSetup.class);
    }

    void write(Path directory) throws IOException {
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(directory.resolve(FILE).toFile(), this);
    }
}
