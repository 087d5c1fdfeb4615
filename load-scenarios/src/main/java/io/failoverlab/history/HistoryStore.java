package io.failoverlab.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Saves a history in the directory of its run and loads it again, equal: {@code history.jsonl} (a header line with the
 * version of the form, the run and the damage known so far, then one event a line), {@code requests.csv} ({@link RequestLog}),
 * {@code items.csv} ({@link ItemVersionLog}) and {@code ledger.json}.
 */
public final class HistoryStore {
    /** Goes up when a file of an older version could be misread. */
    static final int SCHEMA_VERSION = 3;
    /** Had no course of the rate, which always stayed the same after the ramp. */
    private static final int WITHOUT_RATES = 2;

    private static final String EVENTS = "history.jsonl";
    private static final String REQUESTS = "requests.csv";
    private static final String LEDGER = "ledger.json";

    private HistoryStore() {}

    /** Writes the files, replacing those of an earlier save; makes the directory if needed. */
    public static void save(History history, Path directory) throws IOException {
        Files.createDirectories(directory);
        JsonMapper mapper = HistoryJson.mapper();
        WholeFile.write(directory.resolve(EVENTS), file -> events(history, file));
        WholeFile.write(
                directory.resolve(REQUESTS),
                file -> RequestLog.write(file, history.requests(), history.run().startedAt()));
        WholeFile.write(
                directory.resolve(ItemVersionLog.FILE),
                file -> ItemVersionLog.write(
                        file, history.items(), history.run().startedAt()));
        WholeFile.write(
                directory.resolve(LEDGER),
                mapper.writerWithDefaultPrettyPrinter().writeValueAsString(history.ledger()) + "\n");
    }

    private static void events(History history, Path file) throws IOException {
        JsonMapper mapper = HistoryJson.mapper();
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(mapper.writeValueAsString(new Header(SCHEMA_VERSION, history.run(), history.damage())) + "\n");
            for (Event event : history.events()) {
                out.write(mapper.writerFor(Event.class).writeValueAsString(event) + "\n");
            }
        }
    }

    /**
     * Loads what {@link #save} wrote. A torn last line and a missing file of requests or ledger are reported in
     * {@link History#damage()}, which makes the verdict UNKNOWN, and are no error.
     *
     * @throws UnreadableHistoryException if a line is not what this version writes
     * @throws IOException if there is no history in the directory or it cannot be read
     */
    public static History load(Path directory) throws IOException {
        String content = Files.readString(directory.resolve(EVENTS), StandardCharsets.UTF_8);
        List<String> lines = content.lines().toList();
        Header header = header(lines.isEmpty() ? "" : lines.getFirst());
        RunInfo run = header.run();
        List<String> damage = new ArrayList<>(header.damage());
        boolean torn = !content.endsWith("\n");
        if (torn) {
            damage.add(EVENTS + " line " + lines.size() + ": the last line is torn; left out");
        }
        List<Event> events = new ArrayList<>();
        for (int i = 1; i < (torn ? lines.size() - 1 : lines.size()); i++) {
            events.add(event(lines.get(i), i + 1));
        }
        return new History(
                run,
                events,
                requests(directory, run, damage),
                ledger(directory, damage),
                ItemVersionLog.read(directory, run.startedAt(), damage),
                damage);
    }

    private static Header header(String line) throws UnreadableHistoryException {
        JsonMapper mapper = HistoryJson.mapper();
        try {
            JsonNode header = mapper.readTree(line);
            int version = header.path("schemaVersion").asInt();
            if (version == WITHOUT_RATES && header.at("/run/experiment/load") instanceof ObjectNode load) {
                return mapper.treeToValue(withRates(header, load), Header.class);
            }
            if (version != SCHEMA_VERSION) {
                throw new UnreadableHistoryException(
                        EVENTS + " line 1: expected a header with schemaVersion " + SCHEMA_VERSION + ", found "
                                + (version == 0 ? "none" : version)
                                + "; judge the run with the version of the lab that made it",
                        null);
            }
            return mapper.readValue(line, Header.class);
        } catch (JsonProcessingException refused) {
            throw refused(EVENTS, 1, refused);
        }
    }

    private static JsonNode withRates(JsonNode header, ObjectNode load) {
        load.put("rates", "");
        return header;
    }

    private static Event event(String line, int number) throws UnreadableHistoryException {
        try {
            return HistoryJson.mapper().readValue(line, Event.class);
        } catch (InvalidTypeIdException unknown) {
            throw new UnreadableHistoryException(
                    EVENTS + " line " + number + ": expected an event of one of the kinds " + HistoryJson.eventKinds()
                            + ", found " + (unknown.getTypeId() == null ? "none" : unknown.getTypeId()),
                    unknown);
        } catch (JsonProcessingException refused) {
            throw refused(EVENTS, number, refused);
        }
    }

    private static List<RequestSample> requests(Path directory, RunInfo run, List<String> damage) throws IOException {
        Path file = directory.resolve(REQUESTS);
        if (!Files.exists(file)) {
            damage.add(REQUESTS + " is missing");
            return List.of();
        }
        return RequestLog.read(file, run.startedAt(), damage);
    }

    private static LedgerReading ledger(Path directory, List<String> damage) throws IOException {
        Path file = directory.resolve(LEDGER);
        if (!Files.exists(file)) {
            damage.add(LEDGER + " is missing");
            return new LedgerReading(Set.of(), Map.of(), new LedgerReading.FinalRead.NotRead(LEDGER + " is missing"));
        }
        try {
            return HistoryJson.mapper().readValue(Files.readString(file), LedgerReading.class);
        } catch (JsonProcessingException refused) {
            throw refused(
                    LEDGER,
                    refused.getLocation() == null ? 1 : refused.getLocation().getLineNr(),
                    refused);
        }
    }

    private static UnreadableHistoryException refused(String file, int line, JsonProcessingException refused) {
        return new UnreadableHistoryException(file + " line " + line + ": " + refused.getOriginalMessage(), refused);
    }

    private record Header(int schemaVersion, RunInfo run, List<String> damage) {}
}
