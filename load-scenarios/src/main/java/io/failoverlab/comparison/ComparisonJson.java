package io.failoverlab.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.verdict.Figure;
import io.failoverlab.verdict.Measurement;
import java.io.UncheckedIOException;
import java.util.List;

/** A comparison for programs. */
public final class ComparisonJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final List<Figure> FIGURES = List.of(
            Figure.READS_OUTAGE,
            Figure.WRITES_OUTAGE,
            Figure.WRITES_LOST,
            Figure.WRITES_DUPLICATED,
            Figure.WRITES_RECOVERED);

    private ComparisonJson() {}

    public static String render(List<PatternDamage> patterns, StatedAvailability stated) {
        ObjectNode json = MAPPER.createObjectNode().put("schemaVersion", 1);
        json.putObject("statedAvailability")
                .put("loadBalancer", stated.balancer())
                .put("web", stated.web())
                .put("database", stated.database());
        patterns.forEach(pattern -> json.withArray("topologies").add(pattern(pattern, stated)));
        return text(json);
    }

    /** Of the kinds of standby. */
    public static String redundancies(List<RedundancyDamage> standbys) {
        ObjectNode json = MAPPER.createObjectNode().put("schemaVersion", 1);
        standbys.forEach(each -> json.withArray("standbys")
                .add(damage(each.damage()).put("standby", each.standby().label())));
        return text(json);
    }

    private static String text(ObjectNode json) {
        try {
            return MAPPER.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ObjectNode pattern(PatternDamage pattern, StatedAvailability stated) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("name", pattern.topology().name())
                .put("formula", pattern.formula())
                .put("measuredAvailability", pattern.measuredAvailability())
                .put("foretoldAvailability", pattern.foretoldAvailability())
                .put("yearlyAvailability", pattern.statedAvailability(stated));
        pattern.singlePointsOfFailure()
                .forEach(damage -> json.withArray("singlePointsOfFailure")
                        .add(damage.strike().where()));
        pattern.foretoldSinglePointsOfFailure().forEach(json.putArray("foretoldSinglePointsOfFailure")::add);
        pattern.damages().forEach(damage -> json.withArray("strikes").add(damage(damage)));
        return json;
    }

    private static ObjectNode damage(Damage damage) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("strike", damage.strike().name())
                .put("requests", damage.judged())
                .put("lost", damage.lost());
        for (Figure figure : FIGURES) {
            Measurement measured = damage.figures().get(figure);
            if (measured != null) {
                json.put(figure.key(), measured.text());
            }
        }
        damage.dead().stream().sorted().map(Damage.Kind::toString).forEach(json.putArray("notServedWithoutIt")::add);
        damage.doubts().forEach(json.putArray("doubts")::add);
        return json;
    }
}
