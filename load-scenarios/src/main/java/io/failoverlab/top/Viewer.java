package io.failoverlab.top;

import io.failoverlab.top.StackModel.Alarm;
import io.failoverlab.top.StackModel.Target;
import io.failoverlab.top.StackView.AlarmRow;
import io.failoverlab.top.StackView.DatabaseRow;
import io.failoverlab.top.StackView.EventRow;
import io.failoverlab.top.StackView.Freshness;
import io.failoverlab.top.StackView.Rates;
import io.failoverlab.top.StackView.TargetRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is shown of what is known, as a pure function of it and of how fresh it is, by the rules of the page's {@code view.js}. Unknown
 * is never green.
 */
final class Viewer {
    /** A stream that brought nothing for so long no longer says how things are. */
    private static final Duration SILENT_AFTER = Duration.ofSeconds(3);

    /** Target states hold as long as the balancer reports its host counts, which it does every second. */
    private static final int UNCONFIRMED_AFTER = 5;

    private static final int LISTED_EVENTS = 100;
    private static final int SECONDS_OF_MINUTE = 60;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** How the way to the monitor is. */
    enum Connection {
        CONNECTING,
        OPEN,
        /** The monitor is there and does not let this client in. */
        REFUSED,
        LOST
    }

    /**
     * When it is looked at.
     *
     * @param silence since the newest data came
     */
    record Moment(Connection connection, Duration silence, Instant now, ZoneId zone) {}

    private final StackModel model;
    private final Moment moment;
    private final Instant now;

    private Viewer(StackModel model, Moment moment) {
        this.model = model;
        this.moment = moment;
        OptionalLong last = model.last();
        // By the monitor's clock, as far as it is known.
        this.now = last.isPresent()
                ? Instant.ofEpochSecond(
                        last.getAsLong() + 1 + Math.max(0, moment.silence().toSeconds()))
                : moment.now();
    }

    static StackView view(StackModel model, Moment moment) {
        return new Viewer(model, moment).view();
    }

    private StackView view() {
        Freshness freshness = freshness();
        Optional<String> unknown = unknownBecause(freshness);
        List<TargetRow> targets = targets(unknown.isPresent());
        List<AlarmRow> alarms = alarms(!freshness.live());
        String[] balancer = model.balancer().split("/");
        return new StackView(
                freshness,
                summary(targets, alarms, unknown),
                tone(targets, alarms, unknown.isPresent()),
                balancer.length > 1 ? balancer[1] : model.balancer(),
                rates(),
                model.past("requests.balancer", SECONDS_OF_MINUTE),
                targets,
                databases(!freshness.live()),
                alarms,
                events());
    }

    private Freshness freshness() {
        OptionalLong last = model.last();
        String time = last.isPresent() ? timeOfDay(Instant.ofEpochSecond(last.getAsLong())) : "";
        String seen = time.isEmpty() ? "no data yet" : "last data " + time + ", " + words(moment.silence()) + " ago";
        return switch (moment.connection()) {
            case LOST -> new Freshness(false, "Disconnected", "trying again; " + seen, time);
            case REFUSED ->
                new Freshness(false, "Refused", "the monitor wants its token: --token-file FILE; " + seen, time);
            case CONNECTING -> new Freshness(false, "Connecting", seen, time);
            case OPEN -> {
                if (time.isEmpty()) {
                    yield new Freshness(false, "No data", "connected, but no metric has come yet", time);
                }
                yield moment.silence().compareTo(SILENT_AFTER) > 0
                        ? new Freshness(false, "Data is old", seen, time)
                        : new Freshness(true, "Live", "data of " + time, time);
            }
        };
    }

    /** Why the targets' states cannot be vouched for; empty if they can. */
    private Optional<String> unknownBecause(Freshness freshness) {
        if (!freshness.live()) {
            return Optional.of(freshness.word().toLowerCase(java.util.Locale.ROOT));
        }
        OptionalLong counted = model.lastOf("hosts.healthy", "hosts.unhealthy");
        long changed = model.targets().values().stream()
                .mapToLong(target -> target.since().getEpochSecond())
                .max()
                .orElse(0);
        long confirmed = Math.max(counted.orElse(0), changed);
        if (model.targets().isEmpty() || now.getEpochSecond() - confirmed <= UNCONFIRMED_AFTER + 1) {
            return Optional.empty();
        }
        return Optional.of(
                counted.isPresent()
                        ? "the balancer has reported no host count for "
                                + words(Duration.ofSeconds(now.getEpochSecond() - counted.getAsLong() - 1))
                        : "the balancer reports no host counts");
    }

    private static List<TargetRow> registered(List<TargetRow> targets) {
        return targets.stream()
                .filter(target -> !target.reasonCode().equals("Target.NotRegistered"))
                .toList();
    }

    private static long serving(List<TargetRow> targets) {
        return targets.stream()
                .filter(target -> target.lastState().equals("healthy"))
                .count();
    }

    private static long in(String state, List<AlarmRow> alarms) {
        return alarms.stream().filter(alarm -> alarm.state().equals(state)).count();
    }

    private static String summary(List<TargetRow> all, List<AlarmRow> alarms, Optional<String> unknown) {
        List<TargetRow> targets = registered(all);
        long undecided = in("INSUFFICIENT_DATA", alarms);
        String sentence = (targets.isEmpty()
                        ? "No target is known yet"
                        : serving(targets) + " of " + plural(targets.size(), "target") + " in service")
                + ", " + alarmsText(alarms)
                + (undecided > 0 ? ", " + undecided + " with insufficient data" : "");
        return unknown.map(
                        why -> targets.isEmpty() ? "Unknown: " + why : "Unknown: " + why + "; last known: " + sentence)
                .orElse(sentence);
    }

