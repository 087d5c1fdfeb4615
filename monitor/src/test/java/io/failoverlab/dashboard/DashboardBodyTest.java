package io.failoverlab.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                     "metrics": [["N", "M"], ["N", "M", "A", "b", {"label": "x", "id": "m1", "yAxis": "right", "visible": false, "period": 1}],
                                 [".", "...", {"stat": "Sum"}],
                                 [{"expression": "m1 * 2", "id": "e1"}]],
                     "legend": {"position": "right"}, "liveData": true, "sparkline": false, "timezone": "+0130",
                     "accountId": "1", "yAxis": {"left": {"min": 0, "max": 1.5, "label": "l", "showUnits": false}, "right": {}},
                     "annotations": {
                       "horizontal": [{"value": 1, "label": "l", "color": "#fff", "fill": "above", "visible": true, "yAxis": "left"},
                                      [{"value": 1}, {"value": 2.5}]],
                       "vertical": [{"value": "2026-01-02T03:04:05Z", "fill": "after"},
                                    [{"value": "2026-01-02T03:04:05.678+09:00"}, {"value": "2026-01-02T03:05:00Z"}]]}}},
                  {"type": "metric", "properties": {"annotations": {"alarms": ["arn:x"]}}},
                  {"type": "text", "properties": {"markdown": "# x"}},
                  {"type": "log", "properties": {"region": "eu-west-1", "query": "SOURCE x"}},
                  {"type": "alarm", "properties": {"alarms": ["arn:x"], "sortBy": "timestamp", "states": ["ALARM"]}},
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
    @ValueSource(
            strings = {"-PT8H", "-P3M", "-P1W", "-P1DT12H", "-PT7D", "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05Z"
            })
    void everyWayToSayATimePasses(String start) {
        assertThat(check("{\"widgets\":[],\"start\":\"" + start + "\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 20, 30, 60, 86_400, 2_592_000, 2_147_483_640})
    void everyPeriodThatMetricsCanBeReadAtPasses(int period) {
        assertThat(check(
                        "{\"widgets\":[{\"type\":\"metric\",\"properties\":{\"region\":\"r\",\"metrics\":[],\"period\":"
                                + period + "}}]}"))
                .isEmpty();
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
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"period":7}}]} | /widgets/0/properties/period: Should be 1, 5, 10, 20, 30 or a multiple of 60
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"stat":"Middle"}}]} | /widgets/0/properties/stat: Should be a statistic like Average or p99
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"liveData":"yes"}}]} | /widgets/0/properties/liveData: Should be boolean
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"timezone":"UTC"}}]} | /widgets/0/properties/timezone: Should be an offset like +0130
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"legend":{"position":"top"}}}]} | /widgets/0/properties/legend/position: Should be equal to one of the allowed values: right, bottom, hidden
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"yAxis":{"left":{"min":"0"}}}}]} | /widgets/0/properties/yAxis/left/min: Should be number
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"annotations":{"horizontal":[{"label":"l"}]}}}]} | /widgets/0/properties/annotations/horizontal/0: Should have required property 'value'
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"annotations":{"horizontal":[{"value":1,"fill":"before"}]}}}]} | /widgets/0/properties/annotations/horizontal/0/fill: Should be equal to one of the allowed values: above, below, none
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"annotations":{"horizontal":[[{"value":1}]]}}}]} | /widgets/0/properties/annotations/horizontal/0: Should NOT have less than 2 items
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"annotations":{"vertical":[{"value":"noon"}]}}}]} | /widgets/0/properties/annotations/vertical/0/value: Should be a time like 2026-01-02T03:04:05Z
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[],"annotations":{"vertical":[[{"value":"2026-01-02T03:04:05Z"},{"value":5}]]}}}]} | /widgets/0/properties/annotations/vertical/0/1/value: Should be string
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[["N","M",{"id":"M1"}]]}}]} | /widgets/0/properties/metrics/0/2/id: Should be an id that begins with a lower case letter and has only letters, digits and underscores
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[["N","M",{"yAxis":"top"}]]}}]} | /widgets/0/properties/metrics/0/2/yAxis: Should be equal to one of the allowed values: left, right
            {"widgets":[{"type":"metric","properties":{"region":"r","metrics":[["N","M",{"stat":"p101"}]]}}]} | /widgets/0/properties/metrics/0/2/stat: Should be a statistic like Average or p99
            {"widgets":[],"start":"yesterday"} | /start: Should be a time, or one before now like -PT6H
            {"widgets":[],"start":"-PT"} | /start: Should be a time, or one before now like -PT6H
            {"widgets":[],"start":"-P1DT"} | /start: Should be a time, or one before now like -PT6H
            {"widgets":[],"variables":[1]} | /variables/0: Should be object
            {"widgets":[],"variables":[{"type":"property","inputType":"input","property":"region"}]} | /variables/0: Should have required property 'id'
            {"widgets":[],"variables":[{"id":"v","type":"list"}]} | /variables/0/type: Should be equal to one of the allowed values: property, pattern
            {"widgets":[],"variables":[{"id":"v","type":"pattern","inputType":"select"}]} | /variables/0: Should have required property 'pattern'
            {"widgets":[],"variables":[{"id":"v","type":"property","property":"p","inputType":"radio","values":[{}]}]} | /variables/0/values/0: Should have required property 'value'
            {"widgets":[{"type":"alarm","properties":{"alarms":["a"],"sortBy":"name"}}]} | /widgets/0/properties/sortBy: Should be equal to one of the allowed values: default, stateUpdatedTimestamp, timestamp
            {"widgets":[{"type":"alarm","properties":{"alarms":["a"],"states":["RED"]}}]} | /widgets/0/properties/states/0: Should be equal to one of the allowed values: ALARM, INSUFFICIENT_DATA, OK
            {"widgets":[{"type":"log","properties":{"region":"r","query":"q","view":"map"}}]} | /widgets/0/properties/view: Should be equal to one of the allowed values: table, timeSeries, bar, pie
            {"widgets":[ | : Should be JSON: Unexpected end-of-input: expected close marker for Array at line 1, column 13
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
