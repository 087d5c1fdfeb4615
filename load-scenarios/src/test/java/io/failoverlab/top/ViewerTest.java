package io.failoverlab.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.top.Viewer.Connection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ViewerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The page's own test has the same messages and the same expectation. */
    @Test
    void aStackIsShownAsThePageShowsIt() throws Exception {
        JsonNode expected = StackMessages.shown();
        StackModel model = StackMessages.model();
        StackView now = StackMessages.view(model, 0);
        StackView later = StackMessages.view(model, 4);
        ObjectNode found = JSON.createObjectNode();
        ObjectNode live = found.putObject("live")
                .put("word", now.freshness().word())
                .put("summary", now.summary())
                .put("tone", tone(now.tone()))
                .put("balancer", now.balancer());
        live.set(
                "targets",
                JSON.valueToTree(now.targets().stream()
                        .map(it -> List.of(it.name(), it.word(), tone(it.tone()), it.reason()))
                        .toList()));
        live.set(
                "databases",
                JSON.valueToTree(now.databases().stream()
                        .map(it -> List.of(it.name(), it.state()))
                        .toList()));
        live.set(
                "alarms",
                JSON.valueToTree(now.alarms().stream()
                        .map(it -> List.of(it.name(), it.word(), tone(it.tone()), it.reason()))
                        .toList()));
        ObjectNode latest = live.putObject("latest");
        expected.path("live")
                .path("latest")
                .fieldNames()
                .forEachRemaining(line -> put(latest, line, model.latest(line)));
        live.set(
                "events",
                JSON.valueToTree(now.events().stream()
                        .map(it -> List.of(it.type(), it.text(), tone(it.tone())))
                        .toList()));
        ObjectNode silent = found.putObject("silent")
                .put("word", later.freshness().word())
                .put("summary", later.summary())
                .put("tone", tone(later.tone()));
        silent.set(
                "targets",
                JSON.valueToTree(later.targets().stream().map(it -> it.word()).toList()));
        silent.set(
                "alarms",
                JSON.valueToTree(later.alarms().stream().map(it -> it.word()).toList()));
        assertThat(JSON.readTree(found.toString())).isEqualTo(expected);
    }

    private static String tone(Tone tone) {
        return tone.name().toLowerCase(Locale.ROOT);
    }

    /** Whole numbers as such, as they are in the file. */
    private static void put(ObjectNode latest, String line, OptionalDouble value) {
        if (value.isEmpty()) {
            latest.putNull(line);
        } else if (value.getAsDouble() == Math.rint(value.getAsDouble())) {
            latest.put(line, (int) value.getAsDouble());
        } else {
            latest.put(line, value.getAsDouble());
        }
    }

    @Test
    void whatCannotBeVouchedForIsUnknown() throws Exception {
        StackModel model = StackMessages.model();
        StackView lost = StackMessages.view(model, 1, Connection.LOST);
        assertThat(lost.tone()).isEqualTo(Tone.UNKNOWN);
        assertThat(lost.freshness().word()).isEqualTo("Disconnected");
        assertThat(lost.targets()).extracting(StackView.TargetRow::tone).containsOnly(Tone.UNKNOWN);
        for (int second = 1_767_330_004; second < 1_767_330_012; second++) {
            model.apply(JSON.readTree("{\"type\":\"tick\",\"seconds\":[" + second + "],\"series\":[]}"));
        }
        assertThat(StackMessages.view(model, 0).summary())
                .startsWith("Unknown: the balancer has reported no host count for 8 s; last known: 1 of 2 targets");
    }

    @Test
    void nothingIsKnownAtFirst() {
        StackView view = StackMessages.view(new StackModel(), 0);
        assertThat(view.freshness().word()).isEqualTo("No data");
        assertThat(view.tone()).isEqualTo(Tone.UNKNOWN);
        assertThat(view.rates().requests()).isEmpty();
        assertThat(view.requestsOfLastMinute()).hasSize(60).containsOnly(Double.NaN);
    }

    @Test
    void aSnapshotThatResumesKeepsTheSecondsBeforeIt() throws Exception {
        StackModel model = StackMessages.model();
        model.apply(JSON.readTree("""
                {"type":"snapshot","resumed":true,"seconds":[1767330010],"series":[],"events":[],"alarms":[]}"""));
        assertThat(model.past("requests.balancer", 11)).contains(298.0);
        assertThat(model.alarms()).isEmpty();
        assertThat(model.targets()).hasSize(2);
        model.apply(JSON.readTree("""
                {"type":"snapshot","resumed":false,"seconds":[1767330010],"series":[],"events":[],"alarms":[]}"""));
        assertThat(model.past("requests.balancer", 11)).containsOnly(Double.NaN);
        assertThat(model.targets()).isEmpty();
    }

    @Test
    void whatIsKeptIsBounded() throws Exception {
        StackModel model = new StackModel();
        for (int i = 0; i < 700; i++) {
            model.apply(JSON.readTree("{\"type\":\"tick\",\"seconds\":[" + (1_767_330_000 + i) + "],\"series\":[]}"));
            model.apply(JSON.readTree("""
                    {"type":"event","event":{"time":"2026-01-02T05:00:00Z","source":"x","detailType":"Deployed",
                     "resources":[],"detail":{"version":%d}}}""".formatted(i)));
        }
        assertThat(model.events()).hasSize(500);
        assertThat(model.events().getLast().detail("version")).isEqualTo("699");
        assertThat(StackMessages.view(model, 0).events()).hasSize(100);
    }
}
