package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.rds.MultiAz.Fact;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.MultiAz.Order;
import io.failoverlab.topology.SemiSync;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A story a row: what happens, one word after the other, and what is ordered. db-1 is the primary at first, two checks have to
 * fail. {@code ok} ends the order that is waited for, {@code no} says that it failed.
 */
class MultiAzTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fallback | die1                         | 0013 fence:1                                                      | FAILING_OVER
            fallback | die1 ok                      | 0013 fence:1 drain:2                                              | FAILING_OVER
            fallback | die1 ok ok                   | 0013 fence:1 drain:2 promote:2                                    | FAILING_OVER
            fallback | die1 ok ok ok                | 0013 fence:1 drain:2 promote:2 move:2                             | FAILING_OVER
            fallback | die1 ok ok ok ok             | 0013 fence:1 drain:2 promote:2 move:2 0015 0049 0052 rebuild:1!   | EXPOSED
            fallback | die1 ok ok ok ok ok          | 0013 fence:1 drain:2 promote:2 move:2 0015 0049 0052 rebuild:1! 0053 | SYNCED
            fallback | die1 ok ok ok ok ok die2     | 0013 fence:1 drain:2 promote:2 move:2 0015 0049 0052 rebuild:1! 0053 0013 fence:2 | FAILING_OVER
            block    | die1 ok ok                   | 0013 fence:1 drain:2 promote:2-shut                               | FAILING_OVER
            fallback | die1 no no ok                | 0013 fence:1 fence:1 fence:1 drain:2                              | FAILING_OVER
            fallback | die1 die1                    | 0013 fence:1                                                      | FAILING_OVER
            fallback | die1 die2                    | 0013 fence:1 0004 reopen:1                                        | DOWN
            fallback | die1 ok die2                 | 0013 fence:1 drain:2 0004 reopen:1                                | DOWN
            fallback | die1 ok ok die2              | 0013 fence:1 drain:2 promote:2 0004 reopen:2                      | DOWN
            fallback | die1 ok ok die2 ok           | 0013 fence:1 drain:2 promote:2 0004 reopen:2 0006 rebuild:1!      | EXPOSED
            fallback | die1 ok ok ok die2           | 0013 fence:1 drain:2 promote:2 move:2 0004 reopen:2               | DOWN
            fallback | die1 ok ok ok ok die2        | 0013 fence:1 drain:2 promote:2 move:2 0015 0049 0052 rebuild:1! 0004 reopen:2 | DOWN
            fallback | die2                         | 0052 release:1                                                    | EXPOSED
            fallback | die2 ok                      | 0052 release:1 rebuild:2                                          | EXPOSED
            fallback | die2 ok ok                   | 0052 release:1 rebuild:2 0053                                     | SYNCED
            fallback | die2 ok no                   | 0052 release:1 rebuild:2 release:1                                | EXPOSED
            fallback | die2 ok no no ok             | 0052 release:1 rebuild:2 release:1 release:1 rebuild:2            | EXPOSED
            block    | die2 no                      | 0052 rebuild:2 rebuild:2                                          | EXPOSED
            block    | die2                         | 0052 rebuild:2                                                    | EXPOSED
            fallback | die2 die1                    | 0052 release:1 0004 reopen:1                                      | DOWN
            fallback | die2 ok die1                 | 0052 release:1 rebuild:2 0004 reopen:1                            | DOWN
            fallback | die2 ok die1 ok              | 0052 release:1 rebuild:2 0004 reopen:1 0006 rebuild:2             | EXPOSED
            block    | die2 die1 ok                 | 0052 rebuild:2 0004 reopen:1-shut 0006 rebuild:2                  | EXPOSED
            fallback | stall                        |                                                                   | SYNCED
            fallback | stall fine stall             |                                                                   | SYNCED
            fallback | stall stall                  | 0013 fence:1                                                      | FAILING_OVER
            fallback | full                         | 0004 reopen:1                                                     | DOWN
            fallback | full no full no ok           | 0004 reopen:1 reopen:1 reopen:1 0006 rebuild:2                    | EXPOSED
            fallback | stall full                   | 0004 reopen:1                                                     | DOWN
            block    | die2 full                    | 0052 rebuild:2 0004 reopen:1-shut                                 | DOWN
            fallback | die1 full                    | 0013 fence:1                                                      | FAILING_OVER
            fallback | cut1 cut1                    | 0013 fence:1                                                      | FAILING_OVER
            fallback | cut2 cut2                    | 0052 release:1                                                    | EXPOSED
            fallback | dark dark dark               |                                                                   | SYNCED
            fallback | dark dark dark cut1          | 0013 fence:1                                                      | FAILING_OVER
            fallback | dark dark dark dark dark dark dark dark dark dark         |                                           | SYNCED
            fallback | dark dark dark dark dark dark dark dark dark dark dark    | 0004 reopen:1                             | DOWN
            fallback | dark dark dark dark dark dark dark dark dark dark dark ok | 0004 reopen:1 0006 rebuild:2              | EXPOSED
            fallback | die2 ok stall stall stall    | 0052 release:1 rebuild:2                                          | EXPOSED
            fallback | die2 ok dark dark            | 0052 release:1 rebuild:2 0004 reopen:1                            | DOWN
            fallback | ask                          | 0013 fence:1                                                      | FAILING_OVER
            fallback | ask ask                      | 0013 fence:1                                                      | FAILING_OVER
            fallback | die2 ask                     | 0052 release:1                                                    | EXPOSED
            fallback | force ok                     | 0013 fence:1 drain:2                                              | FAILING_OVER
            fallback | die1 force                   | 0013 fence:1                                                      | FAILING_OVER
            fallback | die2 ok force                | 0052 release:1 rebuild:2 0013 fence:1                             | FAILING_OVER
            fallback | die2 ok force ok ok ok ok    | 0052 release:1 rebuild:2 0013 fence:1 drain:2? promote:2 move:2 0015 0049 0052 rebuild:1! | EXPOSED
            block    | die2 force ok ok             | 0052 rebuild:2 0013 fence:1 drain:2? promote:2-shut               | FAILING_OVER
            fallback | die2 die1 force ok           | 0052 release:1 0004 reopen:1 0013 fence:1 drain:2?                | FAILING_OVER
            fallback | die2 force ok die2           | 0052 release:1 0013 fence:1 drain:2? 0004 reopen:1                | DOWN
            fallback | die2 ok force ok ok ok ok ok ask ok | 0052 release:1 rebuild:2 0013 fence:1 drain:2? promote:2 move:2 0015 0049 0052 rebuild:1! 0053 0013 fence:2 drain:1 | FAILING_OVER
            """)
    void whatIsOrdered(String policy, String story, String orders, Mode mode) {
        Story told = new Story(SemiSync.valueOf(policy.toUpperCase(java.util.Locale.ROOT)));

        told.tell(story);

        assertThat(told.orders()).isEqualTo(orders == null ? "" : orders);
        assertThat(told.pair.mode()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fine            |
            die1            | a failover is under way, from db-1; wait until it is over
            die1 ok ok ok   | a failover is under way, from db-1; wait until it is over
            die2            | the standby db-2 is not in sync: it is being rebuilt; wait until `lab status` says that it is
            die2 die1       | db-1 is the only copy and does not answer; the standby db-2 is not in sync
            """)
    void whyAFailoverIsRefused(String story, String refusal) {
        Story told = new Story(SemiSync.FALLBACK);

        told.tell(story);

        assertThat(told.pair.refusal().orElse(null)).isEqualTo(refusal);
    }

    @Test
    void aPrimaryThatIsOpenAndAloneGetsItsStandbyFirst() {
        MultiAz alone = new MultiAz("db-1", "db-2", SemiSync.FALLBACK, 2, Mode.EXPOSED);

        assertThat(alone.begin()).map(Story::brief).containsExactly("rebuild:2");
        assertThat(alone.mode()).isEqualTo(Mode.EXPOSED);
    }

    @Test
    void theEndOfAnOrderThatNobodyWaitsForIsNoNews() {
        Story told = new Story(SemiSync.FALLBACK);
        told.tell("die2 ok");
        Order rebuild = told.pair.pending().orElseThrow();
        told.tell("die1");

        assertThat(told.pair.on(new Fact.Done(rebuild), START)).isEmpty();
        assertThat(told.pair.on(new Fact.Failed(rebuild, "late"), START)).isEmpty();
        assertThat(told.pair.mode()).isEqualTo(Mode.DOWN);
    }

    /** R1 goes on over the end of the primary; R2 is equal to it but for its number. */
    @Test
    void theEndOfAnOrderIsNotTakenForThatOfOneLikeIt() {
        Story told = new Story(SemiSync.FALLBACK);
        told.tell("die1 ok ok ok ok");
        Order first = told.pair.pending().orElseThrow();
        told.tell("die2 ok");
        Order second = told.pair.pending().orElseThrow();
        assertThat(List.of(first, second)).extracting(Story::brief).containsOnly("rebuild:1!");

        assertThat(told.pair.on(new Fact.Failed(first, "late"), START)).isEmpty();
        assertThat(told.pair.on(new Fact.Done(first), START)).isEmpty();
        assertThat(told.pair.mode()).isEqualTo(Mode.EXPOSED);
        assertThat(told.pair.isWaitedFor(second)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            die1       | fence:1   | reopen:1
            die1 ok    | drain:2   | reopen:1
            die1 ok ok | promote:2 | reopen:2
            """)
    void aFailoverThatCannotBeDoneIsGivenUpAfterTenSeconds(String story, String failing, String then) {
        Story told = new Story(SemiSync.FALLBACK);
        told.tell(story);
        told.given.clear();

        told.tell("no ".repeat(10));
        assertThat(told.orders()).isEqualTo((failing + " ").repeat(10).strip());
        told.given.clear();
        told.tell("no");

        assertThat(told.orders()).isEqualTo("0004 " + then);
        assertThat(((Order.Tell) told.given.getFirst()).detail()).isEqualTo("the failover is given up: refused");
        assertThat(told.pair.mode()).isEqualTo(Mode.DOWN);
    }

    @Test
    void thePhasesBeginWithTheFirstCheckThatFailed() {
        Story told = new Story(SemiSync.FALLBACK);
        told.tell("fine stall stall ok ok ok ok");

        FailoverTimes times = told.pair.times();
        // A word a second; a check begins half a second before it fails.
        assertThat(times.detect()).hasMillis(1500);
        assertThat(times.promote()).hasMillis(3000);
        assertThat(times.endpoint()).hasMillis(1000);
    }

    private static final class Story {
        private final MultiAz pair;
        private final List<Order> given = new java.util.ArrayList<>();
        private Instant now = START;

        Story(SemiSync policy) {
            pair = new MultiAz("db-1", "db-2", policy, 2, Mode.SYNCED);
        }

        void tell(String story) {
            for (String word : story.split(" ")) {
                now = now.plusSeconds(1);
                given.addAll(pair.on(fact(word), now));
            }
        }

        private Fact fact(String word) {
            Instant begun = now.minusMillis(500);
            return switch (word) {
                case "die1" -> new Fact.Gone("db-1", "it died", begun);
                case "die2" -> new Fact.Gone("db-2", "it died", begun);
                case "fine" -> new Fact.Checked(true, true, true, begun);
                case "stall" -> new Fact.Checked(false, true, true, begun);
                case "cut1" -> new Fact.Checked(false, false, true, begun);
                case "cut2" -> new Fact.Checked(false, true, false, begun);
                case "dark" -> new Fact.Checked(false, false, false, begun);
                case "full" -> new Fact.Full();
                case "ask" -> new Fact.Asked(false);
                case "force" -> new Fact.Asked(true);
                case "ok" -> new Fact.Done(pair.pending().orElseThrow());
                case "no" -> new Fact.Failed(pair.pending().orElseThrow(), "refused");
                default -> throw new IllegalArgumentException(word);
            };
        }

        String orders() {
            return given.stream().map(Story::brief).collect(Collectors.joining(" "));
        }

        private static String brief(Order order) {
            String server = order.server().substring("db-".length());
            return switch (order) {
                case Order.Fence it -> "fence:" + server;
                case Order.Drain it -> "drain:" + server + (it.whole() ? "" : "?");
                case Order.Promote it -> "promote:" + server + (it.writes() ? "" : "-shut");
                case Order.Move it -> "move:" + server;
                case Order.Release it -> "release:" + server;
                case Order.Rebuild it -> "rebuild:" + server + (it.fresh() ? "!" : "");
                case Order.Reopen it -> "reopen:" + server + (it.writes() ? "" : "-shut");
                case Order.Tell it -> it.event().id().substring("RDS-EVENT-".length());
            };
        }
    }
}
