package io.failoverlab.environment;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.telemetry.StackEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Leads the applications of a stack to the servers of its database, by their names. */
final class ClientLead {
    private final Launch.Plan plan;
    private final StackParts parts;
    private final Supplier<Fleet> fleet;
    private volatile BooleanSupplier held = () -> false;

    ClientLead(Launch.Plan plan, StackParts parts, Supplier<Fleet> fleet) {
        this.plan = plan;
        this.parts = parts;
        this.fleet = fleet;
    }

    /** Each name with the address that it leads to now. */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        Stream.concat(Stream.of(parts.endpoint()), parts.reader().stream())
                .forEach(name -> name.address().ifPresent(address -> names.put(name.name(), address)));
        return names;
    }

    /** By a fault: clients go on to look where they looked before. */
    void holdWhile(BooleanSupplier isHeld) {
        held = isHeld;
    }

    /** To another server; nobody waits for the one before it any more. */
    void to(String address, String before) {
        if (!held.getAsBoolean()) {
            parts.endpoint().lead(address);
        }
        cut(before);
    }

    /** Whatever holds it; tells the name. */
    String anew(String address) {
        parts.endpoint().lead(address);
        return parts.endpoint().name();
    }

    /** What was read at a read replica is read at the primary from now on, whichever that comes to be. */
    void readAtPrimary(String before) {
        parts.reader().ifPresent(parts.endpoint()::adopt);
        cut(before);
    }

    private void cut(String address) {
        DbEndpoint.cut(
                address,
                clients(),
                trouble -> plan.telemetry()
                        .happened(new StackEvent.Trouble(plan.scheduler().instant(), trouble)));
    }

    private List<EngineContainer> clients() {
        return fleet.get().topology().web().stream()
                .flatMap(web -> fleet.get().find(web.name()).stream())
                .map(Ec2Instance::container)
                .toList();
    }
}
