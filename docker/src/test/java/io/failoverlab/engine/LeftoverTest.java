package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeftoverTest {
    private static final Owner SELF = Owner.ofThisProcess("adopted");
    private static final Owner DEAD =
            new Owner("adopted", SELF.pid(), SELF.startedAt().minusSeconds(60), SELF.host());
    private static final Owner OTHER_DEAD =
            new Owner("other", SELF.pid(), SELF.startedAt().minusSeconds(60), SELF.host());

    @Test
    void whatBelongsToARunThatWasTakenOverIsItsNewOwners() {
        Leftover container = new Leftover(Leftover.Type.CONTAINER, "1", "lab-adopted-lb", DEAD);
        Leftover mark = new Leftover(Leftover.Type.VOLUME, "2", "lab-adopted-owner-1", SELF);
        Leftover other = new Leftover(Leftover.Type.CONTAINER, "3", "lab-other-lb", OTHER_DEAD);

        assertThat(Leftover.ofLivingOwners(List.of(container, mark, other)))
                .containsExactly(new Leftover(Leftover.Type.CONTAINER, "1", "lab-adopted-lb", SELF), mark, other);
        assertThat(Leftover.ofLivingOwners(List.of(container, other))).containsExactly(container, other);
    }
}
