package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.FaultZone;
import io.failoverlab.fault.Injection;
import io.failoverlab.fault.InstanceFault;
import io.failoverlab.fault.ServiceFault;
import io.failoverlab.fault.Services;
import io.failoverlab.fault.Undo;
import io.failoverlab.fault.ZoneFault;
import io.failoverlab.topology.Zone;
import java.util.List;

/** Finds in the stack what a fault strikes, and what its undo is carried out on. */
final class FaultSites {
    private final Fleet fleet;
    private final Services services;
    private final LabScheduler scheduler;

    FaultSites(Fleet fleet, Services services, LabScheduler scheduler) {
        this.fleet = fleet;
        this.services = services;
        this.scheduler = scheduler;
    }

    Injection prepare(Fault fault, String where) {
        return switch (fault) {
            case InstanceFault ofOne -> ofOne.prepare(fleet.instance(where), scheduler);
            case ZoneFault ofAll -> ofAll.prepare(zone(fleet.topology().zone(where)), scheduler);
            case ServiceFault ofService -> ofService.prepare(services, where, scheduler);
        };
    }

    /** What was seen then. */
    String undo(Undo undo) {
        return switch (undo) {
            case Undo.OfInstance ofInstance ->
                fleet.find(undo.instance())
                        .map(ofInstance::on)
                        .orElse("the instance is terminated; there is nothing to undo");
            case Undo.OfService ofService -> ofService.on(services);
        };
    }

    private FaultZone zone(Zone zone) {
        List<String> web =
                fleet.topology().web().stream().map(it -> it.zone().azName()).toList();
        List<String> databases = fleet.topology().databases().stream()
                .map(it -> it.zone().azName())
                .toList();
        List<Ec2Instance> inside = fleet.instances().stream()
                .filter(instance -> instance.zone().equals(zone.azName()))
                .toList();
        return new FaultZone(zone.azName(), inside, ZoneLoss.consequence(zone.azName(), web, databases));
    }
}
