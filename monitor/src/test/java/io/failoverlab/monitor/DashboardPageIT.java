package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.console.BrowserPage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Dashboards, alarms and metrics on the page of a real monitor, in a real browser. */
@Timeout(180)
class DashboardPageIT extends ClientAgainstMonitor {
    private static final int SECONDS = 240;
    private static final Instant NOW = Instant.now();
    private static final Instant BEGIN = NOW.minusSeconds(SECONDS);

    private BrowserPage page;

    @BeforeAll
    void publishAndOpen() throws Exception {
        for (String web : List.of("i-1a", "i-1c")) {
            client.putMetricData(request -> request.namespace("Shop")
                    .metricData(IntStream.range(0, SECONDS)
                            .mapToObj(second ->
                                    requests(web, second, web.equals("i-1a") ? 300 + second % 7 : 100 + second % 10))
                            .toList()));
        }
        client.putMetricAlarm(alarm("busy")
                .namespace("Shop")
                .metricName("Requests")
                .dimensions(dimension("InstanceId", "i-1a"))
                .threshold(250.0)
                .treatMissingData("ignore")
                .alarmDescription("more than the instance takes")
                .build());
        client.putMetricAlarm(
                alarm("idle").namespace("Shop").metricName("Nothing").build());
        client.putCompositeAlarm(request -> request.alarmName("either").alarmRule("ALARM(busy) OR ALARM(idle)"));
        // An alarm is judged when a datapoint comes.
        await().until(() -> {
            int now = (int) Duration.between(BEGIN, Instant.now()).toSeconds();
            client.putMetricData(request -> request.namespace("Shop").metricData(requests("i-1a", now, 306)));
            return client.describeAlarms(request -> request.alarmNames("busy"))
                            .metricAlarms()
                            .getFirst()
                            .stateValue()
                    == StateValue.ALARM;
        });
        tell(event(100, "Fault Injected"), event(160, "Fault Healed"));
        page = BrowserPage.start();
        page.resize(1440, 1400);
    }

    @AfterAll
    void quit() {
        if (page != null) {
            page.close();
        }
    }

    private static MetricDatum requests(String web, int second, double value) {
        return MetricDatum.builder()
                .metricName("Requests")
                .dimensions(dimension("InstanceId", web))
                .timestamp(BEGIN.plusSeconds(second))
                .storageResolution(1)
                .value(value)
                .build();
    }

    private static String event(int second, String type) {
        return """
                {"time":"%s","source":"failoverlab.fault","detailType":"%s","resources":["web-1a"],
                 "detail":{"fault":"kill","instance":"web-1a"}}""".formatted(BEGIN.plusSeconds(second), type);
    }

    private void tell(String... events) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest post = HttpRequest.newBuilder(monitor.url().resolve("/events"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(List.of(events).toString()))
                    .build();
            assertThat(http.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
        }
    }

    private void put(String name, String... widgets) {
        client.putDashboard(request -> request.dashboardName(name)
                .dashboardBody(
                        "{\"start\":\"-PT10M\",\"widgets\":" + List.of(widgets).toString() + "}"));
    }

    /** A widget of a quarter of the width, whose properties begin with what each needs. */
    private static String metric(String title, String more) {
        return """
                {"type":"metric","width":12,"height":6,"properties":{"region":"ap-northeast-1","title":"%s","stat":"Sum",
                 "metrics":[["Shop","Requests","InstanceId","i-1a",{"label":"web-1a"}],["...","i-1c",{"label":"web-1c"}]]%s}}""".formatted(title, more);
    }

    private void open(String name) {
        page.open(monitor.url(), "/#/dashboards/" + name);
    }

    private static String widget(int number) {
        return ".dashboard > :nth-child(" + number + ")";
    }

