package io.failoverlab.topology;

import io.failoverlab.document.Document;
import io.failoverlab.document.Field;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Turns one document into a topology. What the file leaves out is as in the pattern {@code two-web-one-db}. */
final class TopologyReader {
    private static final Cidr DEFAULT_VPC = Cidr.parse("10.0.0.0/16");
    /** As many as the largest region of AWS has; the address plan has room for nine. */
    private static final int MAX_ZONES = 6;

    private static final int DEFAULT_WEB = 2;
    private static final InstanceType DEFAULT_TYPE = InstanceType.T3_SMALL;

    private final Document document;
    private final Section root;
    /** By path, so that a rule over several values can be told at the place of one of them. */
    private final Map<String, Field<?>> fields = new HashMap<>();

    private record WebServer(
            String name, Zone zone, InstanceType type, Monitoring monitoring, Optional<Ipv4> address) {}

    private record Database(
            String identifier,
            Zone zone,
            InstanceType type,
            Optional<Ipv4> address,
            DbOptions options,
            Optional<Zone> standby,
            SemiSync semiSync,
            Optional<Replica> replica) {}

    private record Replica(String identifier, Zone zone, InstanceType type, Optional<Ipv4> address) {}

    private TopologyReader(Document document) {
        this.document = document;
        this.root = document.root();
    }

    /** @throws InvalidInput with all problems of the document */
    static Topology read(Document document) {
        Optional<Topology> topology = new TopologyReader(document).read();
        document.problems().throwIfAny();
        return topology.orElseThrow();
    }

    private Optional<Topology> read() {
        Field<String> name = name(root, "", "name").required();
        String region =
                root.parsed("region", Names.REGION_FORM, Names::requireRegion).orElse(Zone.DEFAULT_REGION);
        CpuScale scale = root.decimal("cores-per-vcpu", CpuScale.MIN, CpuScale.MAX)
                .value()
                .map(CpuScale::new)
                .orElse(CpuScale.DEFAULT);
        Cidr vpc = this.<Cidr>track(
                        "vpc", root.parsed("vpc", Topology.VPC_FORM, it -> Topology.requireVpc(Cidr.parse(it))))
                .orElse(DEFAULT_VPC);
        List<Zone> zones = zones(region);
        List<Subnet> subnets = subnets(vpc, zones);
        Database database = database(zones);
        Optional<AutoScalingReader> group = root.keys().contains("auto-scaling")
                ? Optional.of(new AutoScalingReader(root.section("auto-scaling")))
                : Optional.empty();
        List<WebServer> servers =
                web(zones, group.flatMap(AutoScalingReader::desired).orElse(DEFAULT_WEB));

        Placement placement = new Placement(subnets);
        database.address().ifPresent(placement::reserve);
        database.replica().flatMap(Replica::address).ifPresent(placement::reserve);
        servers.forEach(it -> it.address().ifPresent(placement::reserve));
        LoadBalancer balancer = loadBalancer(placement);
        Optional<AutoScaling> autoScaling = group.map(it -> it.read(servers.size()));
        root.rejectUnknownKeys();
        try {
            List<DbInstance> databases = placed(database, placement);
            Optional<DbInstance> replica = database.replica()
                    .map(it -> ReplicaPlan.replica(
                            databases.getFirst(), it.identifier(), it.type(), it.zone(), it.address(), placement));
            List<Instance> web = placed(servers, placement);
            Topology topology = new Topology(
                    name.orElse("unnamed"),
                    region,
                    scale,
                    vpc,
                    zones,
                    subnets,
                    balancer,
                    web,
                    databases,
                    replica,
                    ReplicaPlan.flows(databases.size() > 1 || replica.isPresent()),
                    autoScaling);
            if (web.size() == servers.size()) {
                group.ifPresent(it -> it.requireRoom(topology));
            }
            return Optional.of(topology);
        } catch (InvalidTopology invalid) {
            invalid.violations().forEach(this::report);
            return Optional.empty();
        }
    }

