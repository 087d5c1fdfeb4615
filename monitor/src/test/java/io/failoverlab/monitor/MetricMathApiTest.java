package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** Expressions, labels and pages of GetMetricData, and the extended statistics of GetMetricStatistics. */
class MetricMathApiTest extends ClientAgainstMonitor {
    private static MetricDataQuery expression(String id, String expression) {
        return MetricDataQuery.builder().id(id).expression(expression).build();
    }

    private MetricDataQuery hidden(String id, String name) {
        return query(id, name, "Sum", 10).toBuilder().returnData(false).build();
    }

    private CloudWatchException refused(GetMetricDataRequest.Builder request) {
        return catchThrowableOfType(CloudWatchException.class, () -> client.getMetricData(request.build()));
    }

    private void assertRefused(GetMetricDataRequest.Builder request, String code, String message) {
        CloudWatchException e = refused(request);
        assertThat(e.statusCode()).isEqualTo(400);
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    @Test
    void expressionsReadMetricsAndEachOther() {
        put(
                datum("Errors", 1).value(1.0),
                datum("Requests", 1).value(4.0),
                datum("Requests", 11).value(5.0),
                datum("Errors", 21).value(2.0));
        GetMetricDataResponse response = read(
                expression("percent", "100 * rate"),
                expression("rate", "errors / requests").toBuilder()
                        .label("Error rate")
                        .build(),
                hidden("errors", "Errors"),
                hidden("requests", "Requests"));
        assertThat(response.metricDataResults())
                .extracting(MetricDataResult::id, MetricDataResult::label, MetricDataResult::values)
                .containsExactly(
                        tuple("percent", "percent", List.of(25.0, 0.0)),
                        tuple("rate", "Error rate", List.of(0.25, 0.0)));
        assertThat(response.metricDataResults().getFirst().timestamps())
                .containsExactly(MINUTE, MINUTE.plusSeconds(10));
    }

    @Test
    void anArrayGivesAResultForEachSeriesWithTheLabelsOfBoth() {
        put(datum("Errors", 1).value(1.0), datum("Requests", 1).value(4.0));
        List<MetricDataResult> results = read(
                        hidden("m1", "Errors"),
                        hidden("m2", "Requests"),
                        expression("all", "METRICS() * 10").toBuilder()
                                .label("Ten times")
                                .build(),
                        expression("live", "METRICS()").toBuilder()
                                .label("${LABEL} up to ${MAX}")
                                .build())
                .metricDataResults();
        assertThat(results)
                .extracting(MetricDataResult::id, MetricDataResult::label, MetricDataResult::values)
                .containsExactly(
                        tuple("all", "Ten times Errors", List.of(10.0)),
                        tuple("all", "Ten times Requests", List.of(40.0)),
                        tuple("live", "Errors up to 1", List.of(1.0)),
                        tuple("live", "Requests up to 4", List.of(4.0)));
    }

    @Test
    void aSearchFindsWhatWasPublishedLately() {
        put(
                datum("CPUUtilization", 1).value(1.0).dimensions(dimension("InstanceId", "i-1")),
                datum("CPUUtilization", 1).value(2.0).dimensions(dimension("InstanceId", "i-2")),
                datum("NetworkIn", 1).value(3.0).dimensions(dimension("InstanceId", "i-1")));
        String search = "SEARCH('{" + namespace + ",InstanceId} MetricName=\"CPUUtilization\"', 'Average', 60)";
        assertThat(read(
                                expression("cpu", search).toBuilder()
                                        .label("${PROP('Dim.InstanceId')} ${MAX}")
                                        .build(),
                                expression("sum", "SUM(" + search + ")"))
                        .metricDataResults())
                .extracting(MetricDataResult::id, MetricDataResult::label, MetricDataResult::values)
                .containsExactly(
                        tuple("cpu", "i-1 1", List.of(1.0)),
                        tuple("cpu", "i-2 2", List.of(2.0)),
                        tuple("sum", "sum", List.of(3.0)));
    }

    @Test
    void secondsThatAreNoLongerKeptAreLeftOut() {
        assertThat(client.getMetricData(reading(
                                        query("m1", "A", "Sum", 1).toBuilder()
                                                .returnData(false)
                                                .build(),
                                        expression("e1", "FILL(m1, 1)"))
                                .startTime(MINUTE.minusSeconds(86_400))
                                .endTime(MINUTE.minusSeconds(43_200))
                                .build())
                        .metricDataResults()
                        .getFirst()
                        .values())
                .isEmpty();
    }

    @Test
    void pagesGoOverAllResultsAndGiveEachDatapointOnce() {
        put(
                datum("A", 1).value(1.0),
                datum("A", 11).value(2.0),
                datum("A", 21).value(3.0),
                datum("C", 1).value(4.0),
                datum("C", 31).value(5.0));
        GetMetricDataRequest request = reading(
                        query("a", "A", "Sum", 10), query("b", "B", "Sum", 10), query("c", "C", "Sum", 10))
                .maxDatapoints(2)
                .build();
        List<List<MetricDataResult>> pages = client.getMetricDataPaginator(request).stream()
                .map(GetMetricDataResponse::metricDataResults)
                .toList();
        assertThat(pages.stream()
                        .map(page -> page.stream()
                                .map(result -> result.id() + result.values() + result.statusCodeAsString())
                                .toList()))
                .containsExactly(
                        List.of("a[1.0, 2.0]PartialData", "b[]Complete", "c[]PartialData"),
                        List.of("a[3.0]Complete", "c[4.0]PartialData"),
                        List.of("c[5.0]Complete"));
        assertThat(pages.getLast().getFirst().statusCode()).isEqualTo(StatusCode.COMPLETE);
    }

    @Test
    void whatCannotBeUnderstoodIsAValidationErrorThatNamesThePlace() {
        assertRefused(
                reading(hidden("m1", "A"), expression("e1", "m1 + SUMM(m1)")),
                "ValidationError",
                "Error in expression 'e1': column 6: there is no function SUMM; did you mean SUM?");
        assertRefused(
                reading(expression("e1", "SELECT AVG(CPUUtilization) FROM \"AWS/EC2\"")),
                "ValidationError",
                "Error in expression 'e1': column 1: Metrics Insights queries (SELECT ...) are not supported by this"
                        + " monitor");
        assertRefused(
                reading(query("M1", "A", "Sum", 10)),
                "ValidationError",
                "The id 'M1' must begin with a lower case letter and have only letters, digits and underscores, at most"
                        + " 255.");
    }

    @Test
    void parametersOutsideTheLimitsAreRefused() {
        MetricDataQuery query = query("m1", "A", "Sum", 10);
        assertRefused(
                reading(query.toBuilder().accountId("111122223333").build()),
                "ValidationError",
                "Reading from another account (MetricDataQueries.member.1.AccountId is 111122223333, the request is of"
                        + " 000000000000) is not supported by this monitor.");
        assertRefused(
                reading(query.toBuilder().expression("m1").build()),
                "InvalidParameterCombination",
                "The parameters MetricDataQueries.member.1.Expression and MetricDataQueries.member.1.MetricStat are"
                        + " mutually exclusive and you have specified both.");
        assertRefused(
                reading(MetricDataQuery.builder().id("m1").build()),
                "MissingParameter",
                "The parameter MetricDataQueries.member.1.MetricStat is required.");
        assertRefused(
                reading(Collections.nCopies(501, query).toArray(MetricDataQuery[]::new)),
                "InvalidParameterValue",
                "The collection MetricDataQueries must not have a size greater than 500.");
        assertRefused(
                reading(query).labelOptions(options -> options.timezone("CET")),
                "InvalidParameterValue",
                "The value CET for parameter LabelOptions.Timezone is invalid: expected an offset like +0130.");
        assertRefused(
                reading(query).nextToken("theirs"),
                "InvalidNextToken",
                "The token 'theirs' is not one that GetMetricData gave for these parameters.");
        assertThat(refused(reading(query("m1", "A", "TM(9:3)", 10)))
                        .awsErrorDetails()
                        .errorMessage())
                .startsWith(
                        "The value TM(9:3) for parameter MetricDataQueries.member.1.MetricStat.Stat is not supported:"
                                + " expected one of SampleCount, ");
    }

    @Test
    void extendedStatisticsAreReadByTheirNames() {
        put(datum("Latency", 1)
                .values(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList())
                .unit(StandardUnit.SECONDS));
        List<Datapoint> datapoints = client.getMetricStatistics(request -> request.namespace(namespace)
                        .metricName("Latency")
                        .startTime(MINUTE)
                        .endTime(MINUTE.plusSeconds(60))
                        .period(60)
                        .extendedStatistics("p99.0", "tm90", "TC(10:20)", "IQM", "PR(:30)"))
                .datapoints();
        assertThat(datapoints.getFirst().extendedStatistics())
                .isEqualTo(Map.of("p99.0", 99.0, "tm90", 45.5, "TC(10:20)", 10.0, "IQM", 50.5, "PR(:30)", 30.0));
    }

    @Test
    void statisticsAreOfOneKindAndNotTooMany() {
        Set<String> eleven = IntStream.rangeClosed(1, 11).mapToObj(i -> "p" + i).collect(Collectors.toSet());
        assertThat(catchThrowableOfType(
                                CloudWatchException.class,
                                () -> client.getMetricStatistics(request -> request.namespace(namespace)
                                        .metricName("Latency")
                                        .startTime(MINUTE)
                                        .endTime(MINUTE.plusSeconds(60))
                                        .period(60)
                                        .extendedStatistics(eleven)))
                        .awsErrorDetails()
                        .errorMessage())
                .endsWith("at 'extendedStatistics' failed to satisfy constraint: Member must have length less than or"
                        + " equal to 10");
        assertThat(catchThrowableOfType(
                                CloudWatchException.class,
                                () -> client.getMetricStatistics(request -> request.namespace(namespace)
                                        .metricName("Latency")
                                        .startTime(MINUTE)
                                        .endTime(MINUTE.plusSeconds(60))
                                        .period(60)
                                        .statistics(Statistic.SUM)
                                        .extendedStatistics("p50")))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("InvalidParameterCombination");
    }
}
