package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.chrome.ChromeDriver;

/** {@code model.js} and {@code view.js} run in the browser on literal messages, without the page. */
@Timeout(120)
class ConsoleModelIT {
    /** Second 0 is 2026-01-02T05:00:00Z. */
    private static final String TOOLS = """
            const done = arguments[arguments.length - 1];
            const T = Date.parse('2026-01-02T05:00:00Z') / 1000;
            const time = (second) => new Date((T + second) * 1000).toISOString();
            const LB = { LoadBalancer: 'app/lab/1' };
            const series = (namespace, metricName, dimensions, unit, ...points) =>
              ({ namespace, metricName, dimensions, unit, points: points.map(([s, ...rest]) => [T + s, ...rest]) });
            const count = (namespace, metricName, dimensions, ...points) =>
              series(namespace, metricName, dimensions, 'Count', ...points.map(([s, n]) => [s, 1, n, n, n, null, null]));
            const tick = (second, ...list) => ({ type: 'tick', seconds: [T + second], series: list });
            const hosts = (second, n) =>
              count('AWS/ApplicationELB', 'HealthyHostCount', { ...LB, TargetGroup: 'targetgroup/web/2' }, [second, n]);
            const event = (second, source, detailType, detail) =>
              ({ type: 'event', event: { time: time(second), source, detailType, resources: [], detail } });
            const target = (second, instance, to, reasonCode = '') => event(second, 'failoverlab.elb', 'Target State Change',
              { instance, instanceId: `i-${instance}`, zone: 'ap-northeast-1a', from: 'initial', to, reasonCode, description: '' });
            const alarm = (name, state) => ({ type: 'alarm', alarm: { name, state, reason: 'why', since: time(0), threshold: '' } });
            const live = { connection: 'open', silence: 0, now: 0, windowSeconds: 4, zoom: null };
            const state = (shown) => shown.zones.flatMap((zone) => zone.subnets).flatMap((subnet) => subnet.cards).map((t) => `${t.name} ${t.word} ${t.tone}`);
            // Chromium gives up what it loads when the machine's networks change, as an engine's do; the page, too, asks again.
            const file = (name) => import(name).catch(() => import(`${name}?again`));
            Promise.all([file('/console/model.js'), file('/console/view.js')]).then(([model, { view }]) => {
              const { reduce, empty } = model;
            """;

