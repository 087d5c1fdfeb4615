package io.failoverlab.exposition;

import io.failoverlab.store.RegionMetrics;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The page {@code /metrics}: what the monitor counts about itself, and the newest datapoint of every metric it holds, in the text
 * format 0.0.4 or as OpenMetrics, whichever the scraper asks for.
 */
public final class MetricsPage implements Handler {
    /** What a monitor calls itself when it asks for metrics. */
    public static final String USER_AGENT = "failover-lab-monitor";

    private final CollectorRegistry own;
    private final HeldMetrics held;
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * @param own gets the JVM's metrics, too, when the page is asked for first: they cost megabytes, and a turn at each collection
     * @param metrics of the lab's own region
     */
    public MetricsPage(CollectorRegistry own, RegionMetrics metrics, InstantSource clock) {
        this.own = own;
        this.held = new HeldMetrics(new NewestDatapoints(metrics, clock));
    }

    @Override
    public void handle(Context http) throws IOException {
        if (asked.compareAndSet(false, true)) {
            DefaultExports.register(own);
        }
        List<MetricFamilySamples> families = new ArrayList<>(Collections.list(own.metricFamilySamples()));
        // A monitor that scrapes itself would hold what it exposes and expose what it holds, under ever longer names.
        if (!USER_AGENT.equals(http.userAgent())) {
            families.addAll(held.families(names(families)));
        }
        String contentType = TextFormat.chooseContentType(http.header("Accept"));
        StringWriter text = new StringWriter();
        TextFormat.writeFormat(contentType, text, Collections.enumeration(families));
        http.contentType(contentType).result(text.toString());
    }

    private static Set<String> names(List<MetricFamilySamples> families) {
        Set<String> names = new HashSet<>();
        for (MetricFamilySamples family : families) {
            Collections.addAll(names, family.getNames());
        }
        return names;
    }
}
