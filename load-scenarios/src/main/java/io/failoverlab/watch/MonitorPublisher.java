package io.failoverlab.watch;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Hands the stack's measurements and events on to the monitor, in order, without ever delaying the stack. What waits
 * while a request is under way goes out together in the next one, so a burst costs few requests and a single datapoint
 * no delay.
 */
public final class MonitorPublisher implements Telemetry, AutoCloseable {
    /** What a stack of twenty instances produces in some minutes; beyond it the oldest is not kept for ever. */
    private static final int WAITING_LIMIT = 100_000;

    private sealed interface Item {
        record Data(List<Measurement> measurements) implements Item {}

        record Happening(StackEvent event) implements Item {}

        record End() implements Item {}
    }

    private final MonitorClient client;
    private final Consumer<String> trouble;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>(WAITING_LIMIT);
    private final Thread worker;

    /** @param trouble told in words when the monitor does not take something */
    public MonitorPublisher(MonitorClient client, Consumer<String> trouble) {
        this.client = client;
        this.trouble = trouble;
        this.worker = Thread.ofPlatform().daemon().name("monitor publisher").start(this::publish);
    }

    @Override
    public void measured(List<Measurement> measurements) {
        add(new Item.Data(measurements));
    }

    @Override
    public void happened(StackEvent event) {
        add(new Item.Happening(event));
    }

    private void add(Item item) {
        if (!queue.offer(item)) {
            trouble.accept("the monitor does not keep up: a measurement was dropped");
        }
    }

    private void publish() {
        try {
            while (true) {
                List<Item> batch = new ArrayList<>();
                batch.add(queue.take());
                queue.drainTo(batch);
                send(batch);
                if (batch.getLast() instanceof Item.End) {
                    return;
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(List<Item> batch) {
        List<Measurement> measurements = new ArrayList<>();
        List<StackEvent> events = new ArrayList<>();
        for (Item item : batch) {
            switch (item) {
                case Item.Data(List<Measurement> data) -> measurements.addAll(data);
                case Item.Happening(StackEvent event) -> events.add(event);
                case Item.End() -> {
                    // nothing follows it
                }
            }
        }
        try {
            // Measurements first: an alarm may hang on them.
            client.put(measurements);
            events.forEach(this::tell);
        } catch (MonitorFailed failure) {
            trouble.accept(failure.getMessage());
        }
    }

    private void tell(StackEvent event) {
        switch (event) {
            case StackEvent.InstanceStateChanged e ->
                client.tell(
                        e.at(),
                        "failoverlab.ec2",
                        "Instance State Change",
                        e.instance(),
                        details(
                                "instance",
                                e.instance(),
                                "instanceId",
                                e.instanceId(),
                                "zone",
                                e.zone(),
                                "state",
                                e.state(),
                                "cause",
                                e.cause()));
            case StackEvent.TargetStateChanged e ->
                client.tell(
                        e.at(),
                        "failoverlab.elb",
                        "Target State Change",
                        e.instance(),
                        details(
                                "instance",
                                e.instance(),
                                "instanceId",
                                e.instanceId(),
                                "zone",
                                e.zone(),
                                "from",
                                e.from(),
                                "to",
                                e.to(),
                                "reasonCode",
                                e.reasonCode(),
                                "description",
                                e.description()));
            case StackEvent.RotationChanged e ->
                client.tell(
                        e.at(),
                        "failoverlab.elb",
                        "Rotation Change",
                        "lb",
                        details("targets", String.join(" ", e.targets()), "generation", Long.toString(e.generation())));
            case StackEvent.RotationRejected e ->
                client.tell(
                        e.at(),
                        "failoverlab.elb",
                        "Rotation Rejected",
                        "lb",
                        details("generation", Long.toString(e.generation()), "reason", e.reason()));
            case StackEvent.FaultInjected e ->
                client.tell(
                        e.at(),
                        "failoverlab.fault",
                        "Fault Injected",
                        e.instance(),
                        details(
                                "fault",
                                e.fault(),
                                "instance",
                                e.instance(),
                                "awsEvent",
                                e.standsFor(),
                                "tookEffect",
                                Boolean.toString(e.tookEffect()),
                                "evidence",
                                e.evidence()));
            case StackEvent.FaultHealed e ->
                client.tell(
                        e.at(),
                        "failoverlab.fault",
                        "Fault Healed",
                        e.instance(),
                        details("fault", e.fault(), "instance", e.instance(), "evidence", e.evidence()));
            case StackEvent.ScalingEvent e ->
                client.tell(
                        e.at(),
                        "failoverlab.autoscaling",
                        e.detailType(),
                        e.instance().isEmpty() ? e.group() : e.instance(),
                        details(
                                "AutoScalingGroupName",
                                e.group(),
                                "EC2InstanceId",
                                e.instanceId(),
                                "instance",
                                e.instance(),
                                "zone",
                                e.zone(),
                                "Description",
                                e.description(),
                                "Cause",
                                e.cause()));
            case StackEvent.DatabaseEvent e ->
                client.tell(
                        e.at(),
                        "failoverlab.rds",
                        "RDS DB Instance Event",
                        e.source(),
                        details(
                                "EventID",
                                e.id(),
                                "EventCategories",
                                e.category(),
                                "SourceIdentifier",
                                e.source(),
                                "Message",
                                e.message()));
            case StackEvent.DatabaseFailedOver e ->
                client.tell(
                        e.at(),
                        "failoverlab.rds",
                        "Multi-AZ Failover",
                        e.database(),
                        details("from", e.from(), "to", e.to(), "phases", e.phases()));
            case StackEvent.Trouble e ->
                client.tell(e.at(), "failoverlab.lab", "Trouble", "lab", details("message", e.message()));
        }
    }

    private static Map<String, String> details(String... namesAndValues) {
        Map<String, String> details = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            details.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return details;
    }

    /** Sends what still waits, for some seconds at the most. */
    @Override
    public void close() {
        add(new Item.End());
        try {
            worker.join(java.time.Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