    private List<Zone> zones(String region) {
        List<Field<Zone>> letters = root.parsedList("zones", Names.ZONE_FORM, it -> new Zone(region, it));
        root.rejectEmptyList("zones");
        List<Zone> zones = new ArrayList<>();
        for (Field<Zone> letter : letters) {
            Optional<Zone> again = letter.value().filter(zones::contains);
            if (again.isPresent()) {
                letter.reject("each zone once", "a second " + again.get().letter(), "");
            } else {
                letter.value().ifPresent(zones::add);
            }
        }
        if (letters.size() > MAX_ZONES) {
            letters.get(MAX_ZONES).reject("at most %d zones".formatted(MAX_ZONES), letters.size() + " of them", "");
        }
        // a zone that was mistyped must not make everything else in it unknown as well
        letters.stream().filter(it -> !it.sound()).findFirst().ifPresent(it -> fields.put("zones", it));
        return zones.isEmpty() ? List.of(new Zone(region, "a"), new Zone(region, "c")) : zones;
    }

    private boolean zonesAreSound() {
        return !fields.containsKey("zones");
    }

    private List<Subnet> subnets(Cidr vpc, List<Zone> zones) {
        Section section = root.section("subnets");
        List<Subnet> subnets = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            for (int i = 0; i < zones.size(); i++) {
                Zone zone = zones.get(i);
                String key = tier.subnetName(zone);
                Field<Cidr> block = track(
                        "subnets." + key, section.parsed(key, Subnet.FORM, it -> Subnet.requireSize(Cidr.parse(it))));
                Subnet planned = tier.plannedSubnet(vpc, zone, i);
                subnets.add(block.value().map(it -> tier.subnet(zone, it)).orElse(planned));
            }
        }
        if (zonesAreSound()) {
            section.rejectUnknownKeys();
        }
        return subnets;
    }

    private LoadBalancer loadBalancer(Placement placement) {
        Section section = root.section("load-balancer");
        String name = name(section, "load-balancer.", "name").orElse("lb");
        return new LoadBalancerReader(section).read(name, placement.balancer(name));
    }

    private Database database(List<Zone> zones) {
        Section section = root.section("database");
        String identifier = name(section, "database.", "identifier").orElse("db-1");
        InstanceType type = section.oneOf("class", InstanceType.dbClasses()).orElse(DEFAULT_TYPE);
        Zone zone = zone(section, "database.", zones).orElse(zones.getFirst());
        Optional<Ipv4> address = address(section, "database.");
        Field<Boolean> multiAz = section.flag("multi-az");
        Field<SemiSync> semiSync = section.oneOf("semi-sync", SemiSync.named());
        Optional<Zone> standby = multiAz.orElse(false) ? standbyZone(multiAz, zone, zones) : Optional.empty();
        if (!multiAz.orElse(false) && semiSync.present()) {
            semiSync.reject("database.semi-sync only with multi-az: true", "no standby", "");
        }
        Field<Redundancy> redundancy = section.oneOf("redundancy", Redundancy.named());
        if (!multiAz.orElse(false) && redundancy.present()) {
            redundancy.reject("database.redundancy only with multi-az: true", "no standby", "");
        } else if (semiSync.present() && redundancy.orElse(Redundancy.HOT) != Redundancy.HOT) {
            semiSync.reject(
                    "database.semi-sync only with a hot standby",
                    redundancy.orElse(Redundancy.HOT).label() + ", for which no write waits",
                    "");
        }
        DbOptions options = new DbOptionsReader(section).read().withRedundancy(redundancy.orElse(Redundancy.HOT));
        Optional<Replica> replica = section.keys().contains("read-replica")
                ? Optional.of(replica(section.section("read-replica"), identifier, type, zone, zones))
                : Optional.empty();
        section.rejectUnknownKeys();
        return new Database(
                identifier, zone, type, address, options, standby, semiSync.orElse(SemiSync.FALLBACK), replica);
    }

    /** What it does not say is as of its source, but in another zone where there is one. */
    private Replica replica(Section section, String source, InstanceType type, Zone home, List<Zone> zones) {
        String path = "database.read-replica.";
        String identifier = name(section, path, "identifier").orElse(ReplicaPlan.nameFor(source));
        InstanceType size = section.oneOf("class", InstanceType.dbClasses()).orElse(type);
        Zone other = zones.stream().filter(it -> !it.equals(home)).findFirst().orElse(home);
        Zone zone = zone(section, path, zones).orElse(other);
        Optional<Ipv4> address = address(section, path);
        section.rejectUnknownKeys();
        return new Replica(identifier, zone, size, address);
    }

    private Optional<Zone> standbyZone(Field<Boolean> multiAz, Zone zone, List<Zone> zones) {
        Optional<Zone> other = zones.stream().filter(it -> !it.equals(zone)).findFirst();
        if (other.isEmpty() && zonesAreSound()) {
            multiAz.reject("two zones for database.multi-az", "zone " + zone.letter() + " alone", "");
        }
        return other;
    }

    private List<WebServer> web(List<Zone> zones, int standardCount) {
        Section section = root.section("web");
        Field<Integer> count = track("web.count", section.integer("count", 1, Topology.MAX_WEB));
        InstanceType type = section.oneOf("instance-type", InstanceType.named()).orElse(DEFAULT_TYPE);
        Monitoring monitoring = section.oneOf("monitoring", Monitoring.named()).orElse(Monitoring.BASIC);
        List<Section> listed = section.sections("instances");
        section.rejectEmptyList("instances");
        section.rejectUnknownKeys();
        if (count.present() && !listed.isEmpty()) {
            count.reject("either web.count or web.instances", "both", "");
        }
        List<WebServer> servers = new ArrayList<>();
        int size = listed.isEmpty() ? count.orElse(standardCount) : listed.size();
        for (int i = 0; i < size; i++) {
            Zone zone = zones.get(i % zones.size());
            WebServer standard = new WebServer(
                    Instance.nameOf(i / zones.size() + 1, zone), zone, type, monitoring, Optional.empty());
            servers.add(listed.isEmpty() ? standard : webServer(listed.get(i), i, standard, zones, servers));
        }
        return servers;
    }

    private WebServer webServer(
            Section section, int index, WebServer standard, List<Zone> zones, List<WebServer> earlier) {
        String path = "web.instances[%d].".formatted(index);
        Zone zone = zone(section, path, zones).orElse(standard.zone());
        long inZone = earlier.stream().filter(it -> it.zone().equals(zone)).count();
        String name = name(section, path, "name").orElse(Instance.nameOf((int) inZone + 1, zone));
        InstanceType type = section.oneOf("instance-type", InstanceType.named()).orElse(standard.type());
        Monitoring monitoring = section.oneOf("monitoring", Monitoring.named()).orElse(standard.monitoring());
        Optional<Ipv4> address = address(section, path);
        section.rejectUnknownKeys();
        return new WebServer(name, zone, type, monitoring, address);
    }

    private static List<DbInstance> placed(Database database, Placement placement) {
        DbInstance primary = new DbInstance(
                database.identifier(),
                database.type(),
                database.zone(),
                DbInstance.Role.PRIMARY,
                placement.database(database.identifier(), database.zone(), database.address()),
                database.options(),
                database.semiSync());
        return database.standby()
                .map(zone -> MultiAzPlan.pair(primary, zone, placement))
                .orElseGet(() -> List.of(primary));
    }

    /** Those that there is room for: the rules are still worth checking for them. */
    private List<Instance> placed(List<WebServer> servers, Placement placement) {
        List<Instance> placed = new ArrayList<>();
        try {
            for (WebServer it : servers) {
                List<NetworkInterface> interfaces = placement.web(it.name(), it.zone(), it.address());
                placed.add(new Instance(it.name(), it.zone(), it.type(), it.monitoring(), interfaces));
            }
        } catch (InvalidTopology full) {
            full.violations().forEach(this::report);
        }
        return placed;
    }

    private Field<String> name(Section section, String path, String key) {
        return track(path + key, section.parsed(key, Names.FORM, Names::require));
    }

    private Optional<Ipv4> address(Section section, String path) {
        return this.<Ipv4>track(path + "address", section.parsed("address", Ipv4.FORM, Ipv4::parse))
                .value();
    }

    private Optional<Zone> zone(Section section, String path, List<Zone> zones) {
        Map<String, Zone> byLetter = new LinkedHashMap<>();
        zones.forEach(it -> byLetter.put(it.letter(), it));
        if (!zonesAreSound()) {
            return section.text("zone").value().map(byLetter::get);
        }
        return this.<Zone>track(path + "zone", section.oneOf("zone", byLetter)).value();
    }

    private <T> Field<T> track(String path, Field<T> field) {
        fields.put(path, field);
        return field;
    }

    /** Tells a broken rule once, and not at all if it may follow from a value that was refused already. */
    private void report(Violation violation) {
        List<Field<?>> involved = new ArrayList<>();
        violation.paths().stream().map(fields::get).filter(Objects::nonNull).forEach(involved::add);
        if (zonesAreSound() && involved.stream().allMatch(Field::sound)) {
            involved.stream()
                    .filter(Field::present)
                    .findFirst()
                    .orElse(fields.get("name"))
                    .reject(violation.expected(), violation.found(), violation.hint());
        }
    }
}
