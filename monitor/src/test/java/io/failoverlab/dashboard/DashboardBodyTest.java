package io.failoverlab.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found wrong with the bodies of dashboards. */
class DashboardBodyTest {
    private static List<Finding> check(String body) {
        return new DashboardBody().check(body);
    }

    @Test
    void everyKindOfWidgetPasses() {
        assertThat(check("""
                {"start": "-PT5M", "periodOverride": "inherit", "widgets": [
                  {"type": "metric", "x": 0, "y": 0, "width": 24, "height": 1000, "properties": {
                     "region": "eu-west-1", "view": "timeSeries", "stacked": false, "stat": "p99", "period": 60,
                     "metrics": [["N", "M"], ["N", "M", "A", "b", {"label": "x"}], [".", "...", {"stat": "Sum"}],
                                 [{"expression": "m1 * 2", "id": "e1"}]],
                     "annotations": {"horizontal": [{"value": 1}], "vertical": []}}},
                  {"type": "metric", "properties": {"annotations": {"alarms": ["arn:x"]}}},
                  {"type": "text", "properties": {"markdown": "# x"}},
                  {"type": "log", "properties": {"region": "eu-west-1", "query": "SOURCE x"}},
                  {"type": "alarm", "properties": {"alarms": ["arn:x"]}},
                  {"type": "custom", "properties": {"endpoint": "arn:x"}},
                  {"type": "explorer", "properties": {}},
                  {"type": "chart", "properties": {}}]}""")).isEmpty();
    }

    @Test
    void aMetricWidgetWithoutMetricsIsToldAsCloudWatchTells() {
        assertThat(check("{\"widgets\":[{\"type\":\"metric\",\"properties\":{}}]}"))
                .extracting(finding -> finding.path() + ": " + finding.message())
                .containsExactly(
                        "/widgets/0/properties: Should have required property 'metrics'",
                        "/widgets/0/properties: The metric widget should have specified a region and a data source or an"
                                + " alarm annotation",
                        "/widgets/0/properties: Should have required property 'annotations'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                    | : Should have required property 'widgets'
            []                                                    | : Should be object
            {"widgets":{}}                                        | /widgets: Should be array
            {"widgets":[1]}                                       | /widgets/0: Should be object
            {"widgets":[],"periodOverride":"never"}               | /periodOverride: Should be equal to one of the allowed values: auto, inherit
            {"widgets":[{"type":"text"}]}                         | /widgets/0: Should have required property 'properties'
            {"widgets":[{"properties":{}}]}                       | /widgets/0: Should have required property 'type'
            {"widgets":[{"type":"pie","properties":{}}]}          | /widgets/0/type: Should be equal to one of the allowed values: metric, text, log, alarm, explorer, custom, chart
            {"widgets":[{"type":"chart","properties":{},"x":24}]} | /widgets/0/x: Should be <= 23
            {"widgets":[{"type":"chart","properties":{},"width":0}]}    | /widgets/0/width: Should be >= 1
            {"widgets":[{"type":"chart","properties":{},"height":1.5}]} | /widgets/0/height: Should be integer
            {"widgets":[{"type":"text","properties":{}}]}               | /widgets/0/properties: Should have required property 'markdown'
            {"widgets":[{"type":"metric","properties":{"metrics":[["N","M"]]}}]}               | /widgets/0/properties: The metric widget should have specified a region and a data source or an alarm annotation
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[["N",1]]}}]}    | /widgets/0/properties/metrics/0: Invalid metric field type, only "String" type is allowed
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[[]]}}]}         | /widgets/0/properties/metrics/0: Should NOT have less than 1 items
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[["N","M","D"]]}}]} | /widgets/0/properties/metrics/0: Expected a namespace, a name, and names and values of dimensions in pairs
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":["m"]}}]}        | /widgets/0/properties/metrics/0: Should be array
            """)
    void aMistakeIsFoundWhereItIs(String body, String first) {
        Finding finding = check(body).getFirst();
        assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
        assertThat(finding.path() + ": " + finding.message()).isEqualTo(first);
    }

    @Test
    void whatIsNoJsonIsOneFinding() {
        assertThat(check("{} {}")).hasSize(1);
        assertThat(check("widgets").getFirst().message()).startsWith("Should be JSON: Unrecognized token 'widgets'");
    }

    @Test
    void moreWidgetsThanFitAreFound() {
        String widgets = Collections.nCopies(501, "{\"type\":\"chart\",\"properties\":{}}").stream()
                .collect(Collectors.joining(",", "{\"widgets\":[", "]}"));
        assertThat(check(widgets))
                .containsExactly(
                        new Finding(Finding.Severity.ERROR, "/widgets", "Should NOT have more than 500 items"));
    }
}
