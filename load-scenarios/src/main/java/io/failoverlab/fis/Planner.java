package io.failoverlab.fis;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.fault.AzNetwork;
import io.failoverlab.fault.CpuStress;
import io.failoverlab.fault.Cut;
import io.failoverlab.fault.DiskFull;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.IoStress;
import io.failoverlab.fault.KillProcess;
import io.failoverlab.fault.Latency;
import io.failoverlab.fault.MemoryStress;
import io.failoverlab.fault.PacketFilter;
import io.failoverlab.fault.Stop;
import io.failoverlab.fis.Plan.Chosen;
import io.failoverlab.fis.Plan.PlannedAction;
import io.failoverlab.fis.Plan.Work;
import io.failoverlab.fis.Stack.Resource;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates a template into what will be done to a stack. Pure: the same seed gives the same plan. */
public final class Planner {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_STRESS = 64;

    private final Template template;
    private final Stack stack;
    private final long seed;
    private final int scale;
    private final Correspondence correspondence;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes;
    private final Map<String, Chosen> chosen = new LinkedHashMap<>();

    private Planner(Template template, Stack stack, Mapping mapping, long seed, int scale) {
        this.template = template;
        this.stack = stack;
        this.seed = seed;
        this.scale = scale;
        this.correspondence = new Correspondence(template, stack, mapping);
        this.notes = new ArrayList<>(template.notes());
    }

    /**
     * Plans an experiment.
     *
     * @param seed chooses among resources that fit
     * @param scale that times of a minute and more are divided by, but to no less than a second
     * @throws InvalidInput with everything that cannot be done to that stack
     */
    public static Plan plan(Template template, Stack stack, Mapping mapping, long seed, int scale) {
        return new Planner(template, stack, mapping, seed, scale).plan();
    }

    private Plan plan() {
        List<PlannedAction> actions =
                template.actions().stream().map(this::planned).toList();
        List<String> stopAlarms = template.stopAlarmArns().stream()
                .flatMap(arn -> correspondence.alarm(arn).stream())
                .toList();
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(correspondence.problems());
        if (!all.isEmpty()) {
            throw new InvalidInput(all);
        }
        return new Plan(
                template.description(),
                seed,
                scale,
                correspondence.lines(),
                chosen,
                actions,
                stopAlarms,
                notes.stream().distinct().toList());
    }

    private PlannedAction planned(TemplateAction action) {
        return new PlannedAction(
                action.name(), action.actionId(), action.startAfter(), work(action), timesOnAws(action.action()));
    }

    private Work work(TemplateAction action) {
        return switch (action.action()) {
            case Action.OnTarget onTarget -> {
                Chosen targets = chosen.computeIfAbsent(onTarget.target(), this::choose);
                yield targets.names().isEmpty()
                        ? new Work.Skip("target " + onTarget.target() + " has no resource")
                        : onTarget(action.name(), onTarget, targets.names());
            }
            case Action.Wait(Duration duration) -> new Work.Wait(scaled(duration));
            case Action.AssertAlarmState(var arns, var states) ->
                new Work.AssertAlarms(
                        arns.stream()
                                .flatMap(arn -> correspondence.alarm(arn).stream())
                                .toList(),
                        states);
            case Action.LeftOut leftOut -> new Work.Skip("left out by --skip");
        };
    }

    private Chosen choose(String name) {
        Target target = template.targets().get(name);
        List<Resource> fitting = fitting(target);
        List<Resource> picked = target.selection().choose(fitting, seed ^ name.hashCode());
        boolean mayBeEmpty = template.emptyTargets() == Template.EmptyTargets.SKIP
                && target.arns().isEmpty();
        if (picked.isEmpty() && !mayBeEmpty) {
            problems.add(Problem.of(
                    template.source() + ": target " + name,
                    "a resource for " + target.selection() + " of " + target.typeId(),
                    fitting.isEmpty() ? "none that fits" : fitting.size() + " that fit",
                    fitting.isEmpty()
                            ? hint(target)
                            : "it is rounded down, as by FIS; more of them would do, such as with --web"));
        }
        return new Chosen(names(picked), names(fitting), target.selection());
    }

    private String hint(Target target) {
        List<Resource> there = target.type().map(stack::ofType).orElse(List.of());
        if (!there.isEmpty()) {
            return stack.topology().name() + " has " + String.join(", ", names(there));
        }
        return target.type().equals(Optional.of(ResourceType.CLUSTER))
                ? "--topology two-web-multi-az has one"
                : stack.topology().name() + " has none of that type";
    }

