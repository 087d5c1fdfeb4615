package io.failoverlab.monitor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.event.LabEvent;
import io.failoverlab.store.StoreDamage;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Says in the monitor's own figures and as an event that the store was damaged, and what was lost. */
final class DamageReport {
    static final String DAMAGES = "failoverlab_store_damages_total";

    private final Counter damages;
    private final Counter rows;

    DamageReport(CollectorRegistry registry) {
        damages = Counter.build(DAMAGES, "How often the store's file was found damaged and was salvaged.")
                .register(registry);
        rows = Counter.build(
                        "failoverlab_store_rows_lost_total", "Rows of the store that were found damaged and are lost.")
                .labelNames("kind")
                .register(registry);
    }

    /** Counts what was found and makes an event of it. */
    LabEvent of(StoreDamage damage, Instant now) {
        damages.inc();
        damage.lost().forEach((kind, lost) -> rows.labels(kind).inc(lost));
        return event(damage, now);
    }

    private static LabEvent event(StoreDamage damage, Instant now) {
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("reason", damage.reason())
                .put("report", damage.toString())
                .put("damagedFile", damage.damagedFile().toString())
                .put("unreadablePages", damage.unreadablePages())
                .put("missingPages", damage.missingPages());
        put(detail.putObject("lost"), damage.lost());
        put(detail.putObject("kept"), damage.kept());
        return new LabEvent(now, "failoverlab.monitor", "Store Damaged", List.of(), detail);
    }

    private static void put(ObjectNode node, Map<String, Integer> counts) {
        counts.forEach(node::put);
    }
}
