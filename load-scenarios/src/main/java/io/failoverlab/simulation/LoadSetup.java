package io.failoverlab.simulation;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.profile.LoadProfile;
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

/**
 * What the forked JVM is told, as {@code load.json} in the directory of the load.
 *
 * @param runId starts every order key, so that two loads with the same seed do not repeat each other's orders
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
                paths);
    }

    /** The same customers for a second, at another shop. */
    LoadSetup rehearsedAt(String uri, int usersPerSecond) {
        return new LoadSetup(
                runId,
                simulation,
                List.of(new Step(usersPerSecond, usersPerSecond, 1)),
                0,
                orderShare,
                seed,
                uri,
                TargetPolicy.LOOPBACK,
                paths,
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