    @Test
    void everyViewOfAMetricWidgetIsDrawn() {
        put(
                "views",
                metric("Lines", ""),
                metric("Areas", ",\"stacked\":true"),
                metric("Numbers", ",\"view\":\"singleValue\",\"sparkline\":true"),
                metric("Gauges", ",\"view\":\"gauge\",\"yAxis\":{\"left\":{\"min\":0,\"max\":400}}"),
                metric("Bars", ",\"view\":\"bar\""),
                metric("Parts", ",\"view\":\"pie\",\"setPeriodToTimeRange\":true"),
                metric("Rows", ",\"view\":\"table\",\"table\":{\"summaryColumns\":[\"MIN\",\"MAX\"]}"));
        page.complaints();

        open("views");

        page.eventually(() -> {
            assertThat(page.text(widget(1) + " .widget-title")).isEqualTo("Lines");
            assertThat(page.pixels(widget(1), "--line-0")).isGreaterThan(30);
            assertThat(page.pixels(widget(1), "--line-1")).isGreaterThan(30);
            assertThat(page.text(widget(1) + " .legend")).matches("web-1a 30\\d web-1c 10\\d");
            assertThat(page.pixels(widget(2), "--line-0")).isGreaterThan(30);
            assertThat(page.text(widget(3))).matches("Numbers web-1a 30\\d web-1c 10\\d");
            assertThat(page.attribute(widget(4) + " .gauge", "aria-label")).matches("web-1a: 30\\d, 0 – 400");
            assertThat(page.text(widget(5) + " .bars")).matches("web-1a 30\\d web-1c 10\\d");
            assertThat(page.text(widget(6) + " .legend")).matches("web-1a 7\\d,\\d{3} \\(7\\d(\\.\\d)? %\\) web-1c .*");
            assertThat(page.text(widget(7) + " table"))
                    .matches("Metric Newest MIN MAX web-1a 306 300 306 web-1c 10\\d 100 109");
        });
        page.screenshot("dashboard-views");
        assertThat(page.all(".problem").stream().map(WebElement::getText).filter(text -> !text.isEmpty()))
                .isEmpty();
        assertThat(page.foreign()).isEqualTo(List.of());
        assertThat(page.complaints()).isEmpty();
    }