    private List<Resource> fitting(Target target) {
        ResourceType type = target.type().orElseThrow();
        if (!target.arns().isEmpty()) {
            return target.arns().stream()
                    .flatMap(arn -> correspondence.ofArn(arn).stream())
                    .distinct()
                    .toList();
        }
        List<Resource> fitting = new ArrayList<>(stack.ofType(type));
        target.tags().forEach((key, value) -> fitting.retainAll(correspondence.tagged(type, key, value)));
        return fitting.stream()
                .filter(resource -> target.filters().stream().allMatch(filter -> passes(resource, filter)))
                .filter(resource -> target.parameters().entrySet().stream()
                        .allMatch(parameter -> passes(resource, parameter.getKey(), parameter.getValue())))
                .toList();
    }

    private boolean passes(Resource resource, Target.Filter filter) {
        if (filter.path().equals("VpcId")) {
            notes.add("the stack is one VPC: a filter of VpcId keeps everything");
            return true;
        }
        String found = resource.attributes().get(filter.path());
        return ResourceType.isOfZones(filter.path())
                ? filter.values().stream().anyMatch(word -> correspondence.isZone(word, found))
                : filter.values().contains(found);
    }

    private boolean passes(Resource resource, String parameter, String value) {
        return !ResourceType.isOfZones(parameter)
                || value.equals("all")
                || Correspondence.zonesIn(value).anyMatch(word -> correspondence.isZone(word, resource.zone()));
    }

    private Work onTarget(String name, Action.OnTarget action, List<String> targets) {
        return switch (action) {
            case Action.StopInstances(var target, var startAfter, var mayBeTerminated) -> {
                Optional<Duration> undoneAfter = startAfter.map(this::scaled);
                yield new Work.Inject(
                        new Stop(), targets, undoneAfter, undoneAfter.orElse(Duration.ZERO), mayBeTerminated);
            }
            case Action.RebootInstances reboot -> new Work.Reboot(targets);
            case Action.TerminateInstances terminate -> new Work.Terminate(targets);
            case Action.SendCommand(var target, var command, var duration) ->
                command(name, command, scaled(duration), targets);
            case Action.DisruptConnectivity(var target, var scope, var duration) ->
                disrupt(name, scope, scaled(duration), targets);
            case Action.RebootDbInstances(var target, var forceFailover) ->
                reboot(name, forceFailover, targets.getFirst());
            case Action.FailoverDbCluster failover -> new Work.FailOver(targets.getFirst());
        };
    }

    private Work command(String name, Action.Command command, Duration length, List<String> targets) {
        return switch (command) {
            case Action.Command.CpuStress(int workers, int load, Duration duration) -> {
                int vcpus = targets.stream().mapToInt(this::vcpus).max().orElseThrow();
                int processes = Math.min(MOST_STRESS, workers == 0 ? vcpus : workers);
                // Of their vCPUs on AWS, of the whole instance here.
                int percent = load == 100 ? 100 : Math.clamp((long) load * processes / vcpus, 1, 100);
                yield during(new CpuStress(processes, percent, scaled(duration)), targets, duration, length);
            }
            case Action.Command.MemoryStress(int percent, Duration duration) ->
                during(new MemoryStress(percent, scaled(duration)), targets, duration, length);
            case Action.Command.IoStress(int workers, Duration duration) ->
                during(new IoStress(workers, scaled(duration)), targets, duration, length);
            case Action.Command.DiskFill(int percent, Duration duration) ->
                during(new DiskFull(percent), targets, duration, length);
            case Action.Command.BlackholePort(String protocol, int port, boolean egress, Duration duration) ->
                during(PacketFilter.blackholePort(protocol, port, egress), targets, duration, length);
            case Action.Command.NetworkLatency(var delay, var jitter, var sources, var duration) -> {
                if (!sources.isEmpty()) {
                    notes.add(
                            name + ": all that the instance sends is late, not only to " + String.join(", ", sources));
                }
                yield during(new Latency(delay, jitter), targets, duration, length);
            }
            case Action.Command.PacketLoss(int percent, var sources, var duration) -> {
                List<String> addresses = sources.stream()
                        .flatMap(source -> correspondence.addresses(source).stream())
                        .toList();
                yield during(PacketFilter.loss(percent, addresses), targets, duration, length);
            }
            case Action.Command.KillProcess(String process, String signal) -> {
                notes.add(name + ": where no process is called " + process
                        + " it is the server process of the instance, which is started again at the end of the run");
                Fault kill = new KillProcess(process, signal.substring("SIG".length()), true);
                yield new Work.Inject(kill, targets, Optional.empty(), length, false);
            }
        };
    }

