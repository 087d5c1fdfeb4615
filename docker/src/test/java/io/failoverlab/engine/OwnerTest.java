package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerTest {
    @Test
    void thisProcessIsAlive() {
        assertThat(Owner.ofThisProcess("abc").isAlive()).isTrue();
    }

    @Test
    void aLaterProcessWithTheSameIdIsNotTheOwner() {
        Owner self = Owner.ofThisProcess("abc");
        Owner earlier = new Owner("abc", self.pid(), self.startedAt().minusSeconds(3600), self.host());
        assertThat(earlier.isAlive()).isFalse();
    }

    @Test
    void aProcessThatIsGoneIsDead() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Owner self = Owner.ofThisProcess("abc");
        assertThat(new Owner("abc", gone.pid(), self.startedAt(), self.host()).isAlive())
                .isFalse();
    }

    @Test
    void anOwnerOnAnotherHostCountsAsAlive() {
        assertThat(new Owner("abc", 1, Instant.EPOCH, "elsewhere").isAlive()).isTrue();
    }

    @Test
    void labelsCanBeReadBackAndOthersAreNotTheLabs() {
        Owner owner = Owner.ofThisProcess("abc");
        assertThat(Owner.fromLabels(owner.labels())).contains(owner);
        assertThat(Owner.fromLabels(Map.of())).isEmpty();
        assertThat(Owner.fromLabels(Map.of(Owner.RUN_LABEL, "abc"))).isEmpty();
        assertThat(Owner.fromLabels(Map.of(Owner.RUN_LABEL, "abc", "io.failoverlab.owner", "x@y@z")))
                .isEmpty();
    }
}
