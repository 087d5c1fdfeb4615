package io.failoverlab.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dashboard that every stack gets, in CloudWatch's own JSON (CloudWatch API Reference, "Dashboard Body Structure and Syntax"), so
 * that it can be taken to AWS as it is, but for the names of the stack's parts.
 */
public final class StackDashboard {
    private static final String ACCOUNT = "000000000000";
    private static final String CLIENT = "FailoverLab/Client";
    private static final int COLUMNS = 24;

    /**
     * What is shown.
     *
     * @param name of the topology
     * @param databases value of the {@code DBInstanceIdentifier} dimension of each
     * @param alarms names of the stack's alarms
     */
    public record Contents(
            String name, String region, StackAlarms.Stack stack, List<String> databases, List<String> alarms) {
        public Contents {
            databases = List.copyOf(databases);
            alarms = List.copyOf(alarms);
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final Contents contents;
    private final ArrayNode widgets = json.createArrayNode();
    private int x;
    private int y;
    private int rowHeight;

    private StackDashboard(Contents contents) {
        this.contents = contents;
    }

    /** A name that CloudWatch takes: letters, digits, dashes and underscores. */
    public static String name(String topology) {
        return topology.replaceAll("[^-_A-Za-z0-9]", "-");
    }

    /** The dashboard's body. */
    public static String body(Contents contents) {
        return new StackDashboard(contents).write();
    }

    private String write() {
        addAlarms();
        addBalancer();
        addServers();
        addClient();
        ObjectNode body = json.createObjectNode();
        boolean everySecond = period() == 1;
        body.put("start", everySecond ? "-PT5M" : "-PT1H");
        // Where a datapoint comes once a minute, a shorter period would show dots.
        body.put("periodOverride", everySecond ? "auto" : "inherit");
        body.set("widgets", widgets);
        return body.toString();
    }

    private long period() {
        return StackAlarms.statusPeriod(contents.stack().timing()).toSeconds();
    }

    private void addAlarms() {
        ObjectNode properties = add("alarm", COLUMNS, 3).put("title", "Alarms");
        ArrayNode arns = properties.putArray("alarms");
        contents.alarms()
                .forEach(alarm ->
                        arns.add("arn:aws:cloudwatch:" + contents.region() + ":" + ACCOUNT + ":alarm:" + alarm));
    }

    private void addBalancer() {
        String elb = contents.stack().type().namespace();
        String[] balancer = {"LoadBalancer", contents.stack().loadBalancer()};
        String[] group = {
            balancer[0], balancer[1], "TargetGroup", contents.stack().targetGroup()
        };
        ArrayNode now = metric("Now", COLUMNS, 3, "Sum", "singleValue");
        switch (contents.stack().type()) {
            case APPLICATION ->
                now.add(line(elb, "RequestCount", Map.of("label", "requests"), balancer))
                        .add(line(elb, "TargetResponseTime", Map.of("label", "p99, s", "stat", "p99"), balancer));
            case NETWORK ->
                now.add(line(elb, "ActiveFlowCount", Map.of("label", "connections", "stat", "Average"), balancer));
        }
        now.add(line(elb, "HealthyHostCount", Map.of("label", "healthy hosts", "stat", "Minimum"), group))
                .add(line(elb, "UnHealthyHostCount", Map.of("label", "unhealthy hosts", "stat", "Maximum"), group));
        switch (contents.stack().type()) {
            case APPLICATION -> addRequests(elb, balancer);
            case NETWORK -> {
                // It knows of no requests.
            }
        }
        metric("Hosts", 8, 6, "Minimum", "timeSeries")
                .add(line(elb, "HealthyHostCount", Map.of("label", "healthy"), group))
                .add(line(elb, "UnHealthyHostCount", Map.of("label", "unhealthy", "stat", "Maximum"), group));
    }

    private void addRequests(String elb, String... balancer) {
        ArrayNode statuses = metric("Requests by status", 12, 6, "Sum", "stacked");
        for (String status : List.of("Target_2XX", "Target_3XX", "Target_4XX", "Target_5XX", "ELB_5XX")) {
            statuses.add(line(elb, "HTTPCode_" + status + "_Count", Map.of("label", status), balancer));
        }
        metric("Response time of targets, s", 12, 6, "p50", "timeSeries")
                .add(line(elb, "TargetResponseTime", Map.of("label", "p50"), balancer))
                .add(line(elb, "TargetResponseTime", Map.of("label", "p95", "stat", "p95"), balancer))
                .add(line(elb, "TargetResponseTime", Map.of("label", "p99", "stat", "p99"), balancer));
    }

    private void addServers() {
        ArrayNode cpu = metric("CPU, %", 8, 6, "Average", "timeSeries");
        contents.stack()
                .instances()
                .forEach((name, instance) ->
                        cpu.add(line("AWS/EC2", "CPUUtilization", Map.of("label", name), "InstanceId", instance.id())));
        ArrayNode connections = metric("Connections to the database", 8, 6, "Average", "timeSeries");
        for (String database : contents.databases()) {
            connections.add(line(
                    "AWS/RDS", "DatabaseConnections", Map.of("label", database), "DBInstanceIdentifier", database));
        }
    }

    private void addClient() {
        metric("As the client sees it", COLUMNS, 6, "Sum", "timeSeries")
                .add(line(CLIENT, "RequestCount", Map.of("label", "requests")))
                .add(line(CLIENT, "ErrorCount", Map.of("label", "errors")))
                .add(line(CLIENT, "Latency", Map.of("label", "p99 (right)", "stat", "p99", "yAxis", "right")));
    }

    /** @param view of CloudWatch, or {@code stacked} */
    private ArrayNode metric(String title, int width, int height, String stat, String view) {
        ObjectNode properties = add("metric", width, height)
                .put("title", title)
                .put("region", contents.region())
                .put("stat", stat)
                .put("period", period())
                .put("view", view.equals("stacked") ? "timeSeries" : view)
                .put("stacked", view.equals("stacked"));
        return properties.putArray("metrics");
    }

    private ArrayNode line(String namespace, String metric, Map<String, String> drawing, String... dimensions) {
        ArrayNode line = json.createArrayNode().add(namespace).add(metric);
        List.of(dimensions).forEach(line::add);
        ObjectNode render = line.addObject();
        new TreeMap<>(drawing).forEach(render::put);
        return line;
    }

    /** Beside the widget before, or in the next row where there is no room. */
    private ObjectNode add(String type, int width, int height) {
        if (x + width > COLUMNS) {
            x = 0;
            y += rowHeight;
            rowHeight = 0;
        }
        ObjectNode widget = widgets.addObject()
                .put("type", type)
                .put("x", x)
                .put("y", y)
                .put("width", width)
                .put("height", height);
        x += width;
        rowHeight = Math.max(rowHeight, height);
        return widget.putObject("properties");
    }
}
