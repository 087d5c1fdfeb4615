package io.failoverlab.verdict;

import io.failoverlab.history.Event.MetricSample;
import io.failoverlab.history.History;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the requests of the judged window were spread over the instances. */
final class RequestShare implements Check {

    @Override
    public Finding find(History history) {
        Map<String, Long> requests = Windows.of(history)
                .map(windows -> history.events(MetricSample.class)
                        .filter(sample -> sample.metric().equals(MetricSample.REQUEST_COUNT)
                                && sample.at().compareTo(windows.from()) >= 0
                                && sample.at().compareTo(windows.to()) < 0)
                        .collect(Collectors.groupingBy(
                                MetricSample::instance,
                                TreeMap::new,
                                Collectors.summingLong(sample -> Math.round(sample.value())))))
                .orElseGet(TreeMap::new);
        if (requests.isEmpty()) {
            return Finding.missing("which instance answered was not recorded");
        }
        String explanation = requests.entrySet().stream()
                .map(share -> share.getKey() + ": " + Wording.counted(share.getValue(), "request"))
                .collect(Collectors.joining(", "));
        return new Finding(new Measurement.Shares(requests), explanation, List.of());
    }
}
