package io.failoverlab.monitor;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;

/** What the monitor counts about itself, in the text format or as OpenMetrics, whichever the scraper asks for. */
final class OwnMetrics implements Handler {
    private final CollectorRegistry registry;

    OwnMetrics(CollectorRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void handle(Context http) throws IOException {
        String contentType = TextFormat.chooseContentType(http.header("Accept"));
        StringWriter text = new StringWriter();
        TextFormat.writeFormat(contentType, text, registry.metricFamilySamples());
        http.contentType(contentType).result(text.toString());
    }
}
