package io.failoverlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class JsonReportTest {

    @Test
    void theGoldenRunLooksAsItDid() throws IOException {
        GoldenRun.assertGolden("verdict.json", JsonReport.render(GoldenRun.history(), GoldenRun.judgement()));
    }

    @Test
    void everyKindOfMeasurementHasItsBareNumbers() throws IOException {
        History watched =
                RunBuilder.killOfOneOfTwo().remove(AlarmStateChanged.class).build();
        History unwatched = RunBuilder.killOfOneOfTwo()
                .remove(AlarmStateChanged.class)
                .remove(AlarmsRead.class)
                .build();

        assertThat(measured(watched, "requests-lost")).isEqualTo("{\"text\":\"0\",\"count\":0}");
        assertThat(measured(watched, "detected")).isEqualTo("{\"text\":\"100 ms\",\"milliseconds\":100}");
        assertThat(measured(watched, "alarmed"))
                .isEqualTo("{\"text\":\"not in 20.0 s\",\"happened\":false,\"watchedMilliseconds\":20000}");
        assertThat(measured(watched, "recovered"))
                .isEqualTo("{\"text\":\"degraded: 1 of 2\",\"inService\":1,\"expectedInService\":2,"
                        + "\"watchedMilliseconds\":20000}");
        assertThat(measured(unwatched, "alarmed"))
                .isEqualTo("{\"text\":\"not measured\",\"missing\":\"no alarm was watched\"}");
    }

    private static String measured(History history, String figure) throws IOException {
        JsonNode figures = new ObjectMapper()
                .readTree(JsonReport.render(history, Judge.judge(history)))
                .path("figures");
        return StreamSupport.stream(figures.spliterator(), false)
                .filter(node -> node.path("name").asText().equals(figure))
                .findFirst()
                .orElseThrow()
                .path("measured")
                .toString();
    }
}
