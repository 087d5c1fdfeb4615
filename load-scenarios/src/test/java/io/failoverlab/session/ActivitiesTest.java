package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is asked for at the same time, of experiments that end when the test lets them. */
class ActivitiesTest {
    private final CountDownLatch end = new CountDownLatch(1);

    /** Needs no lab. */
    private final class Waiting implements Experiments {
        @Override
        public List<String> fitting(Topology topology, boolean shop) {
            return List.of();
        }

        @Override
        public Path run(LabSession lab, String experiment) throws InterruptedException {
            end.await();
            return Path.of(experiment);
        }
    }

    @Test
    void ofTwoWhoBeginAtOnceTheSecondIsRefused() throws Exception {
        try (LabScheduler scheduler = new LabScheduler(Throwable::printStackTrace);
                Activities activities = new Activities(null, Path.of("runs"), scheduler, trouble -> {})) {
            assertThatThrownBy(() -> activities.beginExperiment("one"))
                    .hasMessageStartingWith("expected a lab that runs experiments");
            activities.offer(new Waiting());

            assertThat(activities.beginExperiment("one")).isEqualTo("experiment one begins");
            assertThat(activities.now()).isEqualTo(Offers.Activity.EXPERIMENT);
            assertThatThrownBy(() -> activities.beginExperiment("two"))
                    .hasMessage("expected nothing under way that the lab does itself, found: experiment one");
            assertThatThrownBy(() -> activities.runExperiment("two"))
                    .hasMessage("expected nothing under way that the lab does itself, found: experiment one");

            end.countDown();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(activities.inWords()).isEmpty());
            assertThat(activities.runExperiment("two")).isEqualTo(Path.of("two"));
        }
    }

    @Test
    void aLabThatGoesDownBeginsNothing() throws Exception {
        try (LabScheduler scheduler = new LabScheduler(Throwable::printStackTrace)) {
            Activities activities = new Activities(null, Path.of("runs"), scheduler, trouble -> {});
            activities.offer(new Waiting());
            activities.close();
            assertThatThrownBy(() -> activities.beginExperiment("one")).hasMessage("the lab goes down");
        }
    }
}
