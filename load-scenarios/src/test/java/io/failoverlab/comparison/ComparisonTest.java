package io.failoverlab.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.comparison.Damage.Kind;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.verdict.Figure;
import io.failoverlab.verdict.Measurement;
import io.failoverlab.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** Two web servers and a database: losing a web server costs nothing, the database and its zone cost the time of their repair. */
final class ComparisonTest {
    private static final Topology TWO_WEB = TopologyFile.pattern("two-web-one-db");
    private static final Map.Entry<String, String> LOST_NONE = Map.entry("writes-lost", "0");
    private static final Campaign CAMPAIGN = new Campaign(100, Duration.ofSeconds(8));

    @Test
    void aCampaignKillsEveryPartOnceAndThenTheDatabasesZone() {
        assertThat(CAMPAIGN.all(TWO_WEB).stream().map(it -> it.name() + " " + it.hits()))
                .containsExactly(
                        "kill lb [lb]",
                        "kill web-1a [web-1a]",
                        "kill web-1c [web-1c]",
                        "kill db-1 [db-1]",
                        "az-power a [web-1a, db-1]");
    }

    @Test
    void theTableSaysWhatEachStrikeCost() {
        assertThat(lines(ComparisonText.strikes(List.of(pattern()))))
                .containsExactly(
                        "TOPOLOGY | STRIKE | LOST | READS BACK AFTER | WRITES BACK AFTER | WRITES LOST OR DOUBLED | WITHOUT IT",
                        "two-web-one-db | kill lb | 100 of 2,200 | 1.000 s | 1.000 s | 0 | no reads and writes",
                        "two-web-one-db | kill web-1a | 0 of 2,200 | 20 ms | 20 ms | 0 | served",
                        "two-web-one-db | kill web-1c | 0 of 2,200 | 20 ms | 20 ms | 0 | served",
                        "two-web-one-db | kill db-1 | 800 of 2,200 | 8.100 s | 8.100 s | 0 | no reads and writes",
                        "two-web-one-db | az-power a | 800 of 2,200 | 8.100 s | 8.100 s | 0 | -");
    }

    @Test
    void measuredAvailabilityStandsBesideTheFormulas() {
        assertThat(lines(ComparisonText.summary(List.of(pattern()), StatedAvailability.AWS)))
                .containsExactly(
                        "TOPOLOGY | SERVED | BY FORMULA | A YEAR, BY FORMULA | SINGLE POINTS OF FAILURE | BY FORMULA",
                        "two-web-one-db | 84.55 % | 78.18 % | 99.4876 % | lb, db-1 | lb, db-1");
    }

    @Test
    void theJsonHasTheSame() throws Exception {
        JsonNode json = new JsonMapper().readTree(ComparisonJson.render(List.of(pattern()), StatedAvailability.AWS));
        JsonNode topology = json.at("/topologies/0");

        assertThat(topology.at("/strikes")).hasSize(5);
        assertThat(topology.at("/strikes/3/lost").asLong()).isEqualTo(800);
        assertThat(topology.at("/strikes/3/writes-outage").asText()).isEqualTo("8.100 s");
        assertThat(topology.at("/singlePointsOfFailure").toString()).isEqualTo("[\"lb\",\"db-1\"]");
    }

    @Test
    void thePictureIsAnSvgWithAStripForEachStrike() throws Exception {
        String svg = ComparisonPicture.render(List.of(pattern()));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

        assertThat(document.getElementsByTagName("text").getLength()).isEqualTo(11);
        assertThat(svg)
                .contains("kill db-1", "800 of 2,200 lost", "nothing lost", "single points of failure: lb, db-1");
    }

