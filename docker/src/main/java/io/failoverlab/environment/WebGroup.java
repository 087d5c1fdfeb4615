package io.failoverlab.environment;

import io.failoverlab.autoscaling.Activity;
import io.failoverlab.autoscaling.AutoScalingGroup;
import io.failoverlab.autoscaling.Decision;
import io.failoverlab.autoscaling.GroupController;
import io.failoverlab.autoscaling.GroupEvent;
import io.failoverlab.autoscaling.GroupInstance;
import io.failoverlab.autoscaling.LifecycleState;
import io.failoverlab.autoscaling.ScalingOutcome;
import io.failoverlab.autoscaling.TrackingAlarm;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.InstanceId;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.elb.TargetState;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.ScalingPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The Auto Scaling group of the running stack: brings what the stack reports to the group, one fact after the other, and
 * has its decisions carried out by the fleet.
 */
public final class WebGroup implements Telemetry, AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);

    private final AutoScaling settings;
    private final Fleet fleet;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final GroupController controller;
    private final LaunchRecord launches;
    private final FleetActions actions;
    private final GroupChanges changes;
    private final GroupLoad load = new GroupLoad();
    /** Facts come from threads that hold locks of their own; here they wait for their turn without any. */
    private final ExecutorService facts = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("auto scaling").unstarted(task));

    private final Instant began;
    private final List<AutoCloseable> timers = new ArrayList<>();
    /** A group that knew of no instance yet would launch them all again. Only the thread of the facts looks at it. */
    private boolean begun;

    WebGroup(AutoScaling settings, Fleet fleet, LabScheduler scheduler, Telemetry telemetry) {
        this.settings = settings;
        this.fleet = fleet;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
        Instant now = scheduler.instant();
        this.began = fleet.roster.now().group().began().orElse(now);
        SecureRandom random = new SecureRandom();
        AutoScalingGroup group =
                new AutoScalingGroup(settings, fleet.topology().zones(), () -> InstanceId.random(random), began, now);
        this.launches = new LaunchRecord();
        this.actions = new FleetActions(fleet, scheduler, launches, this::fact, this::trouble);
        this.controller = new GroupController(group, actions, scheduler, this::tell, this::refused);
        this.changes = new GroupChanges(fleet, controller, scheduler);
    }

    /** Takes over the web servers that there are, and begins to act. */
    void start() {
        CompletableFuture.runAsync(() -> controller.tell(this::adoptAll), facts).join();
        timers.add(scheduler.every(TICK, () -> fact(GroupController::tick)));
        timers.add(scheduler.every(TICK, this::prepare));
        timers.add(scheduler.every(Duration.ofSeconds(1), this::publish));
        timers.add(scheduler.every(settings.clocks().metricPeriod(), this::track));
    }

    private void adoptAll(AutoScalingGroup group, Instant now) {
        begun = true;
        KeptGroup kept = fleet.roster.now().group();
        for (Instance web : fleet.topology().web()) {
            fleet.find(web.name())
                    .ifPresent(found -> group.adopt(
                            web.name(),
                            found.id(),
                            web.zone(),
                            fleet.roster.lifecycle(web.name()),
                            found.state() == InstanceState.RUNNING,
                            now));
            if (kept.protectedFromScaleIn().contains(web.name())
                    && group.instance(web.name()).isPresent()) {
                group.protectFromScaleIn(web.name(), true);
            }
        }
        if (kept.refreshing()) {
            group.loseInstanceRefresh(now);
        }
    }

    private void fact(Consumer<GroupController> fact) {
        try {
            facts.execute(() -> {
                try {
                    if (begun) {
                        fact.accept(controller);
                        remember();
                    }
                } catch (RuntimeException failure) {
                    trouble("the Auto Scaling group: " + failure.getMessage());
                }
            });
        } catch (RejectedExecutionException closed) {
            // what happens after the end is nobody's business
        }
    }

    private void remember() {
        List<GroupInstance> instances = controller.instances();
        fleet.roster.remember(new KeptGroup(
                Optional.of(began),
                instances.stream()
                        .filter(it -> it.state() != LifecycleState.IN_SERVICE)
                        .collect(Collectors.toMap(GroupInstance::name, GroupInstance::state)),
                instances.stream()
                        .filter(GroupInstance::protectedFromScaleIn)
                        .map(GroupInstance::name)
                        .collect(Collectors.toSet()),
                controller.ask(AutoScalingGroup::isRefreshing)));
    }

    private void trouble(String message) {
        telemetry.happened(new StackEvent.Trouble(scheduler.instant(), message));
    }

    private void refused(Decision decision, RuntimeException failure) {
        String what = decision.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        trouble("the Auto Scaling group could not " + what + " " + decision.instance() + ": " + failure.getMessage());
    }

    private void tell(GroupEvent event) {
        telemetry.happened(new StackEvent.ScalingEvent(
                event.at(),
                event.group(),
                event.kind().detailType(),
                event.instance(),
                event.instanceId(),
                event.zone(),
                event.description(),
                event.cause()));
    }

    @Override
    public void happened(StackEvent event) {
        switch (event) {
            case StackEvent.InstanceStateChanged it -> {
                if (it.state().equals(InstanceState.STOPPED.word())) {
                    fact(group -> launches.answering(it.at(), () -> group.tell((model, now) -> ended(model, it, now))));
                } else if (it.state().equals(InstanceState.SHUTTING_DOWN.word())) {
                    fact(group -> group.gone(it.instance(), it.cause()));
                }
            }
            case StackEvent.TargetStateChanged it -> {
                boolean healthy = it.to().equals(TargetState.HEALTHY.word());
                if (healthy) {
                    launches.passed(it.instance(), it.at());
                }
                if (healthy || it.to().equals(TargetState.UNHEALTHY.word())) {
                    fact(group -> group.targetHealth(it.instance(), healthy));
                }
            }
            case StackEvent.RotationChanged it -> serving(it);
            case StackEvent.RotationRejected it -> {}
            case StackEvent.FaultInjected it -> {}
            case StackEvent.FaultHealed it -> {}
            case StackEvent.ScalingEvent it -> {}
            case StackEvent.DatabaseEvent it -> {}
            case StackEvent.DatabaseFailedOver it -> {}
            case StackEvent.Trouble it -> {}
        }
    }

    private void serving(StackEvent.RotationChanged rotation) {
        for (String name : rotation.targets()) {
            launches.served(name, rotation.at())
                    .ifPresent(steps -> fact(it -> it.tell((model, now) -> model.detail(name, steps.toString()))));
        }
    }

    /** One that was to be stopped for the pool tells that by itself. */
    private static void ended(AutoScalingGroup model, StackEvent.InstanceStateChanged event, Instant now) {
        boolean warm = model.instance(event.instance())
                .filter(it ->
                        it.state() == LifecycleState.WARMED_PENDING || it.state() == LifecycleState.WARMED_STOPPED)
                .isPresent();
        if (!warm) {
            model.gone(event.instance(), event.cause(), now);
        }
    }

    @Override
    public void measured(List<Measurement> measurements) {
        load.measured(measurements);
        for (Measurement it : measurements) {
            if (it.name().equals("StatusCheckFailed")) {
                String id = it.dimensions().get("InstanceId");
                boolean failed = it.values().getFirst() > 0;
                fact(group -> group.instances().stream()
                        .filter(member -> member.instanceId().equals(id))
                        .forEach(member -> group.impaired(member.name(), failed)));
            }
        }
    }

    /** Not beside a launch that is under way, which needs the processors itself. */
    private void prepare() {
        if (changes.areDone()) {
            actions.prepare(controller.ask(AutoScalingGroup::upcoming));
        }
    }

    private void publish() {
        telemetry.measured(controller.metrics(scheduler.instant().truncatedTo(ChronoUnit.SECONDS)));
        fleet.roster.rememberGroup(controller.ask(it -> settings.withSize(it.size())));
    }

    private void track() {
        List<String> ids = controller.instances().stream()
                .filter(it -> it.state() == LifecycleState.IN_SERVICE)
                .map(GroupInstance::instanceId)
                .toList();
        load.averageCpu(ids).ifPresent(it -> measured(ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION, it));
        load.requestsPerMinute(settings.clocks().metricPeriod())
                .ifPresent(it -> measured(ScalingPolicy.Metric.ALB_REQUEST_COUNT_PER_TARGET, it));
    }

    private void measured(ScalingPolicy.Metric metric, double value) {
        fact(group -> group.tell((model, now) -> model.measured(metric, value, now)));
    }

    public String name() {
        return settings.name();
    }

    /** Every instance of the group and its pool. */
    public List<GroupInstance> instances() {
        return controller.instances();
    }

    /** As it is now. */
    public GroupSize size() {
        return controller.ask(AutoScalingGroup::size);
    }

    /**
     * {@code CompleteLifecycleAction}: ends the wait of an instance's hook.
     *
     * @throws IllegalArgumentException if there is no such instance, or it does not wait
     */
    public void completeLifecycleAction(String instance, LifecycleHook.Result result) {
        controller.tell((group, now) -> group.completeLifecycleAction(instance, result, now));
    }

    /** Newest first. */
    public List<Activity> activities() {
        return controller.ask(AutoScalingGroup::activities);
    }

    /**
     * An alarm wants a policy carried out.
     *
     * @param distance of the metric from the alarm's threshold
     * @throws IllegalArgumentException if there is no such policy
     */
    public ScalingOutcome execute(String policy, String alarm, double distance) {
        return controller.execute(policy, alarm, distance);
    }

    /** The alarms of its target tracking policies; whoever takes them tells of each that fires, and nothing else tracks. */
    public List<TrackingAlarm> takeTrackingAlarms() {
        controller.tell((group, now) -> group.leaveTrackingToAlarms());
        return controller.ask(AutoScalingGroup::trackingAlarms);
    }

    /** @param load the metric as a part of the policy's target, 1 being as much */
    public ScalingOutcome fired(TrackingAlarm alarm, double load) {
        return controller.fired(alarm, load);
    }

    /**
     * Keeps an instance from being chosen when the group scales in; it is still replaced where it fails (EC2 Auto Scaling
     * guide, "Instance scale-in protection").
     *
     * @throws IllegalArgumentException if there is no such instance
     */
    public void protectFromScaleIn(String instance, boolean on) {
        controller.tell((group, now) -> group.protectFromScaleIn(instance, on));
    }

    /**
     * Takes an instance out of service, where it goes on running; another takes its place.
     *
     * @throws IllegalArgumentException if there is no such instance, or it is not in service
     */
    public void enterStandby(String instance) {
        controller.tell((group, now) -> group.enterStandby(instance, false, now));
    }

    /**
     * Puts it into service again; the desired capacity grows by it, up to the maximum.
     *
     * @throws IllegalArgumentException if there is no such instance, or it is not in standby
     */
    public void exitStandby(String instance) {
        controller.tell((group, now) -> group.exitStandby(instance, now));
    }

    /** Changes by hand, which are waited for. */
    GroupChanges changes() {
        return changes;
    }

    @Override
    public void close() {
        for (AutoCloseable timer : timers) {
            try {
                timer.close();
            } catch (Exception ended) {
                throw new IllegalStateException("a timer could not be stopped", ended);
            }
        }
        facts.shutdown();
        actions.close();
    }
}
