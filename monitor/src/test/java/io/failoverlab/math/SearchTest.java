package io.failoverlab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.failoverlab.metric.MetricId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
    private static final List<MetricId> METRICS = List.of(
            MetricId.of("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-1234567890123456")),
            MetricId.of("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-2")),
            MetricId.of("AWS/EC2", "NetworkPacketsIn", Map.of("InstanceId", "i-2")),
            MetricId.of("AWS/EC2", "CPUUtilization", Map.of("InstanceType", "t2.micro")),
            MetricId.of("AWS/EBS", "VolumeReadOps", Map.of("VolumeId", "ProjectA")),
            MetricId.of("My Namespace", "CustomCount1", Map.of()),
            MetricId.of("Mine", "Network-Errors-2", Map.of("Dimension@Name", "Custom:Name[Special")),
            MetricId.of("Mine", "Europe\\France Traffic(Network)", Map.of()));

    private static String found(String search) {
        SearchTerm term = SearchParser.parse(new Expression.Text(new Position(1), search));
        return String.join(
                ", ",
                METRICS.stream()
                        .filter(term::matches)
                        .map(metric -> metric.name() + metric.dimensions().values())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', emptyValue = "", textBlock = """
        {AWS/EC2,InstanceId} MetricName="CPUUtilization" ~ CPUUtilization[i-1234567890123456], CPUUtilization[i-2]
        {AWS/EC2, InstanceId} network packets            ~ NetworkPacketsIn[i-2]
        {AWS/EC2,InstanceId} network AND packets         ~ NetworkPacketsIn[i-2]
        {AWS/EC2} MetricName=CPUUtilization              ~ CPUUtilization[i-1234567890123456], CPUUtilization[i-2], CPUUtilization[t2.micro]
        {AWS/EC2,InstanceId} MetricName="CPUUtilization" NOT i-1234567890123456 ~ CPUUtilization[i-2]
        {AWS/EC2,InstanceId} NOT "i-2" NOT "i-3"         ~ CPUUtilization[i-1234567890123456]
        {"My Namespace"}, "CustomCount1"                 ~ CustomCount1[]
        {Mine, "Dimension@Name"}, "Custom:Name[Special"  ~ Network-Errors-2[Custom:Name[Special]
        InstanceType=micro                               ~ CPUUtilization[t2.micro]
        InstanceType="t2.micro" Namespace="AWS/EC2"      ~ CPUUtilization[t2.micro]
        (EC2 OR EBS) AND MetricName=ReadOps              ~ VolumeReadOps[ProjectA]
        (EC2 OR EBS) MetricName=ReadOps                  ~ VolumeReadOps[ProjectA]
        NOT Namespace=AWS                                ~ CustomCount1[], Network-Errors-2[Custom:Name[Special], Europe\\France Traffic(Network)[]
        "Europe\\\\France Traffic\\(Network\\)"            ~ Europe\\France Traffic(Network)[]
        NOTHING OR (packets AND (i-1 OR i-2))            ~ NetworkPacketsIn[i-2]
        {"AWS/EC2","InstanceId"} MetricName="CPUUtilization" "InstanceId"=("i-2" OR "i-3") ~ CPUUtilization[i-2]
        {AWS/EC2,InstanceId} InstanceId=("i-1234567890123456" OR "i-2") NOT CPU ~ NetworkPacketsIn[i-2]
        {AWS/EC2} InstanceType=(micro)                   ~ CPUUtilization[t2.micro]""")
    void searchesOfTheUserGuideAndOfGrafana(String search, String names) {
        assertThat(found(search)).isEqualTo(names);
    }

    /** The terms that the User Guide says find a name, and those that do not. */
    @ParameterizedTest
    @CsvSource({
        "CustomCount1,     count,        true",
        "CustomCount1,     Count,        true",
        "CustomCount1,     COUNT,        true",
        "CustomCount1,     couNT,        false",
        "CustomCount1,     CustomCount,  true",
        "CustomCount1,     Count1,       true",
        "CustomCount1,     customcount,  false",
        "CustomCount1,     count1,       false",
        "CustomCount1,     customcount1, true",
        "SDBFailure,       sdb,          true",
        "SDBFailure,       failure,      true",
        "SDBFailure,       fail,         false",
        "Project2-trial333, trial,       true",
        "Project2-trial333, 333,         true",
        "Project2-trial333, 33,          false",
        "Network-Errors-2, network/errors, true",
        "NetworkErrors2,   network+errors, true",
        "NetworkErrors2,   Network_Errors, true",
        "NetworkErrors2,   errors-network, false",
    })
    void namesAreFoundByTheirWords(String name, String term, boolean found) {
        assertThat(SearchWords.of(term).isIn(SearchWords.of(name))).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        ``               ~ column 2: a search needs a {Namespace, DimensionName, ...} or a term
        {AWS/EC2         ~ column 10: expected ',' or '}', found the end of the search
        {AWS/EC2,}       ~ column 11: expected a name, found }
        (a OR b          ~ column 9: expected ')', found the end of the search
        a OR             ~ column 6: expected a search term, found the end of the search
        A=(b c)          ~ column 7: expected OR or ')', found c
        A=(b OR          ~ column 9: expected a value of A, found the end of the search
        MetricName=      ~ column 13: expected a value of MetricName, found the end of the search
        a )              ~ column 4: expected a search term, found )
        a "b             ~ column 4: this quote has no closing \"""")
    void errorsNameThePlaceInTheExpression(String search, String message) {
        assertThatThrownBy(() -> found(search))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void anyTextIsUnderstoodOrRefused() {
        List<String> pieces = List.of(
                "{", "}", "(", ")", ",", "=", "AND", "OR", "NOT", " ", "a", "\"b\"", "\"", "\\", "AWS/EC2", "é");
        Random random = new Random(20260104);
        for (int i = 0; i < 20_000; i++) {
            String search = random.ints(random.nextInt(10), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());
            try {
                assertThat(found(search)).isNotNull();
            } catch (ExpressionException refused) {
                assertThat(refused).as(search).hasMessageStartingWith("column ");
            }
        }
        assertThatThrownBy(() -> found("(".repeat(1024))).hasMessageContaining("at most 50 levels");
    }

    @Test
    void eachMetricFoundIsASeriesNamedByWhatTellsItApart() {
        List<QueryResult> results = evaluate(
                List.of(MathTable.expression("e1", "SEARCH('{Test, Id} MetricName=\"Load\"', 'Sum', 60) * 10")));
        assertThat(results)
                .extracting(QueryResult::label, QueryResult::values)
                .containsExactly(tuple("a", List.of(10.0, 20.0)), tuple("b", List.of(30.0)));
    }

    @Test
    void whatIsFoundCanBeAddedUp() {
        assertThat(evaluate(List.of(MathTable.expression("e1", "SUM(SEARCH('Load', 'Sum', 60))"))))
                .extracting(QueryResult::label, QueryResult::values)
                .containsExactly(tuple("e1", List.of(4.0, 2.0)));
    }

    private static List<QueryResult> evaluate(List<Query> queries) {
        MetricId a = MetricId.of("Test", "Load", Map.of("Id", "a"));
        MetricId b = MetricId.of("Test", "Load", Map.of("Id", "b"));
        MetricId other = MetricId.of("Test", "Other", Map.of("Id", "b"));
        MathTable metrics = MathTable.of(Map.of(a, "1 2", b, "3 -", other, "7 7"));
        return Queries.of(queries)
                .evaluate(metrics, () -> List.of(b, other, a), period -> new Grid(MathTable.START, period, 2));
    }

    @Test
    void aSearchNeedsAPeriodAndNotTooManyMetrics() {
        assertThatThrownBy(() -> evaluate(List.of(MathTable.expression("e1", "SEARCH('Load', 'Sum')"))))
                .hasMessageContaining("needs a Period");
        assertThatThrownBy(() -> evaluate(List.of(MathTable.expression("e1", "SEARCH('Load', 'Sum', 0.5)"))))
                .hasMessageContaining("column 23: expected a period of 1 to 86400 whole seconds, found 0.5");
        assertThatThrownBy(() -> evaluate(List.of(MathTable.expression("e1", "SEARCH('Load', 'Total', 60)"))))
                .hasMessageContaining("column 16: expected a statistic (SampleCount, ");
        List<MetricId> many = IntStream.range(0, 501)
                .mapToObj(i -> MetricId.of("Test", "Load" + i, Map.of()))
                .toList();
        Queries queries = Queries.of(List.of(MathTable.expression("e1", "SEARCH('load', 'Sum', 60)")));
        assertThatThrownBy(() ->
                        queries.evaluate(new MathTable(), () -> many, period -> new Grid(MathTable.START, period, 2)))
                .hasMessage("Error in expression 'e1': column 1: expected at most 500 time series, found 501");
    }

    @Test
    void anAlarmCannotSearch() {
        assertThatThrownBy(() -> Queries.ofAlarm(List.of(MathTable.expression("e1", "SUM(SEARCH('Load', 'Sum', 60))"))))
                .hasMessageContaining("an alarm cannot watch a SEARCH");
    }
}