    /** A fault for as long as the document runs, which may be shorter or longer than the action. */
    private Work during(Fault fault, List<String> targets, Duration duration, Duration length) {
        return new Work.Inject(fault, targets, Optional.of(scaled(duration)), length, false);
    }

    private int vcpus(String instance) {
        return stack.topology().web().stream()
                .filter(web -> web.name().equals(instance))
                .mapToInt(web -> web.type().vcpus())
                .findFirst()
                .orElse(1);
    }

    private Work disrupt(String name, Scope scope, Duration length, List<String> subnets) {
        List<String> nodes = stack.nodesIn(subnets);
        if (nodes.isEmpty()) {
            return new Work.Skip("no instance is in " + String.join(", ", subnets)
                    + "; the balancer, which is in all zones, is never cut");
        }
        return switch (scope) {
            case ALL -> cutOff(name, length, subnets, nodes);
            case AVAILABILITY_ZONE -> {
                notes.add(name + ": the balancer is in all zones, and reaches the instances in the subnets as before");
                yield new Work.Inject(
                        PacketFilter.zonesApart(stack.pairsAcrossZones(nodes)),
                        nodes,
                        Optional.of(length),
                        length,
                        false);
            }
        };
    }

    private Work cutOff(String name, Duration length, List<String> subnets, List<String> nodes) {
        notes.add(name + ": each instance in the subnets is cut off, from others in its subnet too"
                + (subnets.stream().anyMatch(it -> stack.nodesIn(List.of(it)).isEmpty())
                        ? "; the balancer, which is in all zones, is not"
                        : ""));
        Optional<Zone> zone = stack.zoneOf(nodes);
        return zone.map(whole ->
                        new Work.Inject(new AzNetwork(), List.of(whole.letter()), Optional.of(length), length, false))
                .orElseGet(() -> new Work.Inject(new Cut(), nodes, Optional.of(length), length, false));
    }

    private Work reboot(String name, boolean forceFailover, String database) {
        boolean multiAz = stack.topology().hasStandby();
        if (forceFailover != multiAz) {
            problems.add(Problem.of(
                    template.source() + ": action " + name,
                    forceFailover
                            ? "a Multi-AZ database for a reboot with forceFailover"
                            : "a database on one server for a reboot without forceFailover",
                    database + (multiAz ? ", which is Multi-AZ" : ", which is not"),
                    "--topology " + (forceFailover ? "two-web-multi-az" : "two-web-one-db") + " has one"));
        }
        return forceFailover ? new Work.FailOver(database) : new Work.RebootDatabase(database);
    }

    private Duration scaled(Duration onAws) {
        if (scale == 1 || onAws.compareTo(MINUTE) < 0) {
            return onAws;
        }
        Duration shorter = onAws.dividedBy(scale);
        return shorter.compareTo(SECOND) < 0 ? SECOND : shorter;
    }

    /** The time that the template gives, where another one is used. */
    private String timesOnAws(Action action) {
        Optional<Duration> given = switch (action) {
            case Action.StopInstances stop -> stop.startAfter();
            case Action.SendCommand command -> Optional.of(command.duration());
            case Action.DisruptConnectivity disrupt -> Optional.of(disrupt.duration());
            case Action.Wait wait -> Optional.of(wait.duration());
            case Action.RebootInstances reboot -> Optional.empty();
            case Action.TerminateInstances terminate -> Optional.empty();
            case Action.RebootDbInstances reboot -> Optional.empty();
            case Action.FailoverDbCluster failover -> Optional.empty();
            case Action.AssertAlarmState alarms -> Optional.empty();
            case Action.LeftOut leftOut -> Optional.empty();
        };
        return given.filter(it -> !scaled(it).equals(it))
                .map(Duration::toString)
                .orElse("");
    }

    private static List<String> names(List<Resource> resources) {
        return resources.stream().map(Resource::name).toList();
    }
}
