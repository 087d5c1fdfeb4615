package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.ItemVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaleReadAuditTest {
    private static final int ANSWERS = 400;

    /** Few items, few versions and few moments: ties and overlaps of every kind. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsWhatComparingEachReadWithEachAnswerCounts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ItemVersion> answers = new ArrayList<>();
        for (int i = 0; i < ANSWERS; i++) {
            long start = random.nextLong(200);
            answers.add(new ItemVersion(
                    random.nextLong(1, 4),
                    random.nextLong(1, 9),
                    random.nextInt(3) == 0,
                    Duration.ofMillis(start),
                    Duration.ofMillis(start + random.nextLong(30))));
        }

        StaleReadAudit audit = StaleReadAudit.of(answers);

        assertThat(audit.stale())
                .extracting(StaleReadAudit.StaleRead::read)
                .containsExactlyInAnyOrderElementsOf(answers.stream()
                        .filter(read -> !read.changed() && known(read, answers) > read.version())
                        .toList());
        assertThat(audit.stale())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.known()).isEqualTo(known(it.read(), answers)));
        assertThat(audit.stale())
                .allSatisfy(it -> assertThat(it.knownSince())
                        .isEqualTo(answers.stream()
                                .filter(other -> other.item() == it.read().item()
                                        && other.version() > it.read().version())
                                .map(ItemVersion::end)
                                .min(Duration::compareTo)
                                .orElseThrow()));
    }

    private static long known(ItemVersion read, List<ItemVersion> answers) {
        return answers.stream()
                .filter(it -> it.item() == read.item() && it.end().compareTo(read.start()) < 0)
                .mapToLong(ItemVersion::version)
                .max()
                .orElse(0);
    }
}
