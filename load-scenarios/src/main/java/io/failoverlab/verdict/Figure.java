package io.failoverlab.verdict;

import io.failoverlab.history.Event.MetricSample;
import io.failoverlab.history.History;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The figures of a run, in the order in which reports show them, each with the check that measures it. */
public enum Figure {
    /** Requests of the judged window that the client did not get what it asked for. */
    REQUESTS_LOST("requests-lost", "Requests lost", Kind.COUNT, new RequestsLost()),
    /** Of these those that were under way at the fault or due before it all settled; see {@link Windows}. */
    REQUESTS_LOST_DURING("requests-lost-during", "Lost until it settled", Kind.COUNT, new LostIn(Windows.Part.DURING)),
    REQUESTS_LOST_AFTER("requests-lost-after", "Lost afterwards", Kind.COUNT, new LostIn(Windows.Part.AFTER)),
    /** Percent by which the lost requests differ from what was forecast. */
    FORECAST_ERROR("forecast-error", "Forecast of lost requests off by, %", Kind.COUNT, new ForecastError()),
    /** The longest time after the fault in which no request that only reads got its answer, though one was due. */
    READS_OUTAGE("reads-outage", "Reads answered again after", Kind.LATENCY, Outage.ofReads()),
    /** The longest time after the fault in which no write was acknowledged, though one was due. */
    WRITES_OUTAGE("writes-outage", "Writes answered again after", Kind.LATENCY, Outage.ofWrites()),
    /** From the fault of the database's primary to the decision to fail over. */
    FAILOVER_DETECT("failover-detect", "Database failover: detect", Kind.LATENCY, FailoverPhase.DETECT),
    /** The old primary is fenced, the standby applies all it received and is opened. */
    FAILOVER_PROMOTE("failover-promote", "Database failover: promote", Kind.LATENCY, FailoverPhase.PROMOTE),
    /** The database's name leads to the new primary. */
    FAILOVER_ENDPOINT("failover-endpoint", "Database failover: endpoint", Kind.LATENCY, FailoverPhase.ENDPOINT),
    /** The application comes to the new primary. */
    FAILOVER_CLIENT("failover-client", "Database failover: client", Kind.LATENCY, FailoverPhase.CLIENT),
    /** How long there was one copy of the data: no standby that has every acknowledged write. */
    EXPOSED("exposed", "Database exposed, one copy", Kind.LATENCY, new Exposed()),
    /** The slowest request that was under way at the fault or due after it. */
    SLOWEST_AFTER("slowest-after", "Slowest request after the fault", Kind.LATENCY, new SlowestAfterFault()),
    /** Latencies by part of the run, see {@link Windows}; but for the 99th percentile only where something is expected of them. */
    P50_BEFORE("p50-before", "p50 before the fault", Kind.LATENCY, Latency.expected(Windows.Part.BEFORE, 50)),
    P50_DURING("p50-during", "p50 until it settled", Kind.LATENCY, Latency.expected(Windows.Part.DURING, 50)),
    P50_AFTER("p50-after", "p50 afterwards", Kind.LATENCY, Latency.expected(Windows.Part.AFTER, 50)),
    P95_BEFORE("p95-before", "p95 before the fault", Kind.LATENCY, Latency.expected(Windows.Part.BEFORE, 95)),
    P95_DURING("p95-during", "p95 until it settled", Kind.LATENCY, Latency.expected(Windows.Part.DURING, 95)),
    P95_AFTER("p95-after", "p95 afterwards", Kind.LATENCY, Latency.expected(Windows.Part.AFTER, 95)),
    P99_BEFORE("p99-before", "p99 before the fault", Kind.LATENCY, Latency.shown(Windows.Part.BEFORE, 99)),
    P99_DURING("p99-during", "p99 until it settled", Kind.LATENCY, Latency.shown(Windows.Part.DURING, 99)),
    P99_AFTER("p99-after", "p99 afterwards", Kind.LATENCY, Latency.shown(Windows.Part.AFTER, 99)),
    MAX_BEFORE("max-before", "Slowest before the fault", Kind.LATENCY, Latency.expected(Windows.Part.BEFORE, 100)),
    MAX_DURING("max-during", "Slowest until it settled", Kind.LATENCY, Latency.expected(Windows.Part.DURING, 100)),
    MAX_AFTER("max-after", "Slowest afterwards", Kind.LATENCY, Latency.expected(Windows.Part.AFTER, 100)),
    /** From the fault to the target leaving service in its target group. */
    DETECTED("detected", "Fault to target out of service", Kind.DELAY, new Detected()),
    /** From the fault to the balancer really serving without the target. */
    OUT_OF_ROTATION("out-of-rotation", "Fault to out of rotation", Kind.DELAY, new OutOfRotation()),
    /** From the fault to the lab hearing of an alarm in state ALARM. */
    ALARMED("alarmed", "Fault to ALARM", Kind.DELAY, new Alarmed()),
    /** From a fault to one alarm, named by the expectation, in state ALARM. */
    ALARM("alarm", "ALARM of", Kind.DELAY, AlarmOf::new),
    /** How long the alarms that the fault set off stayed in ALARM. */
    ALARM_RECOVERS("alarm-recovers", "ALARM back to OK", Kind.DELAY, new AlarmRecovers()),
    /** From the fault to the expected number of targets in service again, for good. */
    RECOVERED("recovered", "Fault to all in service again", Kind.RECOVERY, new Recovered()),
    /** How an FIS experiment ended. */
    EXPERIMENT("experiment", "FIS experiment", Kind.STATE, new ExperimentEnded()),
    /** From an alarm that is a stop condition to everything being undone. */
    STOPPED_AFTER("stopped-after", "Stop condition to undone", Kind.DELAY, new StoppedAfter()),
    /** Acknowledged writes that the database did not hold at the end. */
    WRITES_LOST("writes-lost", "Acknowledged writes lost", Kind.COUNT, new Writes(WriteClass.LOST)),
    /** Writes that the database held more than once at the end. */
    WRITES_DUPLICATED("writes-duplicated", "Writes stored twice", Kind.COUNT, new Writes(WriteClass.DUPLICATED)),
    /** Writes that the database held at the end and that no client had attempted. */
    WRITES_UNEXPECTED("writes-unexpected", "Writes nobody attempted", Kind.COUNT, new Writes(WriteClass.UNEXPECTED)),
    /** Writes of which the client never learned what became of them. */
    WRITES_UNKNOWN("writes-unknown", "Writes not acknowledged", Kind.COUNT, new Writes(WriteClass.UNKNOWN)),
    /** Writes that were never acknowledged and are in the database all the same. */
    WRITES_RECOVERED("writes-recovered", "Unacknowledged writes found", Kind.COUNT, new Writes(WriteClass.RECOVERED)),
    /** Reads that gave an older version of an item than a client had been given, or told, before they began. */
    STALE_READS("stale-reads", "Stale reads", Kind.COUNT, new StaleReads()),
    /** Which instance answered how many of the requests, by {@link MetricSample#REQUEST_COUNT}. */
    REQUEST_SHARE("request-share", "Requests by instance", Kind.SHOWN_ONLY, new RequestShare());

