package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a dashboard asks for and how its answers become columns: {@code range.js}, {@code widgets.js} and {@code columns.js}. */
@Timeout(120)
class DashboardModelIT {
    private static BrowserPage page;
    private static Javalin server;

    @BeforeAll
    static void start() {
        page = BrowserPage.start();
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new Console(new FakeFeed()).register(config);
                })
                .start("127.0.0.1", 0);
        page.open(URI.create("http://127.0.0.1:" + server.port()), "/");
    }

    @AfterAll
    static void stop() {
        if (page != null) {
            page.close();
            server.stop();
        }
    }

    private static JsonNode run(String file, String expression) throws Exception {
        Object json = page.runAsync("""
                const done = arguments[arguments.length - 1];
                import('/console/%s').then((m) => done(JSON.stringify(%s)), (error) => done(JSON.stringify(String(error))));""".formatted(file, expression));
        return json((String) json);
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void anEntryRepeatsPartsOfTheOneBeforeIt() throws Exception {
        assertThat(run("widgets.js", """
                m.metricsOf({ metrics: [
                  ['AWS/EC2', 'CPUUtilization', 'InstanceId', 'i-1', 'Zone', 'a'],
                  ['.', 'NetworkIn', '.', '.', '.', 'c', { stat: 'Sum' }],
                  ['...', 'd'],
                  [{ expression: 'm1 * 2' }],
                  ['.', 'Other', '...'],
                ] }).map(({ names }) => names.join(' '))""")).isEqualTo(json("""
                        ["AWS/EC2 CPUUtilization InstanceId i-1 Zone a",
                         "AWS/EC2 NetworkIn InstanceId i-1 Zone c",
                         "AWS/EC2 NetworkIn InstanceId i-1 Zone d",
                         "",
                         "AWS/EC2 Other InstanceId i-1 Zone d"]"""));
    }

    @Test
    void aNumberHasThreeDigitsThatMatter() throws Exception {
        assertThat(run("words.js", "[0, 0.00412, 0.0304, 1.236, 23.456, 1234.5, null].map(m.number)"))
                .isEqualTo(json("[\"0\",\"0.00412\",\"0.0304\",\"1.24\",\"23.5\",\"1,235\",\"–\"]"));
    }

    @Test
    void aDurationBeforeNowIsReadAsCloudWatchReadsIt() throws Exception {
        assertThat(run("range.js", """
                ['-PT6H', '-PT5M', '-P1DT12H', '-P1W', '-P3M', '-PT7D', 'PT1H', '-PT', '2026-01-02T03:04:05Z', undefined].map(m.secondsBefore)"""))
                .isEqualTo(json("[21600,300,129600,604800,7776000,604800,null,null,null,null]"));
    }

    @Test
    void anAutomaticPeriodIsTheShortestWithDataAndWithoutTooManyPoints() throws Exception {
        assertThat(run("range.js", """
                [[300, 0], [900, 0], [3600, 0], [10800, 0], [86400, 0], [604800, 0], [300, 86400], [300, 20 * 86400], [300, 90 * 86400]]
                  .map(([span, ago]) => m.automaticPeriod({ from: 1e9 - ago - span, to: 1e9 - ago }, 1e9))""")).isEqualTo(json("[1,1,5,30,300,900,60,300,3600]"));
    }

    @Test
    void thePeriodOfAWidgetIsObeyedOnlyIfTheDashboardSaysSo() throws Exception {
        assertThat(run("widgets.js", """
                ['inherit', 'auto'].map((periodOverride) => {
                  const properties = { region: 'eu-west-1', period: 60, metrics: [['N', 'M', { period: 10 }], ['N', 'M', { region: 'us-east-1' }]] };
                  const { requests, from, to } = m.requestsOf(properties, { periodOverride, start: '-PT5M', chosen: null, zoom: null }, 1e9 + 7.5);
                  return [from - 1e9, to - 1e9, ...requests.map(({ region, input }) => [region, input.MetricDataQueries[0].MetricStat.Period])];
                })""")).isEqualTo(json("""
                        [[-340,-40,["eu-west-1",10],["us-east-1",60]],[-293,6,["eu-west-1",1],["us-east-1",1]]]"""));
    }

    @Test
    void anAlarmIsDrawnWithThePeriodThatItsThresholdIsFor() throws Exception {
        assertThat(run("widgets.js", """
                [{ MetricName: 'M', Period: 60 }, { Metrics: [{ Id: 'm', MetricStat: { Metric: { MetricName: 'M' }, Period: 30, Stat: 'Sum' } }] }].map((alarm) => {
                  const properties = m.alarmGraph({ AlarmName: 'a', Namespace: 'N', Dimensions: [], Threshold: 1, Statistic: 'Sum', ...alarm }, 'eu-west-1');
                  const { requests } = m.requestsOf(properties, { periodOverride: 'auto', start: '-PT5M', chosen: null, zoom: null }, 1e9);
                  return requests[0].input.MetricDataQueries[0].MetricStat.Period;
                })""")).isEqualTo(json("[60,30]"));
    }

    @Test
    void whereALineHasNoValueIsAGapUnlessItsPeriodIsLonger() throws Exception {
        assertThat(run("columns.js", """
                m.align([
                  { period: 1, times: [1, 2, 4, 5], values: [10, 20, 40, 50] },
                  { period: 3, times: [1, 4], values: [1, 4] },
                ]).columns.map((column) => column.map((value) => (value === undefined ? 'none' : value)))""")).isEqualTo(json("[[10,20,40,50],[1,\"none\",4,null]]"));
    }

    @Test
    void areasAreStackedOnWhatIsThere() throws Exception {
        assertThat(run("columns.js", "m.stack([[1, null, null, 4], [10, 20, null, null], [100, 200, null, 400]])"))
                .isEqualTo(json("[[1,null,null,4],[11,20,null,null],[111,220,null,404]]"));
    }

    private static final String VARIABLES = """
            const body = {
              variables: [
                { id: 'web', type: 'property', property: 'InstanceId', inputType: 'select', label: 'Server', defaultValue: '__FIRST',
                  search: '{AWS/EC2,InstanceId} MetricName="CPUUtilization"', populateFrom: 'InstanceId' },
                { id: 'place', type: 'property', property: 'region', inputType: 'radio', values: [{ value: 'eu-west-1', label: 'Ireland' }] },
                { id: 'app', type: 'pattern', pattern: 'shop-[a-z]+', inputType: 'input', defaultValue: 'shop-live', visible: false },
              ],
              widgets: [{ type: 'metric', properties: { region: 'us-east-1', title: 'shop-test', metrics: [
                ['AWS/EC2', 'CPUUtilization', 'InstanceId', 'i-1', { region: 'us-east-1' }],
                ['.', 'NetworkIn', '.', '.'],
                ['Shop', 'InstanceId', 'App', 'shop-test'],
                [{ expression: 'm1 * 2' }]] } }],
            };""";

    @Test
    void variablesHaveTheirValuesFromTheBodyOrFromASearch() throws Exception {
        assertThat(run("variables.js", """
                (() => { %s
                  const [web, place, app] = m.variablesOf(body, { web: ['i-7', 'i-8'] });
                  return [web.label, web.initial, web.values.map(({ label }) => label), web.search, place.values, place.initial,
                    [app.label, app.initial, app.visible]];
                })()""".formatted(VARIABLES))).isEqualTo(json("""
                        ["Server", "i-7", ["i-7", "i-8"],
                         {"namespace": "AWS/EC2", "metric": "CPUUtilization", "dimensions": ["InstanceId"], "from": "InstanceId"},
                         [{"value": "eu-west-1", "label": "Ireland"}], "", ["shop-[a-z]+", "shop-live", false]]"""));
        assertThat(run("variables.js", """
                m.valuesOf({ dimensions: ['InstanceId'], from: 'InstanceId' }, [
                  { Dimensions: [{ Name: 'InstanceId', Value: 'i-2' }] },
                  { Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }] },
                  { Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }] },
                  { Dimensions: [{ Name: 'InstanceId', Value: 'i-3' }, { Name: 'Zone', Value: 'a' }] }])""")).isEqualTo(json("[\"i-1\",\"i-2\"]"));
    }

    @Test
    void whatWasChosenReplacesPropertiesDimensionsAndPatterns() throws Exception {
        assertThat(run("variables.js", """
                (() => { %s
                  const [{ properties }] = m.withValues(body, { web: 'i-9', place: 'eu-west-1', app: 'shop-"live"' }).widgets;
                  return [properties.region, properties.title, properties.metrics];
                })()""".formatted(VARIABLES))).isEqualTo(json("""
                        ["eu-west-1", "shop-\\"live\\"", [
                          ["AWS/EC2", "CPUUtilization", "InstanceId", "i-9", {"region": "eu-west-1"}],
                          ["AWS/EC2", "NetworkIn", "InstanceId", "i-9", {}],
                          ["Shop", "InstanceId", "App", "shop-\\"live\\"", {}],
                          [{"expression": "m1 * 2"}]]]"""));
        assertThat(run("variables.js", "(() => { " + VARIABLES + " return m.withValues(body, {}) === body; })()"))
                .isEqualTo(json("true"));
    }
}
