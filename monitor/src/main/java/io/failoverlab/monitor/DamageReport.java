package io.failoverlab.monitor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.event.LabEvent;
import io.failoverlab.store.Database;
import io.failoverlab.store.StoreDamage;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in the monitor's own figures and as an event that the store was damaged, and what was lost. */
final class DamageReport {
    static final String DAMAGES = "failoverlab_store_damages_total";

    private DamageReport() {}

    /** Counts what was found; the event, if there is something to tell. */
    static Optional<LabEvent> of(Database database, CollectorRegistry registry, Instant now) {
        Counter damages = Counter.build(DAMAGES, "Damaged files of the store that were salvaged when they were opened.")
                .register(registry);
        Counter rows = Counter.build(
                        "failoverlab_store_rows_lost_total", "Rows of the store that were found damaged and are lost.")
                .labelNames("kind")
                .register(registry);
        return database.damage().map(damage -> {
            damages.inc();
            damage.lost().forEach((kind, lost) -> rows.labels(kind).inc(lost));
            return event(damage, now);
        });
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
