package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Requests and answers of AWS JSON and AWS Query, to the character. CBOR is what the SDK of the other tests speaks. */
class ProtocolsTest extends ClientAgainstMonitor {
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void closeClient() {
        http.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder json(String operation, String body) {
        return HttpRequest.newBuilder(monitor.url())
                .header("X-Amz-Target", "GraniteServiceVersion20100801." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder form(String body) {
        return HttpRequest.newBuilder(monitor.url())
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder get(String query) {
        return HttpRequest.newBuilder(monitor.url().resolve("/?" + query));
    }

    private static String requestId(HttpResponse<String> response) {
        return response.headers().firstValue("x-amzn-RequestId").orElseThrow();
    }

    @Test
    void jsonIsTakenAndGiven() throws IOException, InterruptedException {
        HttpResponse<String> put = send(json(
                "PutMetricData",
                "{\"Namespace\":\"Json\",\"MetricData\":[{\"MetricName\":\"Lat\",\"Timestamp\":"
                        + MINUTE.getEpochSecond()
                        + ".678,\"Values\":[1,2.5],\"Counts\":[2,1],\"Unit\":\"Seconds\",\"StorageResolution\":1}]}"));
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.0");
        assertThat(put.body()).isEqualTo("{}");
        assertThat(send(json(
                                "GetMetricStatistics",
                                "{\"Namespace\":\"Json\",\"MetricName\":\"Lat\",\"Period\":60,\"StartTime\":"
                                        + MINUTE.getEpochSecond() + ",\"EndTime\":"
                                        + MINUTE.plusSeconds(60).getEpochSecond()
                                        + ",\"ExtendedStatistics\":[\"p100\"]}"))
                        .body())
                .isEqualTo("{\"Label\":\"Lat\",\"Datapoints\":[{\"Timestamp\":" + MINUTE.getEpochSecond()
                        + ".000,\"Unit\":\"Seconds\",\"ExtendedStatistics\":{\"p100\":2.5}}]}");
    }

    @Test
    void aFormIsTakenAndXmlIsGiven() throws IOException, InterruptedException {
        HttpResponse<String> put = send(form("Action=PutMetricData&Version=2010-08-01&Namespace=My%2FNS"
                + "&MetricData.member.1.MetricName=Lat&MetricData.member.1.Timestamp="
                + MINUTE.plusSeconds(5).toString().replace(":", "%3A")
                + "&MetricData.member.1.Dimensions.member.1.Name=Host&MetricData.member.1.Dimensions.member.1.Value=a+b"
                + "&MetricData.member.1.Values.member.2=2.5&MetricData.member.1.Values.member.1=1"
                + "&MetricData.member.1.Counts.member.1=2&MetricData.member.1.Counts.member.2=1e0"));
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.headers().firstValue("Content-Type")).contains("text/xml");
        assertThat(put.body())
                .isEqualTo("<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                        + "<PutMetricDataResult></PutMetricDataResult><ResponseMetadata><RequestId>" + requestId(put)
                        + "</RequestId></ResponseMetadata></PutMetricDataResponse>");
        HttpResponse<String> read = send(form("Action=GetMetricStatistics&Namespace=My%2FNS&MetricName=Lat&Period=60"
                + "&Dimensions.member.1.Name=Host&Dimensions.member.1.Value=a+b&StartTime=" + MINUTE + "&EndTime="
                + MINUTE.plusSeconds(60) + "&ExtendedStatistics.member.1=p100"));
        assertThat(read.body())
                .isEqualTo("<GetMetricStatisticsResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                        + "<GetMetricStatisticsResult><Label>Lat</Label><Datapoints><member><Timestamp>"
                        + MINUTE.toString().replace("Z", ".000Z") + "</Timestamp><Unit>None</Unit>"
                        + "<ExtendedStatistics><entry><key>p100</key><value>2.5</value></entry></ExtendedStatistics>"
                        + "</member></Datapoints></GetMetricStatisticsResult><ResponseMetadata><RequestId>"
                        + requestId(read) + "</RequestId></ResponseMetadata></GetMetricStatisticsResponse>");
    }

    @Test
    void timesOfAFormAreIso8601() throws IOException, InterruptedException {
        Instant half = MINUTE.plusMillis(500);
        for (String time : new String[] {
            half.toString(),
            half.toString().replace("Z", ""),
            half.toString().replace("Z", "%2B00:00"),
            MINUTE.toString().replace(":00Z", "Z")
        }) {
            assertThat(send(form("Action=PutMetricData&Namespace=Times&MetricData.member.1.MetricName=M"
                                    + "&MetricData.member.1.Value=1&MetricData.member.1.Timestamp=" + time))
                            .statusCode())
                    .as(time)
                    .isEqualTo(200);
        }
        for (String time : new String[] {"yesterday", "%2B999999999-01-01T00:00:00Z", "2026-13-01T00:00:00Z", ""}) {
            assertThat(send(form("Action=PutMetricData&Namespace=Times&MetricData.member.1.MetricName=M"
                                    + "&MetricData.member.1.Value=1&MetricData.member.1.Timestamp=" + time))
                            .body())
                    .contains("<Code>MalformedInput</Code><Message>Expected a timestamp like 2026-01-02T03:04:05Z for"
                            + " MetricData.member.1.Timestamp, found '");
        }
    }

    @Test
    void aQueryStringIsARequestAndAnythingElseIsThePage() throws IOException, InterruptedException {
        HttpResponse<String> listed = send(get("Action=ListMetrics&Namespace=Nobody"));
        assertThat(listed.body())
                .isEqualTo("<ListMetricsResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                        + "<ListMetricsResult><Metrics></Metrics></ListMetricsResult><ResponseMetadata><RequestId>"
                        + requestId(listed) + "</RequestId></ResponseMetadata></ListMetricsResponse>");
        assertThat(send(get("x=y")).body()).contains("<html");
        HttpResponse<String> image =
                send(get("Action=DeleteAlarms&AlarmNames.member.1=a").header("Sec-Fetch-Site", "cross-site"));
        assertThat(image.statusCode()).isEqualTo(403);
        assertThat(image.body()).contains("found Sec-Fetch-Site: cross-site");
    }

    @Test
    void whatSaysNotWhatItCallsIsRefused() throws IOException, InterruptedException {
        HttpResponse<String> nothing = send(form(""));
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.body())
                .isEqualTo("<ErrorResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><Error>"
                        + "<Type>Sender</Type><Code>MissingAction</Code><Message>Expected a form with the parameter"
                        + " Action, or a header X-Amz-Target, found neither.</Message></Error><RequestId>"
                        + requestId(nothing) + "</RequestId></ErrorResponse>");
        HttpResponse<String> other = send(HttpRequest.newBuilder(monitor.url())
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(other.body())
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\",\"message\":\"Expected a"
                        + " header X-Amz-Target: GraniteServiceVersion20100801.<operation>, found"
                        + " DynamoDB_20120810.ListTables.\"}");
        assertThat(other.headers().firstValue("x-amzn-query-error")).contains("InvalidAction;Sender");
    }

    @Test
    void halfACharacterIsNoText() throws IOException, InterruptedException {
        assertThat(send(json("ListMetrics", "{\"Namespace\":\"\\ud83d\\ude00\"}"))
                        .body())
                .isEqualTo("{\"Metrics\":[]}");
        for (String half : new String[] {"\\ud83d", "\\ude00", "\\ud83dx", "\\ude00\\ud83d"}) {
            HttpResponse<String> refused = send(json("ListMetrics", "{\"Namespace\":\"" + half + "\"}"));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("Expected Unicode for Namespace, found half a surrogate pair.");
        }
    }

    @Test
    void charactersThatXmlCannotSayAreReplaced() throws IOException, InterruptedException {
        assertThat(send(form("Action=SetAlarmState&AlarmName=x&StateReason=y&StateValue=%01%3C%EF%BF%BE"))
                        .body())
                .contains("Value '\uFFFD&lt;\uFFFD' at 'stateValue'");
    }
}
