package io.failoverlab.verdict;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the judged requests that failed, as the client saw it, by cause. */
final class RequestsLost implements Check {

    @Override
    public Finding find(History history) {
        return Windows.of(history)
                .map(windows -> find(windows.judged(history)))
                .orElseGet(() -> Finding.missing("judging never started"));
    }

    private static Finding find(List<RequestSample> judged) {
        return judged.isEmpty() ? Finding.missing("no request was made in the judged window") : among(judged, "");
    }

    /**
     * The lost ones of these requests, in the order in which they were due.
     *
     * @param which of all requests they are, in words with a blank before them, or nothing
     */
    static Finding among(List<RequestSample> judged, String which) {
        List<RequestSample> lost =
                judged.stream().filter(request -> !request.ok()).toList();
        String ofAll = Wording.count(lost.size()) + " of " + Wording.count(judged.size()) + " requests" + which;
        if (lost.isEmpty()) {
            return new Finding(new Measurement.Count(0), ofAll, List.of());
        }
        String explanation = ofAll + " (" + Wording.percent(lost.size(), judged.size()) + "), the first one due at "
                + Wording.moment(lost.getFirst().start()) + ", the last one at "
                + Wording.moment(lost.getLast().start());
        Map<String, Long> causes =
                lost.stream().collect(Collectors.groupingBy(RequestsLost::cause, TreeMap::new, Collectors.counting()));
        List<String> evidence = causes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(cause -> Wording.count(cause.getValue()) + " x " + cause.getKey())
                .toList();
        return new Finding(new Measurement.Count(lost.size()), explanation, evidence);
    }

    private static String cause(RequestSample request) {
        String status = request.status() == 0 ? "no answer" : "HTTP " + request.status();
        return request.error().isEmpty() ? status : status + ": " + request.error();
    }
}