    /** Forms of the CloudWatch API Reference, "Dashboard Body Structure and Syntax": its region and periods, and all types of widgets. */
    @Test
    void theFormsOfAwssReferenceAreDrawnAsTheyAre() {
        try (CloudWatchClient virginia = CloudWatchClient.builder()
                .endpointOverride(monitor.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                .build()) {
            for (List<String> metric : List.of(
                    List.of("AWS/EC2", "CPUUtilization", "InstanceId", "i-012345"),
                    List.of("AWS/Lambda", "Invocations", "FunctionName", "first"),
                    List.of("AWS/Lambda", "Invocations", "FunctionName", "second"))) {
                virginia.putMetricData(request -> request.namespace(metric.getFirst())
                        .metricData(IntStream.range(0, 60)
                                .mapToObj(step -> MetricDatum.builder()
                                        .metricName(metric.get(1))
                                        .dimensions(dimension(metric.get(2), metric.get(3)))
                                        .timestamp(NOW.minusSeconds(300L * step))
                                        .value(40.0 + step % 9)
                                        .build())
                                .toList()));
            }
        }
        client.putDashboard(request -> request.dashboardName("reference").dashboardBody("""
                {"start":"-PT6H","periodOverride":"inherit",
                 "variables":[{"type":"property","property":"FunctionName","inputType":"select","id":"functionName",
                   "label":"Function","visible":true,"populateFrom":"FunctionName",
                   "search":"{AWS/Lambda,FunctionName} MetricName=\\"Invocations\\""}],
                 "widgets":[
                  {"type":"metric","x":0,"y":0,"width":12,"height":6,"properties":{
                    "metrics":[["AWS/EC2","CPUUtilization","InstanceId","i-012345"]],"period":300,"stat":"Average",
                    "region":"us-east-1","title":"EC2 Instance CPU","liveData":false,"legend":{"position":"right"},
                    "annotations":{"horizontal":[[{"label":"Band top","value":60},{"label":"Band bottom","value":20}],
                      {"label":"Critical","value":80,"fill":"above","color":"#d62728"}]}}},
                  {"type":"text","x":12,"y":0,"width":3,"height":3,"properties":{"markdown":"Hello world"}},
                  {"type":"metric","x":0,"y":6,"width":12,"height":6,"properties":{"view":"timeSeries","stacked":false,
                    "metrics":[["AWS/Lambda","Invocations","FunctionName","first",{"region":"us-east-1"}],
                      [{"expression":"m1*2","label":"twice","id":"e1","region":"us-east-1"}],
                      ["AWS/EC2","CPUUtilization","InstanceId","i-012345",{"id":"m1","visible":false}]],
                    "region":"us-east-1","stat":"Sum","period":300,"title":"Invocations"}},
                  {"type":"log","x":12,"y":6,"width":12,"height":6,"properties":{"region":"us-east-1","title":"Errors",
                    "query":"SOURCE '/aws/lambda/first' | fields @message | limit 20","view":"table"}},
                  {"type":"explorer","x":0,"y":12,"width":12,"height":6,"properties":{
                    "metrics":[{"metricName":"CPUUtilization","resourceType":"AWS::EC2::Instance","stat":"Average"}],
                    "labels":[{"key":"Environment","value":"Production"}],
                    "widgetOptions":{"legend":{"position":"bottom"},"view":"timeSeries","rowsPerPage":8,"widgetsPerRow":2},
                    "period":300,"title":"Running EC2 Instances"}},
                  {"type":"alarm","x":12,"y":12,"width":12,"height":3,"properties":{"title":"Alarms","sortBy":"stateUpdatedTimestamp",
                    "states":["ALARM"],"alarms":["arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:busy"]}}]}"""));
        page.complaints();

        open("reference");

        page.eventually(() -> {
            assertThat(page.pixels(widget(1), "--line-0")).isGreaterThan(30);
            assertThat(page.text(widget(1))).contains("EC2 Instance CPU", "CPUUtilization");
            assertThat(page.attribute(widget(1) + " .graph", "data-legend")).isEqualTo("right");
            assertThat(page.text(widget(2))).isEqualTo("Hello world");
            assertThat(page.pixels(widget(3), "--line-0")).isGreaterThan(30);
            assertThat(page.pixels(widget(3), "--line-1")).isGreaterThan(30);
            assertThat(page.text(widget(3))).contains("twice");
            assertThat(page.text(widget(4))).contains("A widget of type “log” is kept, but not drawn here.");
            assertThat(page.text(widget(5))).contains("A widget of type “explorer” is kept, but not drawn here.");
            assertThat(page.text(widget(6))).contains("busy ALARM");
        });
        assertThat(page.complaints()).isEmpty();
        page.find("[data-variable=functionName] [value=second]").click();
        page.eventually(() -> assertThat(page.text(".view-head .field")).startsWith("Function"));
        page.eventually(
                () -> assertThat(page.run("return document.querySelector('[data-variable=functionName]').value"))
                        .as("found in the region of the widgets")
                        .isEqualTo("second"));
        page.screenshot("reference");
    }

    @Test
    void faultsAndAnnotationsLieOverTheGraph() {
        put("annotated", metric("Plain", ""), metric("Lines", """
                        ,"annotations":{"horizontal":[{"value":350,"label":"most","color":"#00ff00","fill":"above"},
                          [{"value":150,"label":"low","color":"#ff00ff"},{"value":200}]],
                         "vertical":[{"value":"%s","label":"release","color":"#00ffff"}]}""".formatted(BEGIN.plusSeconds(200))));

        open("annotated");

        page.eventually(() -> {
            assertThat(page.pixels(widget(1), "--tone-fault")).isGreaterThan(50);
            assertThat(page.pixels(widget(2), "#00ff00")).isGreaterThan(50);
            assertThat(page.pixels(widget(2), "#ff00ff")).isGreaterThan(30);
            assertThat(page.pixels(widget(2), "#00ffff")).isGreaterThan(30);
        });
        assertThat(page.pixels(widget(1), "#00ff00")).isZero();
        page.screenshot("dashboard-annotations");
    }

    @Test
    void expressionsSearchAndDynamicLabelsAreThoseOfGetMetricData() {
        put("math", """
                {"type":"metric","width":24,"properties":{"region":"ap-northeast-1","view":"singleValue","stat":"Sum","metrics":[
                  ["Shop","Requests","InstanceId","i-1a",{"id":"m1","visible":false}],
                  [{"expression":"m1 * 2","label":"twice, at most ${MAX}","id":"e1"}],
                  [{"expression":"SEARCH('{Shop,InstanceId} MetricName=\\"Requests\\"', 'SampleCount', 1)","label":"n of ${PROP('Dim.InstanceId')}"}]]}}""", """
                {"type":"metric","properties":{"region":"ap-northeast-1","metrics":[[{"expression":"m1 +"}]]}}""");

        open("math");

        page.eventually(() -> {
            assertThat(page.text(widget(1) + " .singles")).isEqualTo("twice, at most 612 612 n of i-1a 1 n of i-1c 1");
            assertThat(page.text(widget(2) + " .problem")).contains("column 5: expected a number");
        });
    }

    @Test
    void markdownIsDrawnAndSmugglesNothingIn() {
        put("text", """
                {"type":"text","width":12,"height":8,"properties":{"markdown":"# Shop\\nSee **this**, `code` and [AWS](https://aws.amazon.com/).\\n\\n* one\\n* two\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n[button:Stack](#/)\\n\\n<img src=x onerror=\\"document.title='stolen'\\"> [bad](javascript:alert(1)) ![pixel](https://evil.example/p.png)"}}""");
        page.complaints();

        open("text");

        page.eventually(
                () -> assertThat(page.text(widget(1) + " .widget-body h3")).isEqualTo("Shop"));
        page.screenshot("dashboard-text");
        assertThat(page.text(widget(1) + " strong")).isEqualTo("this");
        assertThat(page.text(widget(1) + " ul")).isEqualTo("one two");
        assertThat(page.text(widget(1) + " table")).isEqualTo("a b 1 2");
        assertThat(page.all(widget(1) + " a").stream().map(link -> link.getDomAttribute("href")))
                .containsExactly("https://aws.amazon.com/", "#/", "https://evil.example/p.png");
        assertThat(page.text(widget(1))).contains("<img src=x", "[bad](javascript:alert(1))");
        assertThat(page.all(widget(1) + " img")).isEmpty();
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void anAlarmWidgetShowsStatesByWordAndLeadsToTheAlarm() {
        String arn = "arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:";
        put(
                "states",
                "{\"type\":\"alarm\",\"width\":12,\"height\":3,\"properties\":{\"title\":\"All\",\"sortBy\":\"stateUpdatedTimestamp\",\"alarms\":[\"%sidle\",\"%sbusy\",\"%sgone\"]}}"
                        .formatted(arn, arn, arn),
                "{\"type\":\"metric\",\"width\":12,\"properties\":{\"annotations\":{\"alarms\":[\"%sbusy\"]}}}"
                        .formatted(arn));

        open("states");

        page.eventually(() -> {
            assertThat(page.text(widget(1) + " .alarm-grid")).isEqualTo("busy ALARM idle INSUFFICIENT_DATA");
            assertThat(page.text(widget(1) + " .problem")).isEqualTo("There is no alarm gone.");
            assertThat(page.text(widget(2) + " .widget-title")).isEqualTo("busy");
            assertThat(page.pixels(widget(2), "--tone-bad")).isGreaterThan(50);
        });
        page.screenshot("dashboard-alarms");
        page.find(widget(1) + " .alarm-grid a").sendKeys(Keys.ENTER);
        page.eventually(() -> assertThat(page.text("#alarms-view h2")).isEqualTo("Alarms / busy"));
    }

    @Test
    void aVariableIsChosenAmongWhatASearchFindsAndChangesTheWidgets() {
        client.putDashboard(request -> request.dashboardName("variables").dashboardBody("""
                {"start":"-PT5M","variables":[{"id":"web","type":"property","property":"InstanceId","inputType":"select",
                  "label":"Server","defaultValue":"__FIRST","search":"{Shop,InstanceId} MetricName=\\"Requests\\"",
                  "populateFrom":"InstanceId"}],
                 "widgets":[{"type":"metric","width":12,"height":6,"properties":{"region":"ap-northeast-1","view":"singleValue",
                  "title":"One","stat":"Sum","metrics":[["Shop","Requests","InstanceId","none"]]}}]}"""));
        open("variables");
        page.eventually(() -> {
            assertThat(page.text(".view-head .field")).startsWith("Server");
            assertThat(page.text(widget(1))).matches("One Requests 30\\d");
        });

        page.find("[data-variable=web]").sendKeys("i-1c");

        page.eventually(() -> assertThat(page.text(widget(1))).matches("One Requests 10\\d"));
        assertThat(page.focused().getDomAttribute("data-variable")).isEqualTo("web");
    }

    @Test
    void whatAnotherClientPutsAnewIsShownAtOnce() {
        put("changing", metric("Before", ""));
        page.open(monitor.url(), "/#/dashboards");
        page.eventually(() -> assertThat(page.text(".choices")).contains("changing"));
        page.find("a[href='#/dashboards/changing']").sendKeys(Keys.ENTER);
        page.eventually(
                () -> assertThat(page.text(widget(1) + " .widget-title")).isEqualTo("Before"));

        put("changing", metric("After", ""));

        page.eventually(
                () -> assertThat(page.text(widget(1) + " .widget-title")).isEqualTo("After"));
    }

    @Test
    void aStretchIsShownWithTheKeysUntilEscape() {
        put("keys", metric("Lines", ""));
        open("keys");
        page.eventually(() -> assertThat(page.pixels(widget(1), "--line-0")).isPositive());

        page.find(widget(1) + " .plot").sendKeys(Keys.ARROW_LEFT);

        page.eventually(() -> assertThat(page.text(widget(1) + " .legend")).matches("web-1a 306 web-1c –"));
    }

    @Test
    void anAlarmIsToldWithItsDefinitionGraphAndHistory() {
        page.open(monitor.url(), "/#/alarms");
        page.eventually(() -> assertThat(page.text("#alarms-view .alarms")).contains("busy ALARM", "either ALARM"));
        page.screenshot("alarms");

        page.find("#alarms-view [data-alarm=busy] a").sendKeys(Keys.ENTER);

        page.eventually(() -> {
            assertThat(page.text("#alarms-view .alarms")).contains("busy ALARM", "newest 30");
            assertThat(page.text(".definition"))
                    .contains(
                            "more than the instance takes",
                            "Threshold Crossed: 1 datapoint",
                            "InstanceId=i-1a",
                            "Requests ≥ 250",
                            "1 / 1 × 1 s",
                            "ignore");
            assertThat(page.text(".history"))
                    .contains("Alarm updated from INSUFFICIENT_DATA to ALARM", "Alarm \"busy\" created");
            assertThat(page.pixels(".graph-place", "--line-0")).isPositive();
            assertThat(page.pixels(".graph-place", "--tone-bad")).isPositive();
        });
        page.screenshot("alarm");
        page.open(monitor.url(), "/#/alarms/either");
        page.eventually(() -> assertThat(page.text(".definition")).contains("ALARM(busy) OR ALARM(idle)"));
        assertThat(page.all(".graph-place .widget")).isEmpty();
    }

    @Test
    void aNoteIsAmongTheEventsAndOverTheCharts() {
        page.open(monitor.url(), "/");
        page.find("#time-head .plain").click();
        page.find("dialog input[name=note]").sendKeys("it's deployed");
        assertThat(page.text("dialog code")).isEqualTo("./lab note 'it'\\''s deployed'");
        page.press(Keys.ENTER);

        page.eventually(() -> assertThat(page.text("#events")).contains("Note it's deployed"));
        assertThat(page.all("dialog[open]")).isEmpty();
    }

    @Test
    void anAddressThatIsNoneOfThePagesLeavesThePageAlive() {
        page.open(monitor.url(), "/#/alarms/cpu>80%");
        page.eventually(() -> assertThat(page.text("#alarms-view h2")).contains("cpu>80%"));

        page.open(monitor.url(), "/#/alarms");
        page.eventually(() -> assertThat(page.all("#alarms-view .alarm")).hasSize(3));
    }

    @Test
    void alarmsAreFoundByStateAndName() {
        page.open(monitor.url(), "/#/alarms");
        page.eventually(() -> assertThat(page.all("#alarms-view .alarm")).hasSize(3));

        page.find("#alarms-view input").sendKeys("i");
        page.eventually(() -> assertThat(page.all("#alarms-view .alarm")).hasSize(2));
        page.find("#alarms-view select").sendKeys("INS");

        page.eventually(() -> assertThat(page.text("#alarms-view .alarms")).contains("idle INSUFFICIENT_DATA"));
        assertThat(page.all("#alarms-view .alarm")).hasSize(1);
    }

    @Test
    void aMetricIsChosenGraphedAndCalculatedWith() {
        page.open(monitor.url(), "/#/metrics");
        page.find("#metrics-view input[type=search]").sendKeys("shop req i-1a");
        page.eventually(() -> assertThat(page.text(".metric-list")).isEqualTo("Shop Requests InstanceId=i-1a"));

        page.find(".metric-list input").sendKeys(Keys.SPACE);
        page.eventually(
                () -> assertThat(page.pixels(".graph-place", "--line-0")).isPositive());
        page.find(".lines select").sendKeys("SampleCount");
        page.eventually(() -> assertThat(page.text(".graph-place .legend")).endsWith(" 1"));
        page.find("#metrics-view button.plain:not(.lines *)").sendKeys(Keys.ENTER);
        page.eventually(
                () -> assertThat(page.focused().getDomAttribute("class")).isEqualTo("expression"));
        page.press("1", Keys.TAB);

        page.eventually(() -> {
            assertThat(page.text(".graph-place .legend")).endsWith(" 11");
            assertThat(page.text("#metrics-view .problem")).isEmpty();
        });
        page.screenshot("metrics");
        String address = (String) page.run("return location.hash");
        page.open(monitor.url(), "/" + address);
        page.eventually(() -> assertThat(page.text(".graph-place .legend")).endsWith(" 11"));
    }

    @Test
    void everyViewCanBeReachedAndLeftWithTheKeyboardAlone() {
        put("tabs", metric("Lines", ""));
        page.open(monitor.url(), "/#/dashboards/tabs");
        page.eventually(() -> assertThat(page.pixels(widget(1), "--line-0")).isPositive());
        page.run("document.getElementById('skip').focus()");

        page.press(Keys.ENTER, Keys.TAB);

        assertThat(page.focused().getText())
                .as("the skip button leads past the head")
                .isEqualTo("Dashboards");
        page.press(Keys.TAB);
        assertThat(page.focused().getTagName()).isEqualTo("select");
        page.press("1", Keys.TAB, Keys.TAB);
        assertThat(page.focused().getDomAttribute("role")).as("the graph").isEqualTo("group");
        page.press(Keys.ARROW_LEFT);
        page.eventually(() -> assertThat(page.text(widget(1) + " .legend")).startsWith("web-1a 306"));
        page.run("document.querySelector('nav a').focus()");
        page.press(Keys.TAB, Keys.TAB, Keys.ENTER);
        page.eventually(() -> assertThat(page.text("#alarms-view h2")).isEqualTo("Alarms"));
        assertThat(page.attribute("nav [aria-current]", "data-view")).isEqualTo("alarms");
    }

    @Test
    void aNarrowScreenShowsEveryViewWithoutSidewaysScrolling() {
        put(
                "narrow",
                metric("Lines", ""),
                metric("Rows", ",\"view\":\"table\""),
                metric("Gauges", ",\"view\":\"gauge\""));
        page.narrow(360);
        try {
            for (String view : List.of("dashboards/narrow", "alarms", "alarms/busy", "metrics")) {
                page.open(monitor.url(), "/#/" + view);
                page.eventually(
                        () -> assertThat(page.all(".view:not([hidden]) h2")).hasSize(1));
                page.eventually(() -> assertThat(page.all(".view:not([hidden]) :is(canvas, .alarm, .metric-list li)"))
                        .isNotEmpty());
                assertThat(page.run("return document.documentElement.scrollWidth"))
                        .as(view)
                        .isEqualTo(360L);
                page.screenshot("narrow-" + view.replace('/', '-'));
            }
        } finally {
            page.narrow(0);
        }
    }

    /** Languages and schemes have nothing to do with each other: two of the four pairs have all of both. */
    @ParameterizedTest
    @CsvSource({"en, light", "ja, dark"})
    void axeFindsNothingToComplainOfInAnyView(String language, String scheme) throws Exception {
        put(
                "accessible",
                metric("Lines", ",\"annotations\":{\"horizontal\":[{\"label\":\"limit\",\"value\":200}]}"),
                metric("Numbers", ",\"view\":\"singleValue\",\"sparkline\":true"),
                metric("Gauges", ",\"view\":\"gauge\",\"yAxis\":{\"left\":{\"min\":0,\"max\":400}}"),
                metric("Bars", ",\"view\":\"bar\""),
                metric("Parts", ",\"view\":\"pie\""),
                metric("Rows", ",\"view\":\"table\""),
                "{\"type\":\"text\",\"width\":12,\"height\":3,\"properties\":{\"markdown\":\"# Title\\n[link](#/alarms)\"}}",
                "{\"type\":\"alarm\",\"width\":12,\"height\":3,\"properties\":{\"title\":\"States\",\"alarms\":[\""
                        + "arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:busy\"]}}");
        page.emulate("prefers-color-scheme", scheme);
        page.speak(monitor.url(), language);
        try {
            for (String view : List.of("dashboards", "dashboards/accessible", "alarms", "alarms/busy", "metrics")) {
                page.open(monitor.url(), "/#/" + view);
                page.eventually(() -> assertThat(
                                page.all(".view:not([hidden]) :is(canvas, .alarm, .metric-list li, .choices li)"))
                        .isNotEmpty());
                assertThat(page.attribute("html", "lang")).isEqualTo(language);
                assertThat(page.accessibilityProblems()).as(view).isEmpty();
                page.screenshot("axe-" + language + "-" + scheme + "-" + view.replace('/', '-'));
            }
        } finally {
            page.run("localStorage.clear()");
            page.emulate("prefers-color-scheme", "");
        }
    }

    @Test
    void theDarkSchemeIsDrawnAndFewerMovementsAreKept() {
        put("dark", metric("Lines", ""));
        page.emulate("prefers-color-scheme", "dark");
        try {
            open("dark");
            page.eventually(() -> assertThat(page.pixels(widget(1), "#6cb0ff")).isGreaterThan(30));
            page.screenshot("dark");
        } finally {
            page.emulate("prefers-color-scheme", "light");
        }
        page.eventually(() -> assertThat(page.pixels(widget(1), "#0b62c4")).isGreaterThan(30));
        page.open(monitor.url(), "/#/alarms");
        page.eventually(() -> assertThat(page.all("#alarms-view .alarm")).isNotEmpty());
        String moving = "return getComputedStyle(document.querySelector('#alarms-view .alarm')).transitionDuration";
        page.emulate("prefers-reduced-motion", "reduce");
        assertThat(page.run(moving)).isEqualTo("0s");
        page.emulate("prefers-reduced-motion", "no-preference");
        assertThat(page.run(moving)).isNotEqualTo("0s");
    }
}
