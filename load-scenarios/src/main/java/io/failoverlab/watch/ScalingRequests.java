package io.failoverlab.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.clock.LabScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Hears from the monitor which scaling policies its alarms want carried out. An event that is read twice counts once. */
public final class ScalingRequests implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String DETAIL_TYPE = "Scaling Policy Execution";

    /** As Auto Scaling writes the ARN of a policy. */
    private static final Pattern POLICY_ARN =
            Pattern.compile("arn:[a-z-]+:autoscaling:.*:autoScalingGroupName/([^:]+):policyName/(.+)");

    /**
     * An alarm wants a policy carried out.
     *
     * @param distance of the metric's newest datapoint from the alarm's threshold; 0 where the alarm has none
     * @param threshold of the alarm; 0 where it has none
     */
    public record Request(String group, String policy, String alarm, double distance, double threshold) {}

    private final MonitorClient client;
    private final Consumer<Request> listener;
    private AutoCloseable timer = () -> {};
    private Instant since;
    private Set<JsonNode> newest = new HashSet<>();

    private ScalingRequests(MonitorClient client, Instant since, Consumer<Request> listener) {
        this.client = client;
        this.listener = listener;
        this.since = since;
    }

    /** Begins to listen. */
    public static ScalingRequests follow(MonitorClient client, LabScheduler scheduler, Consumer<Request> listener) {
        ScalingRequests requests = new ScalingRequests(client, scheduler.instant(), listener);
        requests.timer = scheduler.every(INTERVAL, requests::poll);
        return requests;
    }

    private synchronized void poll() {
        List<JsonNode> events = client.events(since);
        Set<JsonNode> seen = newest;
        for (JsonNode event : events) {
            Instant at = Instant.parse(event.path("time").asText());
            if (at.isAfter(since)) {
                since = at;
                newest = new HashSet<>();
            }
            if (at.equals(since)) {
                newest.add(event);
            }
            if (!seen.contains(event)) {
                read(event, client.alarms()).ifPresent(listener);
            }
        }
    }

    /** Empty for every other event. */
    static Optional<Request> read(JsonNode event, List<MetricAlarm> alarms) {
        Matcher arn = POLICY_ARN.matcher(event.path("detail").path("policyArn").asText());
        if (!event.path("detailType").asText().equals(DETAIL_TYPE) || !arn.matches()) {
            return Optional.empty();
        }
        String alarm = event.path("detail").path("alarmName").asText();
        Optional<MetricAlarm> found =
                alarms.stream().filter(it -> it.alarmName().equals(alarm)).findFirst();
        return Optional.of(new Request(
                arn.group(1),
                arn.group(2),
                alarm,
                found.map(ScalingRequests::distance).orElse(0.0),
                found.map(MetricAlarm::threshold).orElse(0.0)));
    }

    private static double distance(MetricAlarm alarm) {
        if (alarm.threshold() == null || alarm.stateReasonData() == null) {
            return 0;
        }
        try {
            JsonNode points =
                    new ObjectMapper().readTree(alarm.stateReasonData()).path("recentDatapoints");
            // The newest is the first.
            return points.path(0).isNumber() ? points.path(0).asDouble() - alarm.threshold() : 0;
        } catch (JsonProcessingException noReason) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            timer.close();
        } catch (Exception failure) {
            throw new IllegalStateException("a timer could not be stopped", failure);
        }
    }
}