    /** What can be expected of a figure. */
    enum Kind {
        COUNT,
        LATENCY,
        DELAY,
        RECOVERY,
        STATE,
        SHOWN_ONLY
    }

    private final String key;
    private final String title;
    private final Kind kind;
    private final boolean ofSubject;
    private final Function<String, Check> check;

    Figure(String key, String title, Kind kind, Check check) {
        this(key, title, kind, false, subject -> check);
    }

    /** One that is measured for whatever its expectation names. */
    Figure(String key, String title, Kind kind, Function<String, Check> check) {
        this(key, title, kind, true, check);
    }

    Figure(String key, String title, Kind kind, boolean ofSubject, Function<String, Check> check) {
        this.key = key;
        this.title = title;
        this.kind = kind;
        this.ofSubject = ofSubject;
        this.check = check;
    }

    /** The name in an experiment and in JSON. */
    public String key() {
        return key;
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    /** Whether it is one figure for each thing that an expectation names, such as an alarm. */
    boolean ofSubject() {
        return ofSubject;
    }

    /** In words, as expectations name it: {@code requests lost}. */
    String words() {
        return key.replace('-', ' ');
    }

    /** Of a figure that needs no subject. */
    Finding find(History history) {
        return find(history, "");
    }

    Finding find(History history, String subject) {
        return check.apply(subject).find(history);
    }

    boolean appliesTo(History history) {
        return !ofSubject && check.apply("").appliesTo(history);
    }

    static Optional<Figure> ofKey(String key) {
        return Arrays.stream(values()).filter(figure -> figure.key.equals(key)).findFirst();
    }

    /** Those of which something can be expected, but for those of a subject. */
    static List<String> expectableKeys() {
        return Arrays.stream(values())
                .filter(figure -> figure.kind != Kind.SHOWN_ONLY && !figure.ofSubject)
                .map(Figure::key)
                .toList();
    }
}