    private static String alarmsText(List<AlarmRow> alarms) {
        long ringing = in("ALARM", alarms);
        if (ringing > 0) {
            return plural(ringing, "alarm");
        }
        return alarms.isEmpty() ? "no alarm defined" : "no alarm";
    }

    private static Tone tone(List<TargetRow> all, List<AlarmRow> alarms, boolean unknown) {
        List<TargetRow> targets = registered(all);
        if (unknown || targets.isEmpty()) {
            return Tone.UNKNOWN;
        }
        if (serving(targets) == 0 || in("ALARM", alarms) > 0) {
            return Tone.BAD;
        }
        if (serving(targets) < targets.size()) {
            return Tone.WARN;
        }
        return alarms.isEmpty() || in("INSUFFICIENT_DATA", alarms) > 0 ? Tone.IDLE : Tone.GOOD;
    }

    private List<TargetRow> targets(boolean unknown) {
        return model.targets().entrySet().stream()
                .filter(entry -> !isGone(entry.getKey(), entry.getValue()))
                .map(entry -> row(entry.getKey(), entry.getValue(), unknown))
                .sorted(Comparator.comparing(TargetRow::name))
                .toList();
    }

    private boolean isGone(String key, Target target) {
        return target.reasonCode().equals("Target.NotRegistered")
                && model.instance(key)
                        .filter(it -> it.state().equals("terminated"))
                        .isPresent();
    }

    private TargetRow row(String key, Target target, boolean unknown) {
        return new TargetRow(
                target.name(),
                target.instanceId(),
                target.zone().isEmpty() ? "zone not known" : target.zone(),
                unknown ? Tone.UNKNOWN : EventWords.target(target.state()),
                unknown ? "unknown, was " + target.state() : target.state(),
                target.state(),
                target.reasonCode(),
                EventWords.reason(target.description(), target.reasonCode()),
                model.instance(key)
                        .map(StackModel.Instance::state)
                        .filter(state -> !state.equals("running"))
                        .map(state -> "instance " + state)
                        .orElse(""),
                since(target.since()),
                model.latest("cpu." + key));
    }

    private List<DatabaseRow> databases(boolean old) {
        return model.databases().stream()
                .map(name -> {
                    Optional<StackModel.Instance> instance = model.instanceOf(name);
                    String state = instance.map(StackModel.Instance::state).orElse("state not reported");
                    Tone tone =
                            instance.isEmpty() || old ? Tone.UNKNOWN : state.equals("running") ? Tone.GOOD : Tone.BAD;
                    return new DatabaseRow(
                            name,
                            instance.map(StackModel.Instance::zone).orElse(""),
                            tone,
                            old && instance.isPresent() ? "unknown, was " + state : state,
                            model.latest("cpu." + name),
                            model.latest("connections." + name),
                            replication(name));
                })
                .toList();
    }

    private String replication(String database) {
        OptionalDouble exposed = model.latest("exposed." + database);
        OptionalDouble lag = model.latest("lag." + database);
        if (exposed.isPresent()) {
            return exposed.getAsDouble() == 0 ? "in sync" : "exposed";
        }
        return lag.isPresent() ? words(Duration.ofMillis((long) (lag.getAsDouble() * 1000))) + " behind" : "";
    }

    private List<AlarmRow> alarms(boolean old) {
        return model.alarms().stream()
                .sorted(Comparator.<Alarm>comparingInt(alarm -> order(alarm.state()))
                        .thenComparing(Alarm::name))
                .map(alarm -> new AlarmRow(
                        alarm.name(),
                        old ? Tone.UNKNOWN : EventWords.alarm(alarm.state()),
                        old ? "unknown, was " + alarm.state() : alarm.state(),
                        alarm.state(),
                        alarm.why(),
                        alarm.threshold(),
                        since(alarm.since())))
                .toList();
    }

    private static int order(String state) {
        return List.of("ALARM", "INSUFFICIENT_DATA", "OK").indexOf(state);
    }

    private List<EventRow> events() {
        return model.events().reversed().stream()
                .limit(LISTED_EVENTS)
                .map(event -> new EventRow(
                        timeOfDay(event.at()),
                        event.at().toString(),
                        EventWords.tone(event),
                        EventWords.type(event),
                        EventWords.text(event)))
                .toList();
    }

    private Rates rates() {
        return new Rates(
                model.latest("requests.balancer"),
                model.latest("failed.elb5xx"),
                model.latest("failed.target5xx"),
                model.latest("latency.target.p50"),
                model.latest("latency.target.p99"),
                model.latest("hosts.healthy"),
                model.latest("hosts.unhealthy"),
                model.latest("requests.client"),
                model.latest("failed.client"),
                model.latest("latency.client.p50"),
                model.latest("latency.client.p99"));
    }

    private String timeOfDay(Instant at) {
        return TIME.format(at.atZone(moment.zone()));
    }

    private String since(Instant at) {
        return "since " + timeOfDay(at) + " (" + words(Duration.between(at, now)) + ")";
    }

    private static String plural(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    /** 12 s, 3 min, 2 h; what is in the future by a clock's error is now. */
    static String words(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
