package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutageTest {
    private static final Duration FAULT = Duration.ofSeconds(20);
    private static final Duration END = Duration.ofSeconds(40);

    /** By the definition, word for word: from the time at which the first client waited to the next good answer. */
    private static Duration byDefinition(List<RequestSample> requests) {
        Duration from = FAULT;
        Duration longest = Duration.ZERO;
        for (Duration answer : requests.stream()
                .filter(RequestSample::ok)
                .map(RequestSample::end)
                .filter(end -> end.compareTo(FAULT) > 0)
                .sorted()
                .toList()) {
            Duration since = from;
            Optional<Duration> wanted = requests.stream()
                    .filter(request -> request.end().compareTo(since) > 0
                            && request.start().compareTo(answer) < 0)
                    .map(request -> request.start().compareTo(since) < 0 ? since : request.start())
                    .min(Duration::compareTo);
            Duration gap = answer.minus(wanted.orElse(answer));
            longest = gap.compareTo(longest) > 0 ? gap : longest;
            from = answer;
        }
        return longest;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aSingleWalkFindsWhatTheDefinitionSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RequestSample> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            boolean ok = random.nextInt(4) > 0;
            requests.add(new RequestSample(
                    "item",
                    Duration.ofMillis(random.nextInt(18_000, 39_000)),
                    Duration.ofMillis(random.nextInt(0, 900)),
                    ok,
                    ok ? 200 : 502,
                    ""));
        }
        // The load ends well, so that no outage is open then.
        requests.add(new RequestSample("item", Duration.ofMillis(39_990), Duration.ofMillis(900), true, 200, ""));
        History history = RunBuilder.killOfOneOfTwo()
                .requests(requests.toArray(RequestSample[]::new))
                .build();

        assertThat(Outage.ofReads().find(history).measured()).isEqualTo(new Measurement.Time(byDefinition(requests)));
        assertThat(Windows.endOfLoad(history)).isEqualTo(END);
    }
}
