package io.failoverlab.report;

import io.failoverlab.history.History;
import io.failoverlab.history.RunInfo;
import io.failoverlab.verdict.Judgement;
import io.failoverlab.verdict.Verdict;
import io.failoverlab.verdict.Wording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The run as one self-contained page: it asks for nothing over the network, and its content security policy lets it ask for
 * nothing. Sentence, tables, events and lanes are plain HTML and can be read without scripts; only the charts are drawn.
 */
public final class HtmlReport {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final String UPLOT = "META-INF/resources/webjars/uplot/";

    private HtmlReport() {}

    /**
     * @param gatlingReport where Gatling's own report lies, as seen from the page; empty if there is none
     */
    public static String render(History history, Judgement judgement, Optional<String> gatlingReport) {
        Axis axis = Axis.of(history);
        List<Seconds.Point> points = Seconds.of(history, axis);
        Map<String, String> values = new LinkedHashMap<>();
        verdict(values, judgement);
        run(values, history.run(), gatlingReport);
        values.put("end", Double.toString(axis.end()));
        values.put("per", axis.step() == 1 ? "second" : axis.step() + " seconds");
        values.put("lanes", Lanes.html(history, axis));
        values.put("events", Tables.events(Timeline.of(history)));
        values.put("phases", Tables.phases(judgement.phases()));
        values.put("scorecard", Tables.scorecard(judgement.scorecard()));
        values.put("ledger", Tables.ledger(history.ledger()));
        values.put("points", Tables.points(points));
        values.put("data", Html.escapedJson(ChartData.json(history, axis, points)));
        assets(values);
        return filled(resource("report/report.html"), values);
    }

    private static void verdict(Map<String, String> values, Judgement judgement) {
        values.put("verdict", judgement.verdict().name());
        values.put("verdict-class", judgement.verdict().name().toLowerCase(Locale.ROOT));
        values.put("verdict-sign", sign(judgement.verdict()));
        values.put("sentence", Html.escaped(judgement.sentence()));
        values.put("figures", Tables.figures(judgement.results()));
        values.put("assumptions", Tables.assumptions(judgement.assumptions()));
    }

    private static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✓";
            case FAIL -> "✗";
            case UNKNOWN -> "?";
        };
    }

    private static void run(Map<String, String> values, RunInfo run, Optional<String> gatlingReport) {
        RunInfo.LoadPlan load = run.experiment().load();
        values.put("experiment", Html.escaped(run.experiment().name()));
        values.put("description", Html.escaped(run.experiment().description()));
        values.put("topology", Html.escaped(run.topology().name()));
        values.put("summary", Html.escaped(run.topology().summary()));
        values.put("balancer", Html.escaped(run.topology().balancer()));
        values.put("timing", Html.escaped(run.topology().timing()));
        values.put(
                "load",
                Html.escaped(
                        load.simulation() + ", " + load.rate() + (load.rates().isEmpty() ? " for " : "; ")
                                + Wording.moment(load.duration()) + ", of which ramp "
                                + Wording.moment(load.ramp()) + " and warm-up " + Wording.moment(load.warmUp())));
        values.put("run-id", Html.escaped(run.runId()));
        values.put("started-at", run.startedAt().toString());
        values.put("repeat", Html.escaped(run.repeatCommand()));
        values.put(
                "versions",
                Html.escaped(run.host().versions().entrySet().stream()
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining(", "))));
        values.put(
                "host",
                run.host().cores() + " cores, " + Math.round(run.host().memoryBytes() / Math.pow(2, 30)) + " GiB");
        values.put("clocks", Tables.clocks(run.topology().clocks()));
        values.put("instances", Tables.instances(run.topology().instances()));
        values.put(
                "gatling",
                gatlingReport
                        .map(page ->
                                "<p><a href=\"" + Html.escaped(page) + "\">Gatling’s own report of the load</a></p>")
                        .orElse(""));
    }

    private static void assets(Map<String, String> values) {
        String uplot = UPLOT + uplotVersion() + "/dist/";
        String library = resource(uplot + "uPlot.iife.min.js");
        String script = resource("report/report.js");
        values.put("css", resource(uplot + "uPlot.min.css") + resource("report/report.css"));
        values.put("uplot", library);
        values.put("script", script);
        values.put("hashes", hash(library) + " " + hash(script));
    }

    private static String uplotVersion() {
        Properties pom = new Properties();
        try (InputStream in = open("META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            pom.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return pom.getProperty("version");
    }

    /** One pass: what is filled in is never looked at for placeholders again. */
    private static String filled(String template, Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("report.html: no value for {{" + found.group(1) + "}}");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** The policy of the page allows exactly these scripts, so that nothing that slipped into it could run. */
    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InputStream open(String name) {
        InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("not on the class path: " + name + "; build the module again");
        }
        return in;
    }
}
