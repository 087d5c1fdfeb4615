package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.engine.EngineException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeclusionTest {
    private static final String DEAD = "ip route replace unreachable 10.0.10.10/32 && ss -HK dst 10.0.10.10";
    private static final String OPEN = "ip route flush type unreachable exact 10.0.10.10/32";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Seclusion seclusion = new Seclusion();

    private void open(String address) {
        seclusion.pardon(address);
        seclusion.open(address);
    }

    private void shutOff(String address, Absence absence) {
        seclusion.condemn(address);
        seclusion.shutOff(address, absence);
    }

    @Test
    void anAddressIsShutOffOnceAndOpenedOnce() {
        seclusion.begin(lines::add);
        open("10.0.10.10");
        shutOff("10.0.10.10", Absence.DEAD);
        open("10.0.10.10");
        open("10.0.10.10");

        assertThat(lines).containsExactly(DEAD, OPEN);
    }

    @Test
    void whatAFrozenOneStillHadEndsWhenItDies() {
        seclusion.begin(lines::add);
        shutOff("10.0.10.10", Absence.FROZEN);
        shutOff("10.0.10.10", Absence.FROZEN);
        shutOff("10.0.10.10", Absence.DEAD);

        assertThat(lines).hasSize(2).element(1).isEqualTo(DEAD);
        assertThat(lines.getFirst()).contains("and sport != ");
    }

    @Test
    void whatIsWelcomedBeforeItIsShutOffStaysOpen() {
        seclusion.begin(lines::add);
        seclusion.condemn("10.0.10.10");
        open("10.0.10.10");
        seclusion.shutOff("10.0.10.10", Absence.DEAD);

        assertThat(lines).isEmpty();
    }

    @Test
    void whatIsCondemnedAgainBeforeItIsOpenedStaysShut() {
        seclusion.begin(lines::add);
        shutOff("10.0.10.10", Absence.DEAD);
        seclusion.pardon("10.0.10.10");
        seclusion.condemn("10.0.10.10");
        seclusion.open("10.0.10.10");

        assertThat(lines).containsExactly(DEAD);
    }

    @Test
    void aCommandThatTakesItsTimeHoldsUpNoOtherAddressAndIsUndoneAfterIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        seclusion.begin(line -> {
            lines.add(line);
            if (line.equals(DEAD)) {
                begun.countDown();
                await(end);
            }
        });
        seclusion.condemn("10.0.10.10");
        CompletableFuture<Void> shut = CompletableFuture.runAsync(() -> seclusion.shutOff("10.0.10.10", Absence.DEAD));
        await(begun);

        shutOff("10.0.11.10", Absence.DEAD);
        open("10.0.11.10");
        CompletableFuture<Void> opened = CompletableFuture.runAsync(() -> open("10.0.10.10"));
        assertThat(lines).hasSize(3).doesNotContain(OPEN);
        end.countDown();

        CompletableFuture.allOf(shut, opened).get(20, TimeUnit.SECONDS);
        assertThat(lines.getLast()).isEqualTo(OPEN);
    }

    @Test
    void aCommandThatFailsMayHaveShutTheAddressWhichIsOpenedAllTheSame() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        seclusion.begin(line -> {
            lines.add(line);
            if (refuses.get()) {
                throw new EngineException("no answer within 2 s");
            }
        });

        assertThatThrownBy(() -> shutOff("10.0.10.10", Absence.DEAD)).hasMessage("no answer within 2 s");
        assertThatThrownBy(() -> open("10.0.10.10")).hasMessage("no answer within 2 s");
        refuses.set(false);
        open("10.0.10.10");
        open("10.0.10.10");

        assertThat(lines).containsExactly(DEAD, OPEN, OPEN);
    }

    @Test
    void whatWaitsForItsTurnWhenTheBalancerBeginsAnewIsNotShutOffThere() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        seclusion.begin(line -> {
            begun.countDown();
            await(end);
        });
        seclusion.condemn("10.0.10.10");
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> seclusion.shutOff("10.0.10.10", Absence.DEAD));
        await(begun);
        Thread second = Thread.ofPlatform().start(() -> seclusion.shutOff("10.0.10.10", Absence.DEAD));
        Awaitility.await().until(() -> second.getState() == Thread.State.BLOCKED);

        seclusion.begin(lines::add);
        end.countDown();
        first.get(20, TimeUnit.SECONDS);
        second.join();

        assertThat(lines).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aBalancerThatBeginsAnewHasNothingShutOff() {
        seclusion.begin(lines::add);
        shutOff("10.0.10.10", Absence.DEAD);
        lines.clear();
        seclusion.begin(lines::add);
        open("10.0.10.10");
        assertThat(lines).isEmpty();

        seclusion.goOn(lines::add);
        assertThat(lines).containsExactly("ip route flush type unreachable");
        assertThatThrownBy(() -> {
                    seclusion.begin(line -> {
                        throw new EngineException("refused");
                    });
                    shutOff("10.0.10.10", Absence.DEAD);
                })
                .hasMessage("refused");
    }
}
