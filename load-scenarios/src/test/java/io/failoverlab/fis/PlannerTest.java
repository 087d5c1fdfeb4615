package io.failoverlab.fis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.fault.AzNetwork;
import io.failoverlab.fault.CpuStress;
import io.failoverlab.fault.Cut;
import io.failoverlab.fault.DiskFull;
import io.failoverlab.fault.IoStress;
import io.failoverlab.fault.KillProcess;
import io.failoverlab.fault.Latency;
import io.failoverlab.fault.MemoryStress;
import io.failoverlab.fault.PacketFilter;
import io.failoverlab.fault.Stop;
import io.failoverlab.fis.Plan.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Stack TWO_WEB = GoldenTemplates.stack("two-web-one-db");
    private static final Stack MULTI_AZ = GoldenTemplates.stack("two-web-multi-az");

    @Test
    void aZoneIsStopped() throws IOException {
        Plan plan = golden(
                "stop-a-zone",
                Planner.plan(
                        GoldenTemplates.read("stop-a-zone"),
                        TWO_WEB,
                        Mapping.parse(List.of("shop-errors=target-5xx")),
                        7,
                        10));

        assertThat(work(plan, "stop"))
                .isEqualTo(new Work.Inject(
                        new Stop(),
                        List.of("web-1c"),
                        Optional.of(Duration.ofSeconds(30)),
                        Duration.ofSeconds(30),
                        true));
        assertThat(plan.begin("well")).isEqualTo(Duration.ofSeconds(42));
        assertThat(plan.length()).as("with the time to shut down and to boot").isEqualTo(Duration.ofSeconds(52));
    }

    @Test
    void everyActionOnInstances() throws IOException {
        Plan plan = golden("instances", Planner.plan(GoldenTemplates.read("instances"), TWO_WEB, Mapping.NONE, 7, 1));

        assertThat(work(plan, "stress"))
                .isEqualTo(new Work.Inject(
                        new CpuStress(2, Duration.ofSeconds(90)),
                        List.of("web-1c"),
                        Optional.of(Duration.ofSeconds(90)),
                        Duration.ofMinutes(2),
                        false));
    }

    @Test
    void everySsmDocumentIsAFault() throws IOException {
        Plan plan = golden(
                "documents",
                Planner.plan(
                        GoldenTemplates.read("documents"),
                        TWO_WEB,
                        Mapping.parse(List.of("db.example.com=db-1", "10.1.2.3=lb")),
                        7,
                        10));
        Duration twelve = Duration.ofSeconds(12);

        assertThat(plan.actions().stream().map(it -> ((Work.Inject) it.work()).fault()))
                .containsExactly(
                        // 60 % of one of two vCPUs
                        new CpuStress(1, 30, twelve),
                        new MemoryStress(80, twelve),
                        new IoStress(2, twelve),
                        new DiskFull(95),
                        new KillProcess("java", "TERM", true),
                        PacketFilter.blackholePort("tcp", 3306, true),
                        new Latency(Duration.ofMillis(300), Duration.ZERO),
                        new Latency(Duration.ofMillis(200), Duration.ofMillis(10)),
                        PacketFilter.loss(15, List.of()),
                        PacketFilter.loss(
                                15, List.of("10.0.20.10", "10.0.1.10", "10.0.2.10", "10.0.10.5", "10.0.11.5")));
        assertThat(work(plan, "port"))
                .isEqualTo(new Work.Inject(
                        PacketFilter.blackholePort("tcp", 3306, true),
                        List.of("web-1c"),
                        Optional.of(Duration.ofSeconds(6)),
                        twelve,
                        false));
    }

    @Test
    void aSourceOfPacketsThatNobodyNamedIsAsked() {
        assertThatThrownBy(() -> Planner.plan(
                        GoldenTemplates.read("documents"), TWO_WEB, Mapping.parse(List.of("10.1.2.3=lb")), 7, 10))
                .hasMessageEndingWith("documents.json: source db.example.com: expected names of the stack for it:"
                        + " db-1, lb, web-1a, web-1c, found none; --map db.example.com=db-1 says which it is");
    }

    @Test
    void aZoneIsCutOffAndTheDatabaseFailsOver() throws IOException {
        Plan plan = golden(
                "zone-and-database",
                Planner.plan(GoldenTemplates.read("zone-and-database", "cache"), MULTI_AZ, Mapping.NONE, 7, 10));

        assertThat(work(plan, "cut"))
                .isEqualTo(new Work.Inject(
                        new AzNetwork(),
                        List.of("a"),
                        Optional.of(Duration.ofSeconds(12)),
                        Duration.ofSeconds(12),
                        false));
    }

    private static Plan golden(String name, Plan plan) throws IOException {
        Path written = Files.createDirectories(Path.of("target/golden-fis")).resolve(name + ".txt");
        Files.write(written, PlanText.of(plan));
        assertThat(written)
                .as("is it meant to change? then: cp %s %s", written, GoldenTemplates.plan(name))
                .hasSameTextualContentAs(GoldenTemplates.plan(name));
        return plan;
    }

    private static Work work(Plan plan, String action) {
        return plan.actions().stream()
                .filter(it -> it.name().equals(action))
                .findFirst()
                .orElseThrow()
                .work();
    }

    @Test
    void theSameSeedChoosesTheSameAndAnotherMayChooseOthers() {
        Template template = GoldenTemplates.read("instances");
        List<List<String>> chosen =
                LongStream.range(0, 20).mapToObj(seed -> half(template, seed)).toList();

        assertThat(LongStream.range(0, 20).mapToObj(seed -> half(template, seed)))
                .containsExactlyElementsOf(chosen);
        assertThat(chosen).contains(List.of("web-1a"), List.of("web-1c"));
    }

    private static List<String> half(Template template, long seed) {
        return Planner.plan(template, TWO_WEB, Mapping.NONE, seed, 1)
                .targets()
                .get("half")
                .names();
    }

    @Test
    void someOfAZonesSubnetsCutSingleInstances() {
        Template template = TemplateFile.parse("cut.json", """
                {
                  "description": "d", "roleArn": "arn:aws:iam::123456789012:role/fis", "stopConditions": [],
                  "targets": {"s": {"resourceType": "aws:ec2:subnet", "selectionMode": "ALL",
                    "resourceArns": ["arn:aws:ec2:us-east-1:123456789012:subnet/web-a",
                                     "arn:aws:ec2:us-east-1:123456789012:subnet/public-c"]}},
                  "actions": {"cut": {"actionId": "aws:network:disrupt-connectivity",
                    "parameters": {"duration": "PT30S", "scope": "all"}, "targets": {"Subnets": "s"}}}
                }
                """, Set.of());

        Plan plan = Planner.plan(template, MULTI_AZ, Mapping.NONE, 1, 10);

        assertThat(work(plan, "cut"))
                .isEqualTo(new Work.Inject(
                        new Cut(),
                        List.of("web-1a"),
                        Optional.of(Duration.ofSeconds(30)),
                        Duration.ofSeconds(30),
                        false));
        assertThat(plan.notes()).contains("cut: duration PT30S is taken as it is; AWS wants a minute or more");
    }

    @Test
    void subnetsLoseTheWayToOtherZonesAndKeepTheirOwn() {
        Template template = TemplateFile.parse("apart.json", """
                {
                  "description": "d", "roleArn": "arn:aws:iam::123456789012:role/fis", "stopConditions": [],
                  "targets": {"s": {"resourceType": "aws:ec2:subnet", "selectionMode": "ALL",
                    "resourceArns": ["arn:aws:ec2:us-east-1:123456789012:subnet/web-c"]}},
                  "actions": {"apart": {"actionId": "aws:network:disrupt-connectivity",
                    "parameters": {"duration": "PT1M", "scope": "availability-zone"}, "targets": {"Subnets": "s"}}}
                }
                """, Set.of());

        Plan plan = Planner.plan(template, TWO_WEB, Mapping.NONE, 1, 10);

        // In web-c nobody is but the balancer beside it; others of zone a are met in the subnet of the database.
        assertThat(work(plan, "apart"))
                .isEqualTo(new Work.Inject(
                        PacketFilter.zonesApart(List.of(
                                new PacketFilter.Pair("10.0.20.101", "10.0.20.100"),
                                new PacketFilter.Pair("10.0.20.101", "10.0.20.10"))),
                        List.of("web-1c"),
                        Optional.of(Duration.ofSeconds(6)),
                        Duration.ofSeconds(6),
                        false));
        assertThat(((PacketFilter) ((Work.Inject) work(plan, "apart")).fault()).rules())
                .endsWith("INPUT -s 10.0.20.10 -d 10.0.20.101 -j DROP", "OUTPUT -s 10.0.20.101 -d 10.0.20.10 -j DROP")
                .hasSize(4);
    }

    @Test
    void whatAStackCannotDoIsToldAllAtOnce() {
        Template read = GoldenTemplates.read("zone-and-database", "cache", "large");
        Template failing = new Template(
                read.source(),
                read.description(),
                read.targets(),
                read.actions(),
                read.stopAlarmArns(),
                Template.EmptyTargets.FAIL,
                read.notes());

        assertThatThrownBy(() ->
                        Planner.plan(failing, TWO_WEB, Mapping.parse(List.of("use1-az4=x", "nobody=web-1a")), 7, 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll(
                        "target cluster: expected a resource for ALL of aws:rds:cluster, found none that fits;"
                                + " --topology two-web-multi-az has one",
                        "action back: expected a Multi-AZ database for a reboot with forceFailover, found db-1, which is"
                                + " not; --topology two-web-multi-az has one",
                        "--map use1-az4: expected a zone: a, c, found x",
                        "--map: expected an ARN, a zone or a tag of src/test/resources/fis/zone-and-database.json,"
                                + " found nobody");
        assertThatThrownBy(() -> Planner.plan(GoldenTemplates.read("stop-a-zone"), TWO_WEB, Mapping.NONE, 7, 1))
                .hasMessageContainingAll(
                        "alarm shop-errors: expected an alarm of the stack: ",
                        "elb-5xx",
                        "web-1a-down",
                        "found shop-errors; --map shop-errors=ALARM says which it is");
    }

    @Test
    void anEmptyTargetByArnFailsEvenWhereOthersAreSkipped() {
        Template template = TemplateFile.parse("arns.json", """
                {
                  "description": "d", "roleArn": "arn:aws:iam::123456789012:role/fis", "stopConditions": [],
                  "targets": {"i": {"resourceType": "aws:rds:db", "selectionMode": "ALL",
                    "resourceArns": ["arn:aws:rds:us-east-1:123456789012:db:one",
                                     "arn:aws:rds:us-east-1:123456789012:db:two"]},
                    "j": {"resourceType": "aws:rds:db", "selectionMode": "ALL",
                    "resourceArns": ["arn:aws:rds:us-east-1:123456789012:db:three"]}},
                  "actions": {"r": {"actionId": "aws:rds:reboot-db-instances", "targets": {"DBInstances": "i"}},
                              "s": {"actionId": "aws:rds:reboot-db-instances", "targets": {"DBInstances": "j"}}},
                  "experimentOptions": {"emptyTargetResolutionMode": "skip"}
                }
                """, Set.of());

        assertThatThrownBy(() -> Planner.plan(template, TWO_WEB, Mapping.NONE, 1, 1))
                .hasMessageStartingWith("arns.json: target j: expected a resource for ALL of aws:rds:db, found none")
                .hasMessageNotContainingAny("target i");
    }

    @Test
    void theUserSaysWhatWordsMean() {
        Mapping mapping = Mapping.parse(List.of(
                "Name=web-1c=web-1a", "arn:aws:ec2:eu-west-1:123456789012:instance/i-0f00000000000001a=web-1a"));

        Plan plan = Planner.plan(GoldenTemplates.read("instances"), TWO_WEB, mapping, 1, 1);

        assertThat(plan.targets().get("two").names()).containsExactly("web-1a");
        assertThat(plan.targets().get("one").names()).containsExactly("web-1a");
        assertThat(plan.correspondence()).contains("tag Name=web-1c -> web-1a (as you say)");
    }
}
