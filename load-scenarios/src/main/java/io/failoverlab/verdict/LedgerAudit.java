package io.failoverlab.verdict;

import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The set test of Jepsen over the ledger of writes.
 *
 * @param attempted writes started
 * @param acknowledged writes that the client was told are stored
 * @param found keys in the database at the end
 * @param lost keys acknowledged under an id that is not there
 * @param duplicated keys stored more than once
 * @param unknown writes without an acknowledgement: the client cannot know
 * @param recovered those of the unknown that are in the database
 * @param unexpected keys in the database that no write of this run can explain
 */
record LedgerAudit(
        long attempted,
        long acknowledged,
        long found,
        Set<String> lost,
        Set<String> duplicated,
        long unknown,
        long recovered,
        long unexpected) {

    private static final int SHOWN = 5;

    static LedgerAudit of(LedgerReading ledger, FinalRead.Read read) {
        Map<String, List<Long>> found = read.found();
        Set<String> lost = new TreeSet<>();
        ledger.acknowledged().forEach((key, id) -> {
            if (!found.getOrDefault(key, List.of()).contains(id)) {
                lost.add(key);
            }
        });
        Set<String> duplicated = new TreeSet<>();
        found.forEach((key, ids) -> {
            if (ids.size() > 1) {
                duplicated.add(key);
            }
        });
        long unknown = ledger.attempted() - ledger.acknowledged().size();
        long unacknowledged = found.keySet().stream()
                .filter(key -> !ledger.acknowledged().containsKey(key))
                .count();
        return new LedgerAudit(
                ledger.attempted(),
                ledger.acknowledged().size(),
                found.size(),
                lost,
                duplicated,
                unknown,
                Math.min(unacknowledged, unknown),
                Math.max(0, unacknowledged - unknown));
    }

    /** A finding about the audit; missing without a final read. */
    static Finding finding(LedgerReading ledger, Function<LedgerAudit, Finding> finding) {
        return switch (ledger.finalRead()) {
            case FinalRead.NotRead notRead -> Finding.missing("the database was not read: " + notRead.reason());
            case FinalRead.Read read -> finding.apply(of(ledger, read));
        };
    }

    /** How many keys there are, and the first of them as evidence. */
    Finding count(Set<String> keys) {
        List<String> evidence = new ArrayList<>(keys.stream().limit(SHOWN).toList());
        if (keys.size() > SHOWN) {
            evidence.add("and " + Wording.count(keys.size() - SHOWN) + " more");
        }
        return new Finding(new Measurement.Count(keys.size()), sentence(), evidence);
    }

    String sentence() {
        return Wording.count(attempted) + " attempted, " + Wording.count(acknowledged) + " acknowledged, "
                + Wording.count(found) + " found, " + Wording.count(lost.size()) + " lost, "
                + Wording.count(duplicated.size()) + " stored twice; " + Wording.count(unknown)
                + " without an answer, of which " + Wording.count(recovered) + " found";
    }
}
