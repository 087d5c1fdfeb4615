package io.failoverlab.experiment;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.fault.FaultKind;
import io.failoverlab.fault.Faults;
import io.failoverlab.fault.Parameter;
import io.failoverlab.profile.Simulations;
import io.failoverlab.verdict.Expectation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The JSON Schema of experiment files, for editors: what a key means, what it may hold, and what is not known. The names that
 * the lab knows (faults, figures, simulations) are filled in from the code that knows them.
 */
public final class ExperimentSchema {
    private static final String RESOURCE = "/schema/experiment.schema.json";

    private ExperimentSchema() {}

    public static String json() {
        JsonMapper mapper = new JsonMapper();
        try (InputStream in = ExperimentSchema.class.getResourceAsStream(RESOURCE)) {
            ObjectNode schema = (ObjectNode) mapper.readTree(in);
            names(schema, "/$defs/fault/properties/fault", Faults.names());
            parameters((ObjectNode) schema.at("/$defs/fault/properties"));
            names(schema, "/$defs/load/properties/simulation", Simulations.labels());
            ((ObjectNode) schema.at("/$defs/sentence")).put("pattern", Expectation.pattern());
            ((ObjectNode) schema.at("/$defs/figure")).put("pattern", Expectation.namePattern());
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(schema);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", unreadable);
        }
    }

    /** Several faults may have one of the same name. */
    private static void parameters(ObjectNode properties) {
        for (FaultKind kind : Faults.kinds()) {
            for (Parameter parameter : kind.parameters()) {
                ObjectNode property = properties.withObjectProperty(parameter.name());
                property.put(
                        "description",
                        property.path("description").asText() + "Of " + kind.name() + ": " + parameter.meaning()
                                + ". ");
            }
        }
    }

    private static void names(ObjectNode schema, String place, List<String> names) {
        ArrayNode known = ((ObjectNode) schema.at(place)).putArray("enum");
        names.forEach(known::add);
    }
}
