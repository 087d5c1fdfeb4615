package io.failoverlab.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was found wrong with a store's file when it was opened, what was kept of it and what was lost.
 *
 * @param kept how many rows of each kind are in the new file, by what they are ("alarms")
 * @param lost how many rows of each kind were found damaged
 * @param names of the alarms and dashboards among them, as far as they can be read; damage may have reached the names, too
 * @param unreadablePages parts of the file that cannot be read; nobody knows what was in them
 * @param missingPages parts of the file that are not there
 * @param namelessSeries series whose names were lost; their datapoints are kept, see {@link Salvage}
 * @param damagedFile where the damaged file is kept
 */
public record StoreDamage(
        String reason,
        Map<String, Integer> kept,
        Map<String, Integer> lost,
        List<String> names,
        int unreadablePages,
        int missingPages,
        int namelessSeries,
        Path damagedFile) {
    public StoreDamage {
        kept = Map.copyOf(kept);
        lost = Map.copyOf(lost);
        names = List.copyOf(names);
    }

    static StoreDamage of(String reason, Salvage.Tally tally, Path damagedFile) {
        return new StoreDamage(
                reason,
                byPlural(tally.kept()),
                byPlural(tally.lost()),
                tally.names(),
                tally.unreadablePages(),
                tally.missingPages(),
                tally.namelessSeries(),
                damagedFile);
    }

    private static Map<String, Integer> byPlural(EnumMap<StoredTable, Integer> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().plural(), Map.Entry::getValue));
    }

    /** How many rows are known to be lost. */
    public int lostRows() {
        return lost.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether every row is there. */
    public boolean nothingIsLost() {
        return lostRows() == 0 && unreadablePages == 0 && missingPages == 0;
    }

    /** For people. */
    @Override
    public String toString() {
        List<String> losses = new ArrayList<>();
        lost.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> losses.add(entry.getValue() + " " + entry.getKey()));
        if (unreadablePages > 0) {
            losses.add("what was in " + unreadablePages + " pages of the file that cannot be read");
        }
        if (missingPages > 0) {
            losses.add("what was in " + missingPages + " pages at the end of the file that are not there");
        }
        String kept = this.kept.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return "The store was damaged (" + reason + "). Lost: "
                + (losses.isEmpty() ? "nothing" : String.join(", ", losses))
                + (names.isEmpty() ? "" : " (among them " + String.join(", ", names) + ")")
                + ". Kept: " + (kept.isEmpty() ? "nothing" : kept)
                + (namelessSeries == 0
                        ? ""
                        : ". The names of " + namelessSeries + " series were lost; their datapoints are in "
                                + Salvage.NAMESPACE)
                + ". The damaged file is " + damagedFile + ".";
    }
}
