package io.failoverlab.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.telemetry.Measurement;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicHeader;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * Speaks to the monitor: metrics and alarms through the unmodified AWS SDK, the lab's events through the monitor's own
 * interface.
 */
public final class MonitorClient implements AutoCloseable {
    /** CloudWatch takes at most this many in one request. */
    private static final int DATUM_LIMIT = 1000;

    /** Keeps a request below CloudWatch's megabyte: a value and its count take at most 18 bytes, a datum without them 400. */
    private static final int VALUES_LIMIT = 30_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CloudWatchClient cloudWatch;
    private final CloseableHttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final URI events;

    /** Of a monitor that requires no token. */
    public MonitorClient(URI monitor, String region) {
        this(monitor, region, "lab");
    }

    public MonitorClient(MonitorAccess monitor, String region) {
        this(monitor.url(), region, monitor.token());
    }

    /** @param token AWS clients carry it as their access key id */
    private MonitorClient(URI monitor, String region, String token) {
        this.cloudWatch = CloudWatchClient.builder()
                .endpointOverride(monitor)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(token, "lab")))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(5)))
                .build();
        this.events = monitor.resolve("/events");
        this.http = HttpClients.custom()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(5, TimeUnit.SECONDS)
                        .build())
                .setDefaultHeaders(List.of(new BasicHeader("Authorization", "Bearer " + token)))
                .disableCookieManagement()
                .build();
    }

    /**
     * Stores datapoints at a resolution of one second, and what comes once a minute or less often at one of a minute.
     *
     * @throws MonitorFailed if the monitor refuses or does not answer
     */
    void put(List<Measurement> measurements) {
        Map<String, List<Measurement>> byNamespace = measurements.stream()
                .collect(Collectors.groupingBy(Measurement::namespace, LinkedHashMap::new, Collectors.toList()));
        byNamespace.forEach((namespace, all) -> {
            List<MetricDatum> batch = new ArrayList<>();
            int values = 0;
            for (Measurement measurement : all) {
                values += measurement.values().size();
                if (batch.size() == DATUM_LIMIT || values > VALUES_LIMIT) {
                    put(namespace, batch);
                    batch.clear();
                    values = measurement.values().size();
                }
                batch.add(datum(measurement));
            }
            put(namespace, batch);
        });
    }

    private void put(String namespace, List<MetricDatum> data) {
        call(() ->
                cloudWatch.putMetricData(request -> request.namespace(namespace).metricData(data)));
    }

    private static MetricDatum datum(Measurement measurement) {
        MetricDatum.Builder datum = MetricDatum.builder()
                .metricName(measurement.name())
                .dimensions(measurement.dimensions().entrySet().stream()
                        .map(dimension -> Dimension.builder()
                                .name(dimension.getKey())
                                .value(dimension.getValue())
                                .build())
                        .toList())
                .unit(measurement.unit())
                .timestamp(measurement.at())
                .storageResolution(measurement.cadence().every().compareTo(MINUTE) < 0 ? 1 : 60);
        boolean single =
                measurement.values().size() == 1 && measurement.counts().getFirst() == 1.0;
        return single
                ? datum.value(measurement.values().getFirst()).build()
                : datum.values(measurement.values())
                        .counts(measurement.counts())
                        .build();
    }

    /** Creates or replaces an alarm. */
    public void put(PutMetricAlarmRequest alarm) {
        call(() -> cloudWatch.putMetricAlarm(alarm));
    }

    /** Creates or replaces a dashboard. */
    public void putDashboard(String name, String body) {
        call(() ->
                cloudWatch.putDashboard(request -> request.dashboardName(name).dashboardBody(body)));
    }

    /** Deletes alarms; those that are not there are none of its business. */
    public void deleteAlarms(List<String> names) {
        call(() -> cloudWatch.deleteAlarms(request -> request.alarmNames(names)));
    }

    /** All metric alarms with their states, by name. */
    public List<MetricAlarm> alarms() {
        return call(() -> {
            List<MetricAlarm> found = new ArrayList<>();
            cloudWatch.describeAlarmsPaginator().forEach(page -> found.addAll(page.metricAlarms()));
            return found;
        });
    }

    /** Something of the lab's own to show beside the metrics, in the form of an EventBridge entry. */
    void tell(Instant at, String source, String detailType, String resource, Map<String, ?> detail) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("time", at.toString());
        entry.put("source", source);
        entry.put("detailType", detailType);
        entry.put("resources", List.of(resource));
        entry.put("detail", detail);
        HttpPost post = new HttpPost(events);
        try {
            post.setEntity(new StringEntity(json.writeValueAsString(List.of(entry)), ContentType.APPLICATION_JSON));
            int code = http.execute(post, response -> {
                org.apache.hc.core5.http.io.entity.EntityUtils.consume(response.getEntity());
                return response.getCode();
            });
            if (code >= 300) {
                throw new MonitorFailed("the monitor refused the event \"" + detailType + "\" with code " + code, null);
            }
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("the event has a detail that cannot be written: " + detail, impossible);
        } catch (IOException failure) {
            throw new MonitorFailed("the monitor does not answer: " + failure.getMessage(), failure);
        }
    }

    /**
     * The events since then, that moment included, oldest first.
     *
     * @throws MonitorFailed if the monitor refuses or does not answer
     */
    List<JsonNode> events(Instant since) {
        try {
            String body = http.execute(
                    new HttpGet(events + "?since=" + since),
                    response -> org.apache.hc.core5.http.io.entity.EntityUtils.toString(response.getEntity()));
            List<JsonNode> found = new ArrayList<>();
            json.readTree(body).forEach(found::add);
            return found;
        } catch (IOException failure) {
            throw new MonitorFailed("the monitor does not answer: " + failure.getMessage(), failure);
        }
    }

    /** The begin or the end of a load. */
    public void loadEvent(Instant at, String detailType, String simulation, int rate) {
        tell(at, "failoverlab.load", detailType, "load", Map.of("rate", rate, "simulation", simulation));
    }

    /** A sentence about something that the lab does, such as an experiment. */
    public void note(Instant at, String detailType, String resource, String message) {
        tell(at, "failoverlab.lab", detailType, resource, Map.of("message", message));
    }

    private static <T> T call(java.util.function.Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException failure) {
            throw new MonitorFailed("the monitor refused or did not answer: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() throws IOException {
        cloudWatch.close();
        http.close();
    }
}
