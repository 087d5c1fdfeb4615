package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.event.EventLog;
import io.failoverlab.event.LabEvent;
import io.failoverlab.store.StoreDamage;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What follows a healing while the disk fails now and then. */
class StoreRecoveryTest {
    private static final StoreDamage DAMAGE =
            new StoreDamage("test", Map.of(), Map.of(), List.of(), 0, 0, 0, Path.of("damaged"));

    private final CollectorRegistry registry = new CollectorRegistry();
    private final List<String> saved = new ArrayList<>();
    private final List<LabEvent> shown = new ArrayList<>();
    private boolean diskFails;

    private final EventLog events = new EventLog() {
        @Override
        public void append(List<LabEvent> events) {
            writing("event").run();
        }

        @Override
        public List<LabEvent> since(Instant since) {
            throw new AssertionError("not asked for");
        }
    };

    private Runnable writing(String what) {
        return () -> {
            if (diskFails) {
                throw new IllegalStateException("the disk fails");
            }
            saved.add(what);
        };
    }

    private StoreRecovery recovery(Runnable... savings) {
        return new StoreRecovery(
                new DamageReport(registry), events, shown::addAll, () -> Instant.EPOCH, List.of(savings));
    }

    @Test
    void theDamageIsToldAlthoughNothingCanBeSavedAndAllIsSavedLaterOnce() {
        StoreRecovery recovery = recovery(writing("series"), writing("alarms"));
        diskFails = true;
        recovery.healed(DAMAGE);
        assertThat(registry.getSampleValue(DamageReport.DAMAGES)).isEqualTo(1);
        assertThat(shown).extracting(LabEvent::detailType).containsExactly("Store Damaged");
        recovery.save();
        assertThat(saved).isEmpty();
        diskFails = false;
        recovery.save();
        recovery.save();
        assertThat(saved).containsExactly("event", "series", "alarms");
        assertThat(registry.getSampleValue(DamageReport.DAMAGES)).isEqualTo(1);
        assertThat(shown).hasSize(1);
    }

    @Test
    void aSavingThatFailsKeepsNoOtherFromBeingDone() {
        Runnable fails = () -> {
            throw new IllegalStateException("test");
        };
        recovery(fails, writing("alarms")).healed(DAMAGE);
        assertThat(saved).containsExactly("event", "alarms");
    }
}
