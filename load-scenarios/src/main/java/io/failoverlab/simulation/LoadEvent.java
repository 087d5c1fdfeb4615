package io.failoverlab.simulation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What the forked JVM tells on its standard output: one event a line, as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LoadEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = LoadSecond.class, name = "second"),
    @JsonSubTypes.Type(value = GeneratorUse.class, name = "use"),
    @JsonSubTypes.Type(value = LoadEvent.Finished.class, name = "finished")
})
sealed interface LoadEvent permits LoadEvent.Started, LoadSecond, GeneratorUse, LoadEvent.Finished {

    /** The schedule of requests begins now. */
    record Started(long epochMillis) implements LoadEvent {}

    /**
     * Nothing more is sent.
     *
     * @param exit the exit code that the process is about to end with
     * @param ending whether the plan was carried out
     * @param report Gatling's page, relative to the directory of the load; empty if there is none
     */
    record Finished(int exit, LoadResult.Ending ending, String report) implements LoadEvent {}

    /** Reads and writes events. */
    final class Codec {
        private final JsonMapper json = new JsonMapper();

        String line(LoadEvent event) {
            try {
                return json.writerFor(LoadEvent.class).writeValueAsString(event);
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("cannot be written as JSON: " + event, impossible);
            }
        }

        /** @throws JsonProcessingException if the line is not an event */
        LoadEvent event(String line) throws JsonProcessingException {
            return json.readValue(line, LoadEvent.class);
        }
    }
}