    private static ChromeDriver browser;
    private static Javalin server;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    new Console(new FakeFeed()).register(config);
                })
                .start("127.0.0.1", 0);
        browser.get("http://127.0.0.1:" + server.port() + "/");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
            server.stop();
        }
    }

    @Test
    void aSecondWithoutDataIsAGapInEveryLine() throws Exception {
        assertThat(run("""
                const state = reduce([
                  tick(0, count('FailoverLab/Client', 'RequestCount', {}, [0, 300])),
                  tick(1),
                  tick(3, count('FailoverLab/Client', 'RequestCount', {}, [3, 310])),
                ]);
                const { columns } = view(state, { ...live, zoom: { from: T, to: T + 4 } });
                return [columns.x.map((second) => second - T), columns.of('requests.client')];""")).isEqualTo(json("[[0,1,2,3,4],[300,null,null,310,null]]"));
    }

    @Test
    void hostsAreCountedByEitherTypeOfBalancer() throws Exception {
        assertThat(run("""
                const group = { ...LB, TargetGroup: 'targetgroup/web/2' };
                const state = reduce(['AWS/ApplicationELB', 'AWS/NetworkELB'].map((namespace, second) =>
                  tick(second, count(namespace, 'HealthyHostCount', group, [second, 2]),
                               count(namespace, 'UnHealthyHostCount', group, [second, 1]))));
                return state.samples.map((sample) => sample.values);""")).isEqualTo(json("""
                        [{"hosts.healthy":2,"hosts.unhealthy":1},{"hosts.healthy":2,"hosts.unhealthy":1}]"""));
    }

    @Test
    void noErrorsMeanZeroOnlyWhereRequestsWereCounted() throws Exception {
        assertThat(run("""
                const state = reduce([
                  tick(0, count('AWS/ApplicationELB', 'RequestCount', LB, [0, 300])),
                  tick(1, count('FailoverLab/Client', 'RequestCount', {}, [1, 300]),
                          count('FailoverLab/Client', 'ErrorCount', {}, [1, 7])),
                  tick(2),
                ]);
                return state.samples.map((sample) => sample.values);""")).isEqualTo(json("""
                        [{"requests.balancer":300,"failed.elb5xx":0,"failed.target5xx":0,"failed.connect":0},
                         {"requests.client":300,"failed.client":7},
                         {}]"""));
    }

    @Test
    void onlyTheExactDimensionsCountAndLatencyIsInMilliseconds() throws Exception {
        assertThat(run("""
                const perRequest = count('FailoverLab/Client', 'RequestCount', { Request: 'browse' }, [0, 99]);
                const response = series('AWS/ApplicationELB', 'TargetResponseTime', LB, 'Seconds', [0, 10, 1, 0.001, 0.5, 0.004, 0.25]);
                const cpu = series('AWS/EC2', 'CPUUtilization', { InstanceId: 'i-1' }, 'Percent', [0, 2, 90, 40, 50, null, null]);
                return reduce([tick(0, perRequest, response, cpu)]).samples[0].values;""")).isEqualTo(json("{\"latency.target.p50\":4,\"latency.target.p99\":250,\"cpu.i-1\":45}"));
    }

    @Test
    void aLaterTickOfASecondReplacesItAndStateGivenIsLeftAlone() throws Exception {
        assertThat(run("""
                const before = reduce([tick(0, count('FailoverLab/Client', 'RequestCount', {}, [0, 1]))]);
                const after = reduce([tick(0, count('FailoverLab/Client', 'RequestCount', {}, [0, 2]))], before);
                return [before, after].map((state) => state.samples.map((sample) => sample.values['requests.client']));""")).isEqualTo(json("[[1],[2]]"));
    }

    @Test
    void anEventThatComesLateDoesNotUndoANewerStateAndEqualEventsAreOne() throws Exception {
        assertThat(run("""
                const known = reduce([target(5, 'web-1a', 'unhealthy'), target(2, 'web-1a', 'healthy'), target(2, 'web-1a', 'healthy')]);
                return [known.targets['i-web-1a'].state, known.events.map((event) => event.detail.to)];""")).isEqualTo(json("[\"unhealthy\",[\"healthy\",\"unhealthy\"]]"));
    }

    @Test
    void theOverallSentenceCountsTargetsInServiceAndAlarms() throws Exception {
        assertThat(run("""
                const say = (...messages) => {
                  const { tone, text } = view(reduce([...messages, tick(9, hosts(9, 1))]), live).overall;
                  return `${tone}: ${text}`;
                };
                const two = [target(1, 'web-1a', 'healthy'), target(1, 'web-1c', 'healthy')];
                return [
                  say(),
                  say(...two),
                  say(...two, alarm('a', 'OK')),
                  say(...two, alarm('a', 'OK'), alarm('b', 'INSUFFICIENT_DATA')),
                  say(...two, alarm('a', 'ALARM'), { type: 'alarm-removed', name: 'a' }, alarm('b', 'OK')),
                  say(...two, target(2, 'web-1a', 'draining'), alarm('a', 'OK')),
                  say(...two, target(2, 'web-1a', 'unhealthy'), alarm('a', 'ALARM'), alarm('b', 'ALARM')),
                  say(...two, target(2, 'web-1a', 'unused', 'Target.NotRegistered'), alarm('a', 'OK')),
                ];""")).isEqualTo(json("""
                        ["unknown: No target is known yet, no alarm defined",
                         "idle: 2 of 2 targets in service, no alarm defined",
                         "good: 2 of 2 targets in service, no alarm",
                         "idle: 2 of 2 targets in service, no alarm, 1 with insufficient data",
                         "good: 2 of 2 targets in service, no alarm",
                         "warn: 1 of 2 targets in service, no alarm",
                         "bad: 1 of 2 targets in service, 2 alarms",
                         "good: 1 of 1 target in service, no alarm"]"""));
    }

    @Test
    void aTargetIsGreenOnlyWhileTheStreamAndTheHostCountsAreFresh() throws Exception {
        assertThat(run("""
                const known = reduce([target(0, 'web-1a', 'healthy'), tick(9, hosts(9, 1))]);
                const noCounts = reduce([tick(10), tick(11), tick(12), tick(13), tick(14), tick(15)], known);
                return [
                  state(view(known, live)),
                  state(view(known, { ...live, silence: 3.5 })),
                  state(view(known, { ...live, connection: 'lost' })),
                  state(view(reduce([tick(10), tick(11)], known), live)),
                  state(view(noCounts, live)),
                  view(noCounts, live).overall.text,
                ];""")).isEqualTo(json("""
                        [["web-1a healthy good"],
                         ["web-1a unknown, was healthy unknown"],
                         ["web-1a unknown, was healthy unknown"],
                         ["web-1a healthy good"],
                         ["web-1a unknown, was healthy unknown"],
                         "Unknown: the balancer has reported no host count for 6 s; last known: 1 of 1 target in service, \
                        no alarm defined"]"""));
    }

    @Test
    void aFaultIsABandFromItsInjectionToItsHealingOrToNow() throws Exception {
        assertThat(run("""
                const fault = (second, type, name) => event(second, 'failoverlab.fault', type, { fault: name, instance: 'web-1a' });
                const known = reduce([
                  fault(1, 'Fault Injected', 'pause'), fault(2, 'Fault Injected', 'stress'),
                  event(3, 'failoverlab.fault', 'Fault Injected', { fault: 'reboot', instance: 'web-1a', tookEffect: 'false' }),
                  fault(4, 'Fault Healed', 'pause'), tick(9)]);
                return view(known, { ...live, windowSeconds: 60 }).timeline.bands.map((band) => [band.label, band.from - T, band.to - T, band.open]);"""))
                .isEqualTo(json(
                        "[[\"pause web-1a\",1,4,false],[\"stress web-1a\",2,13,true],[\"reboot web-1a\",3,3,false]]"));
    }

    @Test
    void aSnapshotReplacesWhatIsKnownUnlessItResumes() throws Exception {
        assertThat(run("""
                const known = reduce([tick(0), target(0, 'web-1a', 'healthy'), alarm('gone', 'OK')]);
                const snapshot = (resumed) => ({ type: 'snapshot', resumed, seconds: [T + 1], series: [], events: [], alarms: [] });
                return [false, true].map((resumed) => reduce([snapshot(resumed)], known)).map((after) =>
                  [after.samples.map((sample) => sample.second - T), Object.keys(after.targets), Object.keys(after.alarms)]);""")).isEqualTo(json("[[[1],[],[]],[[0,1],[\"i-web-1a\"],[]]]"));
    }

    @Test
    void aValueIsThePresentOneForFiveSecondsSinceTheAccessLogComesLate() throws Exception {
        assertThat(run("""
                const latest = (...ticks) => view(reduce([tick(0, count('FailoverLab/Client', 'RequestCount', {}, [0, 300])), ...ticks]),
                  live).latest('requests.client');
                return [latest(), latest(tick(4)), latest(tick(5)), latest(tick(1), tick(2), tick(3), tick(4), tick(5))];""")).isEqualTo(json("[300,300,null,null]"));
    }

    @Test
    void anEventTypeThePageDoesNotKnowIsToldByItsDetail() throws Exception {
        assertThat(run("""
                const known = reduce([
                  event(0, 'failoverlab.lab', 'Trouble', { message: 'the monitor is slow' }),
                  event(1, 'failoverlab.elb', 'Rotation Change', { targets: 'web-1c' }),
                  event(2, 'my.tool', 'Deployed', { version: '7', by: 'me' })]);
                return view(known, live).events.map((shown) => `${shown.type}: ${shown.text}`);""")).isEqualTo(json("""
                        ["Deployed: version 7, by me", "Rotation Change: nginx now sends to web-1c", "Trouble: the monitor is slow"]"""));
    }

    @Test
    void whatIsKeptIsBounded() throws Exception {
        assertThat(run("""
                const many = [...Array(model.RETAINED_EVENTS + 5).keys()].map((second) => event(second, 'x', 'Load Started', {}));
                const known = reduce([...many, tick(0), tick(1), tick(model.RETAINED_SECONDS)]);
                return [known.events.length - model.RETAINED_EVENTS, known.samples.map((sample) => sample.second - T)];""")).isEqualTo(json("[0,[1,3600]]"));
    }

    @Test
    void everyTextIsThereInBothLanguagesWithTheSameValues() throws Exception {
        assertThat(run("""
                const values = (entry) => [...new Set(JSON.stringify(entry).match(/\\{\\w+\\}/g))].sort();
                return Promise.all([file('/console/texts-en.js'), file('/console/texts-ja.js')]).then(([{ ENGLISH }, { JAPANESE }]) => [
                  Object.keys(ENGLISH).length > 90,
                  Object.keys(ENGLISH).filter((key) => !(key in JAPANESE)),
                  // What is done is said in English by the lab itself.
                  Object.keys(JAPANESE).filter((key) => !(key in ENGLISH) && !/^(action|does|parameter)\\./.test(key)),
                  Object.keys(ENGLISH).filter((key) => values(ENGLISH[key]).join() !== values(JAPANESE[key]).join()),
                ]);""")).isEqualTo(json("[true,[],[],[]]"));
    }

    /** {@code lab top} reads the same messages by the same rules: its test has the same two files. */
    @Test
    void aStackIsShownAsTheTerminalShowsIt() throws Exception {
        assertThat(run("const messages = ["
                        + String.join(",", resource("stack.jsonl").lines().toList()) + "];"
                        + """
                const known = reduce(messages);
                const cards = (shown) => {
                  const found = [];
                  JSON.stringify(shown.zones, (key, value) => {
                    if (value?.lastState !== undefined) found.push(value);
                    return value;
                  });
                  return found.sort((a, b) => a.name.localeCompare(b.name));
                };
                const now = view(known, live);
                const later = view(known, { ...live, silence: 4 });
                const lines = Object.keys(EXPECTED.live.latest);
                return {
                  live: {
                    word: now.freshness.word, summary: now.overall.text, tone: now.overall.tone, balancer: now.balancer.name,
                    targets: cards(now).map((it) => [it.name, it.word, it.tone, it.reason]),
                    databases: now.databases.map((it) => [it.name, it.state]),
                    alarms: now.alarms.map((it) => [it.name, it.word, it.tone, it.reason]),
                    latest: Object.fromEntries(lines.map((line) => [line, now.latest(line)])),
                    events: now.events.map((it) => [it.type, it.text, it.tone]),
                  },
                  silent: {
                    word: later.freshness.word, summary: later.overall.text, tone: later.overall.tone,
                    targets: cards(later).map((it) => it.word), alarms: later.alarms.map((it) => it.word),
                  },
                };""".replace("EXPECTED", resource("stack-shown.json").strip())))
                .isEqualTo(json(resource("stack-shown.json")));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ConsoleModelIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode run(String body) throws Exception {
        Object result = browser.executeAsyncScript(TOOLS + body
                + "}).then((result) => done(JSON.stringify(result)), (error) => done(JSON.stringify(String(error))));");
        return json((String) result);
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
