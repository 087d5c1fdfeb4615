package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyFileTest {
    private static final Zone A = new Zone("ap-northeast-1", "a");
    private static final Zone C = new Zone("ap-northeast-1", "c");

    @Test
    void twoWebOneDbIsTheWholePatternWithItsAddresses() {
        assertThat(TopologyFile.pattern("two-web-one-db"))
                .isEqualTo(new Topology(
                        "two-web-one-db",
                        "ap-northeast-1",
                        new CpuScale(0.5),
                        Cidr.parse("10.0.0.0/16"),
                        List.of(A, C),
                        List.of(
                                new Subnet("public-a", A, Cidr.parse("10.0.1.0/24"), Exposure.PUBLIC, Tier.ELB),
                                new Subnet("public-c", C, Cidr.parse("10.0.2.0/24"), Exposure.PUBLIC, Tier.ELB),
                                new Subnet("web-a", A, Cidr.parse("10.0.10.0/24"), Exposure.PRIVATE, Tier.WEB),
                                new Subnet("web-c", C, Cidr.parse("10.0.11.0/24"), Exposure.PRIVATE, Tier.WEB),
                                new Subnet("db-a", A, Cidr.parse("10.0.20.0/24"), Exposure.PRIVATE, Tier.DB),
                                new Subnet("db-c", C, Cidr.parse("10.0.21.0/24"), Exposure.PRIVATE, Tier.DB)),
                        new LoadBalancer(
                                "lb",
                                BalancerType.APPLICATION,
                                Scheme.INTERNET_FACING,
                                8080,
                                Balancing.TUNED,
                                Timing.LAB,
                                new Forwarding(
                                        Retry.IDEMPOTENT,
                                        Duration.ofMillis(200),
                                        Duration.ofMillis(400),
                                        Duration.ofSeconds(4)),
                                new TargetGroupAttributes(
                                        Algorithm.ROUND_ROBIN,
                                        true,
                                        Duration.ofSeconds(10),
                                        Duration.ZERO,
                                        Optional.empty()),
                                new HealthCheck(
                                        new HealthCheck.Question.Http("/healthz", CodeMatcher.parse("200")),
                                        OptionalInt.empty(),
                                        Duration.ofSeconds(1),
                                        Duration.ofMillis(500),
                                        2,
                                        2),
                                List.of(
                                        at("public-a", "10.0.1.10"),
                                        at("public-c", "10.0.2.10"),
                                        at("web-a", "10.0.10.5"),
                                        at("web-c", "10.0.11.5"))),
                        List.of(
                                new Instance(
                                        "web-1a",
                                        A,
                                        InstanceType.T3_SMALL,
                                        List.of(at("web-a", "10.0.10.10"), at("db-a", "10.0.20.100"))),
                                new Instance(
                                        "web-1c",
                                        C,
                                        InstanceType.T3_SMALL,
                                        List.of(at("web-c", "10.0.11.10"), at("db-a", "10.0.20.101")))),
                        List.of(new DbInstance(
                                "db-1",
                                InstanceType.T3_SMALL,
                                A,
                                DbInstance.Role.PRIMARY,
                                List.of(at("db-a", "10.0.20.10")))),
                        List.of(new Flow(Tier.ELB, Tier.WEB, 8080), new Flow(Tier.WEB, Tier.DB, 3306))));
    }

    @Test
    void twoWebMultiAzHasItsStandbyInTheOtherZoneAndReachesIt() {
        Topology topology = TopologyFile.pattern("two-web-multi-az");

        assertThat(topology.describe()).contains("""
                    db-a      10.0.20.0/24   private  web-1a 10.0.20.100, web-1c 10.0.20.101, db-1 10.0.20.10, db-2 10.0.20.11
                """).contains("""
                    db-c      10.0.21.0/24   private  web-1a 10.0.21.100, web-1c 10.0.21.101, db-1 10.0.21.11, db-2 10.0.21.10
                """).contains("""
                  db-1      db.t3.small: 2 vCPU = 1.0 cores, 2 GiB, primary, without a standby fallback
                  db-2      db.t3.small: 2 vCPU = 1.0 cores, 2 GiB, standby
                  allowed   elb->web:8080, web->db:3306, db->db:3306, nothing else
                """);
    }

    @Test
    void aRunningDatabaseGetsTheSameStandbyAsThePattern() {
        Topology pattern = TopologyFile.pattern("two-web-multi-az");

        Topology changed =
                MultiAzPlan.withStandby(TopologyFile.pattern("two-web-one-db"), SemiSync.FALLBACK, List.of());

        assertThat(changed.databases()).isEqualTo(pattern.databases());
        assertThat(changed.web()).isEqualTo(pattern.web());
        assertThat(changed.flows()).isEqualTo(pattern.flows());
        assertThat(changed.withPrimary("db-2").primaryDatabase().zone().letter())
                .isEqualTo("c");
        assertThat(changed.withPrimary("db-2").databaseIdentifier()).isEqualTo("db-1");
        assertThat(catchThrowableOfType(
                        InvalidInput.class, () -> MultiAzPlan.withStandby(pattern, SemiSync.BLOCK, List.of())))
                .hasMessage("two-web-multi-az: expected a database without a standby, found Multi-AZ already; "
                        + "there is nothing to change");
    }

    @Test
    void aReadReplicaIsInASubnetOfItsOwnAndReachesEveryServerThatMayBeItsSource() {
        Topology topology = TopologyFile.pattern("two-web-read-replica");

        assertThat(topology.describe()).contains("""
                    db-a      10.0.20.0/24   private  web-1a 10.0.20.100, web-1c 10.0.20.101, db-1 10.0.20.10, db-1-replica 10.0.20.30
                """).contains("""
                    db-c      10.0.21.0/24   private  web-1a 10.0.21.100, web-1c 10.0.21.101, db-1-replica 10.0.21.30
                """).contains("""
                  db-1-replica db.t3.small: 2 vCPU = 1.0 cores, 2 GiB, read-replica
                  allowed   elb->web:8080, web->db:3306, db->db:3306, nothing else
                """);
        assertThat(topology.hasStandby()).isFalse();
        assertThat(topology.databaseIdentifier()).isEqualTo("db-1");
        assertThat(topology.readReplica().orElseThrow().options().backups().enabled())
                .isFalse();
        assertThat(topology.withBase(Cidr.parse("10.77.0.0/16"))
                        .readReplica()
                        .orElseThrow()
                        .primary())
                .isEqualTo(at("db-c", "10.77.21.30"));
        assertThat(topology.withWeb(3).web().getLast().interfaces()).hasSize(3);
    }

    @Test
    void aReplicaThatSaysLittleIsInTheOtherZoneAndLikeItsSource() {
        Topology topology = TopologyFile.parse(
                "x.yaml", "{name: x, database: {identifier: shop, class: db.t3.micro, zone: c, read-replica: }}");

        DbInstance replica = topology.readReplica().orElseThrow();
        assertThat(replica.identifier()).isEqualTo("shop-replica");
        assertThat(replica.type()).isEqualTo(InstanceType.T3_MICRO);
        assertThat(replica.primary()).isEqualTo(at("db-a", "10.0.20.30"));
        assertThat(TopologyFile.parse(
                                "x.yaml", "{name: x, zones: [a], database: {read-replica: {address: 10.0.20.44}}}")
                        .readReplica()
                        .orElseThrow()
                        .interfaces())
                .containsExactly(at("db-a", "10.0.20.44"));
    }

    @Test
    void aDatabaseWithAReplicaMayBecomeMultiAzAndLoseTheReplicaToAPromotion() {
        Topology both =
                MultiAzPlan.withStandby(TopologyFile.pattern("two-web-read-replica"), SemiSync.FALLBACK, List.of());

        assertThat(both.databaseServers()).extracting(DbInstance::name).containsExactly("db-1", "db-2", "db-1-replica");
        assertThat(MultiAzPlan.withoutStandby(both)).isEqualTo(TopologyFile.pattern("two-web-read-replica"));
        assertThat(both.withPrimary("db-2").readReplica()).isEqualTo(both.readReplica());
        assertThat(both.withoutReadReplica().databases()).isEqualTo(both.databases());
        assertThat(both.withoutReadReplica().flows()).isEqualTo(both.flows());
        assertThat(TopologyFile.pattern("two-web-read-replica")
                        .withoutReadReplica()
                        .flows())
                .isEqualTo(TopologyFile.pattern("two-web-one-db").flows());
    }

    @Test
    void oneWebOneDbIsDescribed() {
        assertThat(TopologyFile.pattern("one-web-one-db").describe()).isEqualTo("""
                one-web-one-db: ap-northeast-1, VPC 10.0.0.0/16, 1 vCPU = 0.5 cores
                  zone ap-northeast-1a
                    public-a  10.0.1.0/24    public   lb 10.0.1.10
                    web-a     10.0.10.0/24   private  lb 10.0.10.5, web-1a 10.0.10.10
                    db-a      10.0.20.0/24   private  web-1a 10.0.20.100, db-1 10.0.20.10
                  zone ap-northeast-1c
                    public-c  10.0.2.0/24    public   lb 10.0.2.10
                    web-c     10.0.11.0/24   private  lb 10.0.11.5
                    db-c      10.0.21.0/24   private
                  lb        127.0.0.1:8080, application, round-robin, tuned, retry idempotent, GET /healthz every 1s, \
                timeout 500ms, healthy after 2, unhealthy after 2, matcher 200
                  web-1a    t3.small: 2 vCPU = 1.0 cores, 2 GiB
                  db-1      db.t3.small: 2 vCPU = 1.0 cores, 2 GiB, primary
                  allowed   elb->web:8080, web->db:3306, nothing else
                """);
    }

    /** What the commented pattern shows as defaults must be the defaults. */
    @Test
    void aFileWithNothingButANameIsThePatternWithEveryKey() {
        assertThat(TopologyFile.parse("mine.yaml", "name: two-web-one-db\n"))
                .isEqualTo(TopologyFile.pattern("two-web-one-db"));
    }

    @Test
    void everyKeyOfAFileCounts() {
        assertThat(TopologyFile.parse("shop.yaml", """
                name: shop
                region: eu-west-1
                zones: [b, a]
                cores-per-vcpu: 0.25
                vpc: 172.20.0.0/16
                subnets:
                  web-b: 172.20.99.0/28
                load-balancer:
                  name: front
                  scheme: internet-facing
                  listener-port: 0
                  algorithm: least-outstanding-requests
                  balancing: nginx-default
                  type: application
                  retry: alb
                  connect-timeout: 1s
                  per-try-timeout: 2s
                  idle-timeout: 3s
                  cross-zone: false
                  deregistration-delay: 4s
                  slow-start: 0s
                  stickiness: 1h
                  health-check:
                    protocol: http
                    port: 9090
                    path: /readyz
                    interval: 300ms
                    healthy-threshold: 5
                    unhealthy-threshold: 3
                    matcher: 204,301-399
                web:
                  instance-type: t2.micro
                  instances:
                    - name: shop-one
                      address: 172.20.99.14
                    - zone: b
                      instance-type: m5.large
                database:
                  identifier: orders
                  class: db.t3.medium
                  zone: a
                  address: 172.20.21.77
                """).describe()).isEqualTo("""
                shop: eu-west-1, VPC 172.20.0.0/16, 1 vCPU = 0.25 cores
                  zone eu-west-1b
                    public-b  172.20.1.0/24  public   front 172.20.1.10
                    web-b     172.20.99.0/28 private  front 172.20.99.5, shop-one 172.20.99.14, web-2b 172.20.99.10
                    db-b      172.20.20.0/24 private
                  zone eu-west-1a
                    public-a  172.20.2.0/24  public   front 172.20.2.10
                    web-a     172.20.11.0/24 private  front 172.20.11.5
                    db-a      172.20.21.0/24 private  shop-one 172.20.21.100, web-2b 172.20.21.101, orders 172.20.21.77
                  front     127.0.0.1:any free port, application, least-outstanding-requests, nginx-default, retry alb, \
                GET /readyz at port 9090 every 300ms, timeout 150ms, healthy after 5, unhealthy after 3, matcher 204,301-399
                  shop-one  t2.micro: 1 vCPU = 0.25 cores, 1 GiB
                  web-2b    m5.large: 2 vCPU = 0.5 cores, 8 GiB
                  orders    db.t3.medium: 2 vCPU = 0.5 cores, 4 GiB, primary
                  allowed   elb->web:8080, web->db:3306, nothing else
                """);
    }

    @Test
    void monitoringIsBasicUnlessTheFileSaysDetailedForAllOrForOne() {
        Topology some = TopologyFile.parse("shop.yaml", """
                name: shop
                web:
                  monitoring: detailed
                  instances:
                    - zone: a
                    - {zone: c, monitoring: basic}
                """);

        assertThat(some.web()).extracting(Instance::monitoring).containsExactly(Monitoring.DETAILED, Monitoring.BASIC);
        assertThat(some.describe()).contains("web-1a    t3.small: 2 vCPU = 1.0 cores, 2 GiB, detailed monitoring\n");
        assertThat(some.withBase(Cidr.parse("10.77.0.0/16")).web())
                .extracting(Instance::monitoring)
                .containsExactly(Monitoring.DETAILED, Monitoring.BASIC);
        assertThat(TopologyFile.pattern("two-web-one-db").web())
                .extracting(Instance::monitoring)
                .containsOnly(Monitoring.BASIC);
    }

    @Test
    void theKeysOfTheBalancerCount() {
        LoadBalancer read = TopologyFile.parse("shop.yaml", """
                name: shop
                load-balancer:
                  retry: alb
                  connect-timeout: 1s
                  per-try-timeout: 2s
                  idle-timeout: 3s
                  cross-zone: false
                  deregistration-delay: 4s
                  slow-start: 30s
                  stickiness: 1h
                """).loadBalancer();

        assertThat(read.forwarding())
                .isEqualTo(
                        new Forwarding(Retry.ALB, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
        assertThat(read.targetGroup())
                .isEqualTo(new TargetGroupAttributes(
                        Algorithm.ROUND_ROBIN,
                        false,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(30),
                        Optional.of(Duration.ofHours(1))));
    }

    @Test
    void aNetworkBalancerChecksConnectionsAndRepeatsNothing() {
        LoadBalancer read = TopologyFile.parse("nlb.yaml", "{name: nlb, load-balancer: {type: network}}")
                .loadBalancer();

        assertThat(read.type()).isEqualTo(BalancerType.NETWORK);
        assertThat(read.forwarding().retry()).isEqualTo(Retry.NONE);
        assertThat(read.healthCheck())
                .hasToString("TCP connect every 1s, timeout 500ms, healthy after 2, unhealthy after 2");
        assertThat(read.targetGroup().crossZone()).isFalse();
        assertThat(read.forwarding().idleTimeout()).isEqualTo(Duration.ofSeconds(350));
    }

    @Test
    void byAwsClocksANetworkBalancerHasItsOwnTimeouts() {
        Timing aws = new Timing(Timing.Clocks.AWS, 1);
        String file = "{name: nlb, load-balancer: {type: %s, health-check: {protocol: %s}}}";

        assertThat(TopologyFile.parse("nlb.yaml", file.formatted("network", "http"))
                        .withTiming(aws)
                        .loadBalancer())
                .satisfies(it -> {
                    assertThat(it.healthCheck().timeout()).isEqualTo(Duration.ofSeconds(6));
                    assertThat(it.forwarding().idleTimeout()).isEqualTo(Duration.ofSeconds(350));
                    assertThat(it.forwarding().retry()).isEqualTo(Retry.NONE);
                });
        assertThat(TopologyFile.parse("nlb.yaml", file.formatted("network", "tcp"))
                        .withTiming(aws)
                        .loadBalancer()
                        .healthCheck()
                        .timeout())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(TopologyFile.parse("alb.yaml", file.formatted("application", "http"))
                        .withTiming(aws)
                        .loadBalancer()
                        .healthCheck()
                        .timeout())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anAddressThatTheFileGivesIsKeptFreeByAllOthers() {
        Topology own = TopologyFile.parse("own.yaml", """
                name: own
                zones: [a]
                web: {instances: [{}, {address: 10.0.10.10}, {address: 10.0.10.5}]}
                """);

        assertThat(own.web())
                .map(it -> it.primary().address().toString())
                .containsExactly("10.0.10.11", "10.0.10.10", "10.0.10.5");
        assertThat(own.loadBalancer().addressIn("web-a")).contains(Ipv4.parse("10.0.10.6"));
    }

    /** Each file is one line of flow style, with its whole message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {region: eu-west-1}                          | 1:1: expected a name of at most 32 lower-case letters, digits and dashes that begins with a letter for name, found no such key
            {name: My Shop}                              | 1:8: expected a name of at most 32 lower-case letters, digits and dashes that begins with a letter for name, found the text "My Shop"
            {name: x, region: tokyo}                     | 1:19: expected a region such as ap-northeast-1 for region, found the text "tokyo"
            {name: x, zones: a}                          | 1:18: expected a list for zones, found the text "a"
            {name: x, zones: []}                         | 1:18: expected at least one entry for zones, found an empty list
            {name: x, zones: b, database: {zone: b}}     | 1:18: expected a list for zones, found the text "b"
            {name: x, web: {instances: []}}              | 1:28: expected at least one entry for web.instances, found an empty list
            {name: x, zones: [a, ab]}                    | 1:22: expected the letter of an Availability Zone, such as a for zones, found the text "ab"
            {name: x, zones: [a, a]}                     | 1:22: expected each zone once, found a second a
            {name: x, zones: [a, b, c, d, e, f, g]}      | 1:37: expected at most 6 zones, found 7 of them
            {name: x, cores-per-vcpu: 0}                 | 1:27: expected a number from 0.05 to 4.0 for cores-per-vcpu, found the number 0
            {name: x, vpc: 8.8.0.0/16}                   | 1:16: expected a private block (RFC 1918) of /16 to /28, such as 10.0.0.0/16 for vpc, found the text "8.8.0.0/16"
            {name: x, vpc: 10.0.0.0/8}                   | 1:16: expected a private block (RFC 1918) of /16 to /28, such as 10.0.0.0/16 for vpc, found the text "10.0.0.0/8"
            {name: x, vpc: 10.0.0.16/28}                 | 1:16: expected subnets inside the VPC 10.0.0.16/28, found public-a 10.0.1.0/24
            {name: x, subnets: {web-a: 10.0.10.7/24}}    | 1:28: expected a block of /16 to /28 by its first address, such as 10.0.10.0/24 for subnets.web-a, found the text "10.0.10.7/24"
            {name: x, subnets: {web-a: 10.0.10.0/29}}    | 1:28: expected a block of /16 to /28 by its first address, such as 10.0.10.0/24 for subnets.web-a, found the text "10.0.10.0/29"
            {name: x, subnets: {web-a: 10.1.10.0/24}}    | 1:28: expected subnets inside the VPC 10.0.0.0/16, found web-a 10.1.10.0/24
            {name: x, subnets: {web-b: 10.0.30.0/24}}    | 1:21: expected a known key of subnets, found "web-b"; did you mean "web-a"?
            {name: x, subnets: {web-a: 10.0.20.0/23}}    | 1:28: expected subnets without common addresses, found web-a 10.0.20.0/23 and db-a 10.0.20.0/24
            {name: x, load-balancer: {scheme: internal}} | 1:35: expected one of internet-facing for load-balancer.scheme, found the text "internal"
            {name: x, load-balancer: {listener-port: 70000}} | 1:42: expected a whole number from 0 to 65535 for load-balancer.listener-port, found the number 70000
            {name: x, load-balancer: {balancing: nginx-defautl}} | 1:38: expected one of tuned, nginx-default for load-balancer.balancing, found the text "nginx-defautl"; did you mean "nginx-default"?
            {name: x, load-balancer: {health-check: {path: healthz}}} | 1:48: expected a path such as /healthz for load-balancer.health-check.path, found the text "healthz"
            {name: x, load-balancer: {health-check: {path: "/a{b}"}}} | 1:48: expected a path such as /healthz for load-balancer.health-check.path, found the text "/a{b}"
            {name: x, load-balancer: {health-check: {path: "/50%"}}} | 1:48: expected a path such as /healthz for load-balancer.health-check.path, found the text "/50%"
            {name: x, load-balancer: {health-check: {interval: 301s}}} | 1:52: expected a duration from 100ms to 5m for load-balancer.health-check.interval, found the text "301s"
            {name: x, load-balancer: {health-check: {interval: 2}}} | 1:52: expected a duration from 100ms to 5m for load-balancer.health-check.interval, found the number 2
            {name: x, load-balancer: {health-check: {timeout: 1s}}} | 1:51: expected a timeout below the interval of 1s, found 1s
            {name: x, load-balancer: {health-check: {healthy-threshold: 1}}} | 1:61: expected a whole number from 2 to 10 for load-balancer.health-check.healthy-threshold, found the number 1
            {name: x, load-balancer: {health-check: {matcher: 500}}} | 1:51: expected codes from 200 to 499 such as 200 or 200,301-399 for load-balancer.health-check.matcher, found the number 500
            {name: x, load-balancer: {health-check: {matcher: 300-200}}} | 1:51: expected codes from 200 to 499 such as 200 or 200,301-399 for load-balancer.health-check.matcher, found the text "300-200"
            {name: x, load-balancer: {health-check: {protocol: tcp, path: /x}}} | 1:63: expected no path with protocol tcp, found /x; a connection that is accepted passes
            {name: x, load-balancer: {health-check: {port: 0}}} | 1:48: expected a whole number from 1 to 65535 for load-balancer.health-check.port, found the number 0
            {name: x, load-balancer: {retry: always}}    | 1:34: expected one of none, alb, safe, idempotent for load-balancer.retry, found the text "always"
            {name: x, load-balancer: {per-try-timeout: 5s, idle-timeout: 2s}} | 1:44: expected a per-try-timeout of at most the idle-timeout of 2s, found 5s
            {name: x, load-balancer: {deregistration-delay: 2h}} | 1:49: expected a duration from 0s to 1h for load-balancer.deregistration-delay, found the text "2h"
            {name: x, load-balancer: {slow-start: 1h}}   | 1:39: expected a duration from 0s to 15m for load-balancer.slow-start, found the text "1h"
            {name: x, load-balancer: {slow-start: 30s, algorithm: least-outstanding-requests}} | 1:39: expected no slow-start with least-outstanding-requests, found 30s; as on AWS the two exclude each other
            {name: x, load-balancer: {stickiness: 200h}} | 1:39: expected a duration from 1s to 168h for load-balancer.stickiness, found the text "200h"
            {name: x, load-balancer: {type: network, retry: idempotent}} | 1:49: expected retry none with type network, found idempotent; a network balancer passes connections on and reads no requests
            {name: x, load-balancer: {type: network, idle-timeout: 4s}} | 1:56: expected no idle-timeout with type network, found 4s; a network balancer passes connections on and reads no requests
            {name: x, load-balancer: {type: network, per-try-timeout: 1s}} | 1:59: expected no per-try-timeout with type network, found 1s; a network balancer passes connections on and reads no requests
            {name: x, load-balancer: {type: network, stickiness: 1h}} | 1:54: expected no stickiness with type network, found 1h; a network balancer passes connections on and reads no requests
            {name: x, web: two}                          | 1:16: expected keys and values for web, found the text "two"
            {name: x, web: {count: 0}}                   | 1:24: expected a whole number from 1 to 1000 for web.count, found the number 0
            {name: x, web: {count: 2, instances: [{}]}}  | 1:24: expected either web.count or web.instances, found both
            {name: x, web: {instance-type: t3.smal}}     | 1:32: expected one of t2.micro, t2.small, t2.medium, t3.micro, t3.small, t3.medium, m5.large for web.instance-type, found the text "t3.smal"; did you mean "t3.small"?
            {name: x, web: {instances: [{zone: d}]}}     | 1:36: expected one of a, c for web.instances[0].zone, found the text "d"
            {name: x, web: {instances: [{adress: 10.0.10.10}]}} | 1:30: expected a known key of web.instances[0], found "adress"; did you mean "address"?
            {name: x, web: {instances: [{address: 10.0.10}]}} | 1:39: expected an address such as 10.0.10.10 for web.instances[0].address, found the text "10.0.10"
            {name: x, web: {instances: [{address: 10.0.11.10}]}} | 1:39: expected an address of web-a 10.0.10.0/24 from 10.0.10.4 to 10.0.10.254 for web-1a, found 10.0.11.10; it lies outside the subnet
            {name: x, web: {instances: [{address: 10.0.10.3}]}} | 1:39: expected an address of web-a 10.0.10.0/24 from 10.0.10.4 to 10.0.10.254 for web-1a, found 10.0.10.3; AWS reserves the first four addresses of a subnet and the last
            {name: x, web: {instances: [{address: 10.0.10.255}]}} | 1:39: expected an address of web-a 10.0.10.0/24 from 10.0.10.4 to 10.0.10.254 for web-1a, found 10.0.10.255; AWS reserves the first four addresses of a subnet and the last
            {name: x, web: {instances: [{zone: a, address: 10.0.10.9}, {zone: a, address: 10.0.10.9}]}} | 1:79: expected each address once, found 10.0.10.9 for web-1a and web-2a
            {name: x, web: {instances: [{name: w}, {name: w}]}} | 1:47: expected each name once, found a second "w"
            {name: x, web: {instances: [{name: lb}]}}    | 1:36: expected each name once, found a second "lb"
            {name: x, database: {identifier: web-1a}}    | 1:34: expected each name once, found a second "web-1a"
            {name: x, database: {class: t3.small}}       | 1:29: expected one of db.t2.micro, db.t2.small, db.t2.medium, db.t3.micro, db.t3.small, db.t3.medium, db.m5.large for database.class, found the text "t3.small"; did you mean "db.t3.small"?
            {name: x, database: {zone: b}}               | 1:28: expected one of a, c for database.zone, found the text "b"
            {name: x, database: {address: 10.0.21.10}}   | 1:31: expected an address of db-a 10.0.20.0/24 from 10.0.20.4 to 10.0.20.254 for db-1, found 10.0.21.10; it lies outside the subnet
            {name: x, zones: [a], database: {multi-az: true}} | 1:44: expected two zones for database.multi-az, found zone a alone
            {name: x, database: {multi-az: true, semi-sync: async}} | 1:49: expected one of block, fallback for database.semi-sync, found the text "async"
            {name: x, database: {semi-sync: block}}      | 1:33: expected database.semi-sync only with multi-az: true, found no standby
            {name: x, database: {backup-retention-period: 36}} | 1:47: expected a whole number from 0 to 35 for database.backup-retention-period, found the number 36
            {name: x, database: {preferred-backup-window: 17:00-17:10}} | 1:47: expected a time of day of at least 30 minutes in UTC, such as 17:00-17:30, for database.preferred-backup-window, found the text "17:00-17:10"
            {name: x, database: {parameter-group: {family: postgres16}}} | 1:48: expected a family of MySQL, such as mysql8.4 or mysql9.7, for database.parameter-group.family, found the text "postgres16"
            {name: x, database: {parameter-group: {parameters: {datadir: /tmp}}}} | 1:62: expected a parameter that can be modified in database.parameter-group.parameters, found datadir, which RDS keeps to itself
            {name: x, database: {parameter-group: {parameters: {Max: 1}}}} | 1:58: expected the name of a parameter, such as max_connections in database.parameter-group.parameters, found 'Max'
            {name: x, database: {backup-retention-period: 0, read-replica: {}}} | 1:47: expected a database.backup-retention-period of 1 or more with database.read-replica, found 0; as on RDS, a replica is made of a database that has automated backups
            {name: x, database: {read-replica: {zone: b}}} | 1:43: expected one of a, c for database.read-replica.zone, found the text "b"
            {name: x, database: {read-replica: {identifier: db-1}}} | 1:49: expected each name once, found a second "db-1"
            {name: x, database: {read-replica: {identifier: web-1a}}} | 1:49: expected each name once, found a second "web-1a"
            {name: x, database: {read-replica: {address: 10.0.20.30}}} | 1:46: expected an address of db-c 10.0.21.0/24 from 10.0.21.4 to 10.0.21.254 for db-1-replica, found 10.0.20.30; it lies outside the subnet
            {name: x, database: {read-replica: {zome: c}}} | 1:37: expected a known key of database.read-replica, found "zome"; did you mean "zone"?
            {name: x, database: {allocated-storage: 100MiB}} | 1:41: expected a size from 256MiB to 16GiB, for database.allocated-storage, found the text "100MiB"
            {name: x, name: y}                           | 1:11: expected each key once, found a second "name"; the first is in line 1
            {name: x, webb: {count: 2}}                  | 1:11: expected a known key, found "webb"; did you mean "web"?
            {name: x, zones: [a], subnets: {web-a: 10.0.10.0/28}, web: {count: 11}} | 1:68: expected at most 11 addresses in web-a 10.0.10.0/28 (16 less the 5 that AWS reserves), found one more for web-11a; take fewer web servers or a larger subnet
            [name, x]                                    | 1:1: expected keys and values, found a list
            name: [x                                     | 1:9: expected YAML, found an error of syntax; expected ',' or ']', but got <stream end>
            """)
    void oneMistakeIsOneProblemWithItsPlace(String yaml, String message) {
        assertThat(problemsOf(yaml)).containsExactly("shop.yaml:" + message);
    }

    @Test
    void aFileWithEightMistakesGivesEightProblems() {
        assertThat(problemsOf("""
                        name: shop
                        subnets:
                          web-a: 10.1.10.0/24
                          db-a: 10.0.11.0/24
                        load-balancer:
                          algoritm: round-robin
                          health-check:
                            interval: 50ms
                            healthy-threshold: many
                        web:
                          instance-type: t3.smal
                          instances:
                            - name: web-1a
                              zone: b
                            - zone: c
                              address: 10.0.11.3
                        """))
                .containsExactly(
                        "shop.yaml:3:10: expected subnets inside the VPC 10.0.0.0/16, found web-a 10.1.10.0/24",
                        "shop.yaml:4:9: expected subnets without common addresses, "
                                + "found web-c 10.0.11.0/24 and db-a 10.0.11.0/24",
                        "shop.yaml:6:3: expected a known key of load-balancer, found \"algoritm\"; "
                                + "did you mean \"algorithm\"?",
                        "shop.yaml:8:15: expected a duration from 100ms to 5m for load-balancer.health-check.interval, "
                                + "found the text \"50ms\"",
                        "shop.yaml:9:24: expected a whole number from 2 to 10 "
                                + "for load-balancer.health-check.healthy-threshold, found the text \"many\"",
                        "shop.yaml:11:18: expected one of t2.micro, t2.small, t2.medium, t3.micro, t3.small, "
                                + "t3.medium, m5.large for web.instance-type, found the text \"t3.smal\"; "
                                + "did you mean \"t3.small\"?",
                        "shop.yaml:14:13: expected one of a, c for web.instances[0].zone, found the text \"b\"",
                        "shop.yaml:16:16: expected an address of web-c 10.0.11.0/24 from 10.0.11.4 to 10.0.11.254 "
                                + "for web-1c, found 10.0.11.3; "
                                + "AWS reserves the first four addresses of a subnet and the last");
    }

    @Test
    void aMistypedZoneIsNotRepeatedForAllThatIsInIt() {
        assertThat(problemsOf("""
                        name: shop
                        zones: [a, C]
                        subnets: {web-c: 10.0.30.0/24}
                        web: {instances: [{zone: c, address: 10.0.30.10}]}
                        database: {zone: c}
                        """))
                .containsExactly("shop.yaml:2:12: expected the letter of an Availability Zone, such as a for zones, "
                        + "found the text \"C\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            two-web-one-bd   | did you mean "two-web-one-db"?
            three-tier       | available patterns: one-web-one-db, two-web-one-db, two-web-multi-az, two-web-read-replica
            """)
    void anUnknownPatternIsRefusedWithWhatThereIs(String name, String hint) {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> TopologyFile.named(name)))
                .hasMessage("topology: expected a pattern or a .yaml file, found \"" + name + "\"; " + hint);
    }

    @Test
    void filesAreReadByTheirPath(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), TopologyFile.patternText("one-web-one-db"));
        assertThat(TopologyFile.named(file.toString())).isEqualTo(TopologyFile.pattern("one-web-one-db"));
    }

    @Test
    void aFileThatCannotBeReadIsAProblemToo(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertThat(catchThrowableOfType(InvalidInput.class, () -> TopologyFile.read(missing)))
                .hasMessage(missing + ": expected a file of UTF-8 text, found no such file; check the path");
        Path latin = Files.write(folder.resolve("latin.yaml"), "name: é".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(InvalidInput.class, () -> TopologyFile.read(latin)))
                .hasMessage(latin + ": expected a file of UTF-8 text, found other bytes");
    }

    private static NetworkInterface at(String subnet, String address) {
        return new NetworkInterface(subnet, Ipv4.parse(address));
    }

    private static List<String> problemsOf(String yaml) {
        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> TopologyFile.parse("shop.yaml", yaml));
        return refused.problems().stream().map(Problem::toString).toList();
    }
}
