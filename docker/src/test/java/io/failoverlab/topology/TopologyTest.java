package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    private static final Topology TWO_WEB = TopologyFile.pattern("two-web-one-db");

    @Test
    void aZoneIsFoundByLetterAndByNameWithWhatIsInIt() {
        Topology two = TopologyFile.pattern("two-web-one-db");

        assertThat(two.zone("c")).isEqualTo(two.zone("ap-northeast-1c"));
        assertThat(two.nodesIn(two.zone("a"))).extracting(Node::name).containsExactly("web-1a", "db-1");
        assertThat(two.nodesIn(two.zone("c"))).extracting(Node::name).containsExactly("web-1c");
        assertThatThrownBy(() -> two.zone("b")).hasMessageContaining("expected a zone: a, c, found b");
    }

    @Test
    void webServersAreSpreadOverTheZonesInTurn() {
        assertThat(TWO_WEB.withWeb(5).web())
                .map(it -> it.name() + " " + it.interfaces())
                .map(it -> it.replaceAll("NetworkInterface|subnet=|address=", ""))
                .containsExactly(
                        "web-1a [[web-a, 10.0.10.10], [db-a, 10.0.20.100]]",
                        "web-1c [[web-c, 10.0.11.10], [db-a, 10.0.20.101]]",
                        "web-2a [[web-a, 10.0.10.11], [db-a, 10.0.20.102]]",
                        "web-2c [[web-c, 10.0.11.11], [db-a, 10.0.20.103]]",
                        "web-3a [[web-a, 10.0.10.12], [db-a, 10.0.20.104]]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void anyNumberOfWebServersHasUniqueAddressesOutsideTheReservedOnes(int count) {
        Topology many = TWO_WEB.withWeb(count);

        List<NetworkInterface> interfaces =
                many.nodes().stream().flatMap(it -> it.interfaces().stream()).toList();
        assertThat(many.web()).hasSize(count);
        assertThat(interfaces).hasSize(5 + 2 * count);
        assertThat(interfaces.stream().map(NetworkInterface::address)).doesNotHaveDuplicates();
        assertThat(interfaces).allSatisfy(it -> {
            Subnet subnet = many.subnet(it.subnet());
            assertThat(subnet.cidr().contains(it.address())).isTrue();
            assertThat(subnet.reserves(it.address())).isFalse();
        });
        long inA =
                many.web().stream().filter(it -> it.zone().letter().equals("a")).count();
        assertThat(inA).isEqualTo((count + 1) / 2);
        assertThat(many.withWeb(2)).isEqualTo(TWO_WEB);
        assertThat(TWO_WEB.withWeb(11).withWeb(count)).isEqualTo(many);
    }

    @Test
    void theFileAndTheOptionGiveTheSame() {
        assertThat(TopologyFile.parse("mine.yaml", "{name: two-web-one-db, web: {count: 5}}"))
                .isEqualTo(TWO_WEB.withWeb(5));
    }

    @Test
    void webServersThatAreThereKeepTheirTypeAndAddress() {
        Topology own = TopologyFile.parse("own.yaml", """
                name: own
                web:
                  instances:
                    - {zone: a, instance-type: m5.large, address: 10.0.10.99}
                    - {zone: a, name: odd}
                """);

        assertThat(own.withWeb(2).web())
                .map(it -> it.name() + " " + it.type() + " " + it.primary().address())
                .containsExactly("web-1a M5_LARGE 10.0.10.99", "web-1c M5_LARGE 10.0.11.10");
    }

    @Test
    void aSubnetOfSixteenTakesElevenOfWhichOneIsTheBalancer() {
        Topology small = TopologyFile.parse("small.yaml", "{name: small, zones: [a], subnets: {web-a: 10.0.10.0/28}}");

        assertThat(small.withWeb(10).web())
                .map(it -> it.primary().address().toString())
                .containsExactly(
                        "10.0.10.10",
                        "10.0.10.11",
                        "10.0.10.12",
                        "10.0.10.13",
                        "10.0.10.14",
                        "10.0.10.4",
                        "10.0.10.6",
                        "10.0.10.7",
                        "10.0.10.8",
                        "10.0.10.9");
        assertThat(catchThrowableOfType(InvalidInput.class, () -> small.withWeb(11)))
                .hasMessage("small: expected at most 11 addresses in web-a 10.0.10.0/28 (16 less the 5 that AWS"
                        + " reserves), found one more for web-11a; take fewer web servers or a larger subnet");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void otherNumbersOfWebServersAreRefused(int count) {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> TWO_WEB.withWeb(count)))
                .hasMessage("two-web-one-db: expected 1 to 1000 web servers, found " + count);
    }

    @Test
    void theWholePlanMovesToAnotherBase() {
        Topology moved = TWO_WEB.withBase(Cidr.parse("10.77.0.0/16"));

        assertThat(moved).isEqualTo(TopologyFile.parse("moved.yaml", "{name: two-web-one-db, vpc: 10.77.0.0/16}"));
        assertThat(moved.nodes())
                .map(it -> it.primary().address().toString())
                .containsExactly("10.77.1.10", "10.77.10.10", "10.77.11.10", "10.77.20.10");
        assertThat(moved.withBase(Cidr.parse("10.0.0.0/16"))).isEqualTo(TWO_WEB);
    }

    @ParameterizedTest
    @CsvSource({"10.77.0.0/20, 4096", "8.8.0.0/16, 65536", "10.0.0.0/8, 16777216"})
    void aBaseWithoutRoomForThePlanIsRefused(String base, String size) {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> TWO_WEB.withBase(Cidr.parse(base))))
                .hasMessage("two-web-one-db: expected a private block (RFC 1918) of /16 to /28 with at least 5632"
                        + " addresses, found " + base + " with " + size);
    }

    @Test
    void theBalancerCanBeReplaced() {
        LoadBalancer other = TWO_WEB.loadBalancer().withListenerPort(0).withBalancing(Balancing.NGINX_DEFAULT);

        assertThat(TWO_WEB.withLoadBalancer(other).loadBalancer()).isEqualTo(other);
        assertThat(other.withListenerPort(8080).withBalancing(Balancing.TUNED)).isEqualTo(TWO_WEB.loadBalancer());
        assertThat(other.withHealthCheck(HealthCheck.ELB_DEFAULT).healthCheck()).isEqualTo(HealthCheck.ELB_DEFAULT);
    }

    @Test
    void onlyWhatASecurityGroupAllowsIsReachable() {
        assertThat(TWO_WEB.reachability()).isEqualTo("""
                from \\ to       lb:8080      lb:3306  web-1a:8080  web-1a:3306  web-1c:8080  web-1c:3306    db-1:8080    db-1:3306
                lb                    .            .          yes           no          yes           no           no           no
                web-1a               no           no            .            .           no           no           no          yes
                web-1c               no           no           no           no            .            .           no          yes
                db-1                 no           no           no           no           no           no            .            .
                """);
        assertThat(TWO_WEB.reachable("lb", "web-1a", 8080)).isTrue();
        assertThat(TWO_WEB.reachable("lb", "db-1", 3306)).isFalse();
        assertThat(TWO_WEB.reachable("web-1c", "db-1", 3306)).isTrue();
        assertThat(TWO_WEB.reachable("web-1a", "web-1c", 8080)).isFalse();
    }

    @Test
    void aProbeIsAllowedOnlyAtAnAddressInACommonSubnet() {
        assertThat(TWO_WEB.probes().stream().filter(Probe::allowed))
                .containsExactly(
                        new Probe("lb", "web-1a", Ipv4.parse("10.0.10.10"), 8080, true),
                        new Probe("lb", "web-1c", Ipv4.parse("10.0.11.10"), 8080, true),
                        new Probe("web-1a", "db-1", Ipv4.parse("10.0.20.10"), 3306, true),
                        new Probe("web-1c", "db-1", Ipv4.parse("10.0.20.10"), 3306, true));
        assertThat(TWO_WEB.probes())
                .contains(new Probe("lb", "web-1a", Ipv4.parse("10.0.20.100"), 8080, false))
                .hasSize(2 * (3 * 4 + 2 * 3 * 2 + 3));
    }

    @Test
    void aNodeIsFoundByItsNameOrTheNearestIsNamed() {
        assertThat(TWO_WEB.node("web-1c").addressIn("db-a")).contains(Ipv4.parse("10.0.20.101"));
        assertThat(TWO_WEB.node("web-1c").addressIn("db-c")).isEmpty();
        assertThat(catchThrowableOfType(InvalidInput.class, () -> TWO_WEB.node("web-1b")))
                .hasMessage("two-web-one-db: expected the name of an instance, found web-1b; did you mean \"web-1a\"?");
    }

    @Test
    void theModelHasRoomForAStandbyInAnotherZone() {
        DbInstance standby = database("db-2", DbInstance.Role.STANDBY, "c", "10.0.21.10");

        assertThat(with(List.of(TWO_WEB.databases().getFirst(), standby), List.of())
                        .databases())
                .hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(
                        List.of(
                                TWO_WEB.databases().getFirst(),
                                database("db-2", DbInstance.Role.STANDBY, "a", "10.0.20.11")),
                        List.of()))
                .withMessage(
                        "database: expected at most one standby, in another zone than the primary, found [ap-northeast-1a]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(List.of(standby), List.of()))
                .withMessage("database: expected one primary database, found 0 of them");
    }

    @Test
    void partsThatDoNotFitTogetherAreRefusedAllAtOnce() {
        DbInstance lost = database("db-1", DbInstance.Role.PRIMARY, "a", "10.0.20.100");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(List.of(lost), List.of(new Flow(Tier.ELB, Tier.DB, 3306))))
                .withMessage("""
                        database.address: expected each address once, found 10.0.20.100 for web-1a and db-1
                        web: expected a common subnet of lb and db-1 for elb->db:3306, found none""");
    }

    @Test
    void aPrimaryInterfaceBelongsInTheSubnetOfItsTierAndZone() {
        DbInstance inZoneC = new DbInstance(
                "db-1",
                InstanceType.T3_SMALL,
                new Zone("ap-northeast-1", "c"),
                DbInstance.Role.PRIMARY,
                TWO_WEB.databases().getFirst().interfaces());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(List.of(inZoneC), List.of()))
                .withMessage("database.zone: expected the primary interface of db-1 in one of [db-c], found db-a");
    }

    @Test
    void aZoneWithoutASubnetIsNamed() {
        List<Zone> zones = new ArrayList<>(TWO_WEB.zones());
        zones.add(new Zone("ap-northeast-1", "d"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topology(
                        TWO_WEB.name(),
                        TWO_WEB.region(),
                        TWO_WEB.scale(),
                        TWO_WEB.vpc(),
                        zones,
                        TWO_WEB.subnets(),
                        TWO_WEB.loadBalancer(),
                        TWO_WEB.web(),
                        TWO_WEB.databases(),
                        List.of()))
                .withMessage("subnets: expected one subnet per tier and zone, found none for [elb in ap-northeast-1d, "
                        + "web in ap-northeast-1d, db in ap-northeast-1d]");
    }

    private static DbInstance database(String identifier, DbInstance.Role role, String zone, String address) {
        return new DbInstance(
                identifier,
                InstanceType.T3_SMALL,
                new Zone("ap-northeast-1", zone),
                role,
                List.of(new NetworkInterface("db-" + zone, Ipv4.parse(address))));
    }

    private static Topology with(List<DbInstance> databases, List<Flow> moreFlows) {
        return new Topology(
                TWO_WEB.name(),
                TWO_WEB.region(),
                TWO_WEB.scale(),
                TWO_WEB.vpc(),
                TWO_WEB.zones(),
                TWO_WEB.subnets(),
                TWO_WEB.loadBalancer(),
                TWO_WEB.web(),
                databases,
                moreFlows);
    }
}