    @Test
    void lostWritesFailAndDoubtsAreUnknown() {
        Damage harmless = damage(CAMPAIGN.all(TWO_WEB).get(1), 0, 20, Set.of());

        assertThat(pattern().verdict()).isEqualTo(Verdict.PASS);
        assertThat(pattern(harmless, doubtful()).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(pattern(doubtful(), losing()).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(pattern(doubling()).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(ComparisonText.notes(List.of(pattern(doubtful())), StatedAvailability.AWS))
                .contains("not to be trusted: kill lb in two-web-one-db: the load was late");
    }

    /** What a run was asked to find out is no mistake in its report. */
    @Test
    void aRunExpectsNoWriteToBeKeptThatNobodyPromises() {
        Topology multiAz = TopologyFile.pattern("two-web-multi-az");
        Topology warm = multiAz.withRedundancy(Redundancy.WARM);

        assertThat(expected(TWO_WEB, "kill db-1")).contains(LOST_NONE);
        assertThat(expected(multiAz, "kill db-1")).contains(LOST_NONE);
        assertThat(expected(warm, "kill db-1")).isEqualTo(Map.of("writes-duplicated", "0", "writes-unexpected", "0"));
        assertThat(expected(warm, "az-power a")).doesNotContain(LOST_NONE);
        assertThat(expected(warm, "kill web-1a")).contains(LOST_NONE);
        assertThat(expected(warm, "kill db-2")).contains(LOST_NONE);
        assertThat(new PatternDamage(warm, CAMPAIGN, List.of(losing(strike(warm, "kill db-1")))).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(new PatternDamage(warm, CAMPAIGN, List.of(losing(strike(warm, "kill web-1a")))).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    private static Map<String, String> expected(Topology topology, String strike) {
        return CAMPAIGN.experiment(topology, strike(topology, strike)).expectations();
    }

    private static Strike strike(Topology topology, String name) {
        return CAMPAIGN.all(topology).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void kindsOfStandbyStandInOneTable() throws Exception {
        List<RedundancyDamage> standbys = List.of(
                new RedundancyDamage(
                        Redundancy.HOT, damage(CAMPAIGN.all(TWO_WEB).get(3), 0, 300, Set.of())),
                new RedundancyDamage(
                        Redundancy.COLD, losing(CAMPAIGN.all(TWO_WEB).get(3))));

        assertThat(lines(ComparisonText.redundancies(standbys)))
                .containsExactly(
                        "STANDBY | STRIKE | READS BACK AFTER | WRITES BACK AFTER | ACKNOWLEDGED WRITES LOST | REQUESTS LOST",
                        "hot | kill db-1 | 300 ms | 300 ms | 0 | 0 of 2,200",
                        "cold | kill db-1 | not measured | not measured | 1 | 0 of 100");
        JsonNode json = new JsonMapper().readTree(ComparisonJson.redundancies(standbys));
        assertThat(json.at("/standbys/1/standby").asText()).isEqualTo("cold");
        assertThat(json.at("/standbys/1/writes-lost").asText()).isEqualTo("1");
    }

    @Test
    void onlyAHotStandbyFailsForLostWrites() {
        Strike strike = CAMPAIGN.all(TWO_WEB).get(3);
        Damage unending = new Damage(
                strike,
                100,
                80,
                List.of(),
                Map.of(Figure.WRITES_OUTAGE, new Measurement.Never(Duration.ofSeconds(20))),
                Set.of(),
                List.of());

        assertThat(new RedundancyDamage(Redundancy.HOT, losing(strike)).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(new RedundancyDamage(Redundancy.WARM, losing(strike)).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(new RedundancyDamage(Redundancy.WARM, doubling()).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(new RedundancyDamage(Redundancy.COLD, counting(Figure.WRITES_UNEXPECTED, 1)).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(new RedundancyDamage(Redundancy.COLD, counting(Figure.WRITES_UNEXPECTED, 0)).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(new RedundancyDamage(Redundancy.COLD, unending).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(new RedundancyDamage(Redundancy.HOT, doubtful()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private static Damage doubtful() {
        Strike strike = CAMPAIGN.all(TWO_WEB).getFirst();
        return new Damage(strike, 100, 0, List.of(), Map.of(), Set.of(), List.of("the load was late"));
    }

    private static Damage counting(Figure figure, long writes) {
        Strike strike = CAMPAIGN.all(TWO_WEB).getFirst();
        return new Damage(
                strike, 100, 0, List.of(), Map.of(figure, new Measurement.Count(writes)), Set.of(), List.of());
    }

    private static Damage losing() {
        return losing(CAMPAIGN.all(TWO_WEB).getFirst());
    }

    private static Damage losing(Strike strike) {
        return new Damage(
                strike, 100, 0, List.of(), Map.of(Figure.WRITES_LOST, new Measurement.Count(1)), Set.of(), List.of());
    }

    private static Damage doubling() {
        Strike strike = CAMPAIGN.all(TWO_WEB).getFirst();
        return new Damage(
                strike,
                100,
                0,
                List.of(),
                Map.of(Figure.WRITES_DUPLICATED, new Measurement.Count(1)),
                Set.of(),
                List.of());
    }

    private static PatternDamage pattern() {
        List<Strike> strikes = CAMPAIGN.all(TWO_WEB);
        Set<Kind> both = Set.of(Kind.READS, Kind.WRITES);
        return pattern(
                damage(strikes.get(0), 100, 1_000, both),
                damage(strikes.get(1), 0, 20, Set.of()),
                damage(strikes.get(2), 0, 20, Set.of()),
                damage(strikes.get(3), 800, 8_100, both),
                damage(strikes.get(4), 800, 8_100, Set.of()));
    }

    private static PatternDamage pattern(Damage... damages) {
        return new PatternDamage(TWO_WEB, CAMPAIGN, List.of(damages));
    }

    private static Damage damage(Strike strike, long lost, long outage, Set<Kind> dead) {
        return new Damage(
                strike,
                2_200,
                lost,
                IntStream.range(0, 88)
                        .mapToObj(step -> step < lost / 25 ? new Damage.Moment(0, 25) : new Damage.Moment(25, 0))
                        .toList(),
                Map.of(
                        Figure.READS_OUTAGE, new Measurement.Time(Duration.ofMillis(outage)),
                        Figure.WRITES_OUTAGE, new Measurement.Time(Duration.ofMillis(outage)),
                        Figure.WRITES_LOST, new Measurement.Count(0)),
                dead,
                List.of());
    }

    private static List<String> lines(List<List<String>> rows) {
        return rows.stream().map(row -> String.join(" | ", row)).toList();
    }
}
