package io.failoverlab.simulation;

import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.OwnSimulation;
import io.gatling.core.controller.inject.InjectionProfile;
import io.gatling.core.controller.inject.open.OpenInjectionProfile;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.scenario.SimulationParams;
import io.gatling.core.structure.PopulationBuilder;
import io.gatling.http.protocol.HttpProtocol;
import io.gatling.http.protocol.HttpProtocolProxyPart;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpDsl;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import scala.Option;
import scala.collection.immutable.Map;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A simulation of the user's own, as it is, but for what the lab must know or hold: how many customers arrive and when, that
 * every request goes to the balancer, and that none is sent twice unseen. Its own injection profile, throttling and assertions
 * give way to the experiment's. Gatling makes it by reflection, as it makes {@link LoadSimulation}.
 */
public final class OwnLoad extends Simulation {
    /** Longer than a request may take: every judged one has ended, and customers who never leave are sent home. */
    private static final Duration CLOSING_TIME = Duration.ofSeconds(11);

    private final Simulation simulation;
    private final LoadProfile profile;
    private final OwnRequests requests;

    public OwnLoad() throws IOException, ReflectiveOperationException {
        LoadSetup setup = LoadSetup.read(Path.of(System.getProperty(LoadSimulation.DIRECTORY_PROPERTY)));
        profile = setup.profile();
        OwnSimulation own = profile.own().orElseThrow();
        simulation = (Simulation)
                Class.forName(own.className()).getDeclaredConstructor().newInstance();
        requests = new OwnRequests(profile.target().uri());
    }

    @Override
    public SimulationParams params(String name) {
        SimulationParams theirs = simulation.params(simulation.getClass().getName());
        List<PopulationBuilder> populations = CollectionConverters.asJava(theirs.rootPopulationBuilders());
        return new SimulationParams(
                theirs.name(),
                scala(populations.stream()
                        .map(population -> arriving(population, populations.size()))
                        .toList()),
                toTheBalancer(theirs.globalProtocols(), true),
                theirs.globalPauseType(),
                scala(List.of()),
                Option.apply(
                        new FiniteDuration(profile.duration().plus(CLOSING_TIME).toSeconds(), TimeUnit.SECONDS)),
                scala(List.of()),
                theirs.before(),
                theirs.after());
    }

    private PopulationBuilder arriving(PopulationBuilder theirs, int scenarios) {
        if (!theirs.children().isEmpty()) {
            throw new IllegalArgumentException("expected scenarios that all begin with the load, found one with andThen"
                    + " in " + simulation.getClass().getName());
        }
        InjectionProfile arrivals =
                new OpenInjectionProfile(scala(LoadSimulation.arrivals(profile.rates(), scenarios).stream()
                        .map(OpenInjectionStep::asScala)
                        .toList()));
        return theirs.copy(
                theirs.scenarioBuilder(),
                arrivals,
                toTheBalancer(theirs.scenarioProtocols(), false),
                scala(List.of()),
                theirs.pauseType(),
                scala(List.of()),
                theirs.shard());
    }

    /** @param needed whether HTTP is to be among them, even if the simulation says nothing about it */
    private Map<Class<? extends Protocol>, Protocol> toTheBalancer(
            Map<Class<? extends Protocol>, Protocol> theirs, boolean needed) {
        Option<Protocol> http = theirs.get(HttpProtocol.class);
        if (http.isEmpty() && !needed) {
            return theirs;
        }
        HttpProtocol used = (HttpProtocol) (http.isDefined() ? http.get() : HttpDsl.http.protocol());
        java.util.Map<Class<? extends Protocol>, Protocol> changed = new HashMap<>(CollectionConverters.asJava(theirs));
        changed.put(HttpProtocol.class, toTheBalancer(used));
        return Map.from(CollectionConverters.asScala(changed));
    }

    private Protocol toTheBalancer(HttpProtocol theirs) {
        HttpProtocol direct = theirs.copy(
                theirs.baseUrls(),
                theirs.warmUpUrl(),
                theirs.enginePart(),
                theirs.requestPart(),
                theirs.responsePart(),
                theirs.wsPart(),
                theirs.ssePart(),
                new HttpProtocolProxyPart(Option.empty(), scala(List.of()), Option.empty(), Option.empty()),
                theirs.dnsPart());
        String target = profile.target().uri().toString();
        return new HttpProtocolBuilder(io.gatling.http.protocol.HttpProtocolBuilder.apply(direct, false, false))
                .baseUrl(target)
                .wsBaseUrl(target.replaceFirst("^http", "ws"))
                // Gatling would ask a site of its own; the rehearsal has warmed everything up.
                .disableWarmUp()
                .sign(requests::pass)
                .protocol();
    }

    private static <T> scala.collection.immutable.List<T> scala(List<T> list) {
        return scala.collection.immutable.List.from(CollectionConverters.asScala(list));
    }
}
