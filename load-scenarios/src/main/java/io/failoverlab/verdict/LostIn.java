package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.util.List;

/** The lost requests of one part of the run; measured only where something is expected of it. */
record LostIn(Windows.Part part) implements Check {

    @Override
    public boolean appliesTo(History history) {
        return false;
    }

    @Override
    public Finding find(History history) {
        List<RequestSample> requests = Windows.of(history)
                .map(windows -> windows.judged(history, part))
                .orElse(List.of());
        return requests.isEmpty()
                ? Finding.missing("no request was made " + part)
                : RequestsLost.among(requests, " " + part);
    }
}
