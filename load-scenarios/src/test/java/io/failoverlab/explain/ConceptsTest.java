package io.failoverlab.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.document.DurationText;
import io.failoverlab.ec2.CpuCredits;
import io.failoverlab.topology.BackupPolicy;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Timing;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConceptsTest {
    private static final Concepts CONCEPTS = Concepts.read();

    @Test
    void everythingThatTheTopologiesAndTheirReportsNameIsExplained() {
        assertThat(CONCEPTS.all())
                .extracting(Concept::name)
                .contains(
                        "region",
                        "vpc",
                        "availability-zone",
                        "subnet",
                        "public-ip",
                        "private-ip",
                        "cidr",
                        "address-plan",
                        "route-table",
                        "internet-gateway",
                        "network-steps",
                        "network-design",
                        "security-group",
                        "elastic-ip",
                        "dns",
                        "tcp-ip",
                        "ports",
                        "instance",
                        "ami",
                        "instance-type",
                        "ebs",
                        "instance-store",
                        "placement-group",
                        "spot",
                        "capacity-reservation",
                        "instance-role",
                        "termination-protection",
                        "monitoring",
                        "tenancy",
                        "elastic-inference",
                        "cpu-credits",
                        "user-data",
                        "volume-types",
                        "tags",
                        "key-pair",
                        "server-process",
                        "cpu-stress",
                        "rds",
                        "multi-az",
                        "read-replica",
                        "backup",
                        "snapshot",
                        "point-in-time-restore",
                        "minor-upgrade",
                        "rds-monitoring",
                        "db-subnet-group",
                        "db-security-group",
                        "parameter-group",
                        "option-group",
                        "create-database",
                        "db-client",
                        "convert-to-multi-az",
                        "design-points",
                        "s3",
                        "cloudfront",
                        "availability",
                        "standby-modes",
                        "scaling",
                        "auto-scaling",
                        "patterns",
                        "load-balancer",
                        "load-balancer-steps",
                        "cloudwatch",
                        "alarm",
                        "iam",
                        "fis",
                        "rds-proxy");
    }

    @Test
    void theCodesNumbersAreTheCodesNumbers() {
        Concept check = CONCEPTS.named("health-check");
        assertThat(check.numbers().getFirst())
                .isEqualTo(new Concept.Quantity(
                        "interval",
                        DurationText.print(HealthCheck.ELB_DEFAULT.interval()) + " (5s to 5m)",
                        "1s (" + DurationText.print(HealthCheck.MIN_INTERVAL) + " to 5m)"));
        assertThat(text(CONCEPTS.named("backup"))).contains("0 to " + BackupPolicy.MAX_RETENTION_DAYS);
        assertThat(text(CONCEPTS.named("time-scale"))).contains("1 to " + Timing.MAX_SCALE);
        for (InstanceType type : InstanceType.values()) {
            assertThat(text(CONCEPTS.named("instance-type"))).contains(type.awsName() + " " + type.vcpus() + " vCPU");
            if (CpuCredits.earnedPerHour(type) > 0) {
                assertThat(text(CONCEPTS.named("cpu-credits")))
                        .contains(type.awsName() + " " + CpuCredits.earnedPerHour(type))
                        .contains(type.awsName() + " " + CpuCredits.most(type));
            }
        }
    }

    /** AWS's own numbers, written down here once more: a slip of the pen in one of the two is found. */
    @Test
    void awsNumbersAreAwsNumbers() {
        assertThat(aws("health-check")).contains("30s (5s to 5m)", "5s (2s to 2m)", "5 (2 to 10)", "2 (2 to 10)");
        assertThat(aws("deregistration-delay")).contains("5m (0s to 1h)");
        assertThat(aws("load-balancer")).contains("10s, then 504", "1m (1s to 1h6m40s)", "502", "503");
        assertThat(aws("subnet")).contains("/16 to /28", "251");
        assertThat(aws("multi-az")).contains("60 s to 120 s typically");
        assertThat(aws("backup")).contains("7 days from the console, 1 from the API (0 to 35)", "every 5m");
        assertThat(aws("read-replica")).contains("up to 15");
        assertThat(aws("cpu-credits"))
                .contains("t2.micro 6, t2.small 12, t2.medium 24, t3.micro 12, t3.small 24, t3.medium 24")
                .contains("t2.micro 144, t2.small 288, t2.medium 576, t3.micro 288, t3.small 576, t3.medium 576");
        assertThat(aws("cloudwatch")).contains("3 hours", "15 days", "63 days", "455 days");
        assertThat(aws("auto-scaling")).contains("5m from the console, 0s from the API", "90 % to 100 % healthy");
        assertThat(aws("patterns")).contains("up 98.9926 % with the SLAs' numbers", "up 99.4876 %", "up 99.985 %");
    }

    private static List<String> aws(String name) {
        return CONCEPTS.named(name).numbers().stream()
                .map(Concept.Quantity::aws)
                .toList();
    }

    @Test
    void aNameIsFoundHoweverItIsWritten() {
        assertThat(List.of("Multi-AZ", "multi az", "multiaz", "STANDBY"))
                .allMatch(name -> CONCEPTS.named(name).name().equals("multi-az"));
    }

    @Test
    void anUnknownNameHasTheNearestOne() {
        assertThatThrownBy(() -> CONCEPTS.named("sub-nets"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected something that can be explained, found sub-nets; did you mean subnet?");
        assertThatThrownBy(() -> CONCEPTS.named("kubernetes"))
                .hasMessage("expected something that can be explained, found kubernetes; `lab explain` lists all");
    }

    @Test
    void everySourceIsAPageOfAws() {
        assertThat(CONCEPTS.all())
                .allMatch(it ->
                        it.source().url().toString().matches("https://docs\\.aws\\.amazon\\.com/[\\w./-]+\\.html"));
    }

    @Test
    void whatIsNotHereSaysSo() {
        assertThat(CONCEPTS.all().stream().filter(it -> it.mirror() == Mirror.NONE))
                .allMatch(it -> it.here().matches("(There (is|are) none|Shared, always).*"));
    }

    @Test
    void everyFigureOfTheCodeIsUsed() throws Exception {
        Set<String> used = new TreeSet<>();
        for (String file : List.of("network", "compute", "database", "balancing", "operations")) {
            try (InputStream in = ConceptsTest.class.getResourceAsStream("/explain/" + file + ".yaml")) {
                used.addAll(Pattern.compile("\\$\\{([^}…]+)}")
                        .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .results()
                        .map(MatchResult::group)
                        .map(place -> place.substring(2, place.length() - 1))
                        .collect(Collectors.toSet()));
            }
        }
        assertThat(Figures.ofTheCode().keySet()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void theTextHasAllPartsWithinItsWidth() {
        List<String> lines = ConceptText.of(CONCEPTS.named("deregistration-delay"), 72, title -> title.toUpperCase());
        assertThat(lines).startsWith("DEREGISTRATION DELAY  (deregistration-delay, mirrored)", "", "ON AWS");
        assertThat(lines)
                .contains(
                        "NUMBERS",
                        "         AWS            here",
                        "  delay  5m (0s to 1h)  10s (the same)",
                        "TRY",
                        "  lab terminate web-1a",
                        "  https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html");
        assertThat(lines.stream().filter(line -> !line.contains("https:"))).allMatch(line -> line.length() <= 72);
    }

    private static String text(Concept concept) {
        return String.join("\n", ConceptText.of(concept, 400, title -> title));
    }
}
