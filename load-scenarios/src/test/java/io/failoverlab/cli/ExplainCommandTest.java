package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.explain.Concept;
import io.failoverlab.explain.Concepts;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExplainCommandTest {
    /** What an explanation says to try is there. */
    @Test
    void everyCommandThatAnExplanationNamesCanBeGiven() {
        CommandLine lab = Lab.commandLine();
        for (Concept concept : Concepts.read().all()) {
            for (String command : concept.commands()) {
                String[] words = command.split(" ");
                assertThat(words[0]).as(concept.name()).isEqualTo("lab");
                assertThat(lab.parseArgs(Arrays.copyOfRange(words, 1, words.length))
                                .hasSubcommand())
                        .as(command)
                        .isTrue();
            }
        }
    }

    @Test
    void aConceptIsOneObjectOnALine() throws Exception {
        Concept subnet = Concepts.read().named("subnet");
        JsonNode json = new ObjectMapper().readTree(JsonOption.line(subnet));
        assertThat(json.path("name").asText()).isEqualTo("subnet");
        assertThat(json.path("mirror").asText()).isEqualTo("FULL");
        assertThat(json.path("numbers")).hasSize(3);
        assertThat(json.path("numbers").path(2).path("aws").asText()).isEqualTo("251");
        assertThat(json.path("source").path("url").asText()).startsWith("https://docs.aws.amazon.com/vpc/");
    }
}
