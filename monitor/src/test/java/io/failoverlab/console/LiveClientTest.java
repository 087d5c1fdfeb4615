package io.failoverlab.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.live.LiveMessage.AlarmRemoved;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LiveClientTest {
    private static final byte[] OPENING = "opening\n".getBytes(UTF_8);

    @Test
    void writesTheOpeningAndThenTheMessagesInOrder() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LiveClient client = client(10, Duration.ofMinutes(1));
        client.offer(new AlarmRemoved("one"));
        client.offer(new AlarmRemoved("two"));

        Thread writer = Thread.ofVirtual().start(() -> client.write(OPENING, out));

        await().untilAsserted(() -> assertThat(out.toString(UTF_8))
                .isEqualTo("opening\nevent: removed\ndata: one\n\nevent: removed\ndata: two\n\n"));
        client.close();
        writer.join();
    }

    @Test
    void sendsHeartbeatsWhileNothingHappens() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LiveClient client = client(10, Duration.ofMillis(5));

        Thread writer = Thread.ofVirtual().start(() -> client.write(OPENING, out));

        await().untilAsserted(() -> assertThat(out.toString(UTF_8)).startsWith("opening\n:\n\n:\n\n:\n\n"));
        client.close();
        writer.join();
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndNeverBlocksTheFeed() throws Exception {
        StuckStream stuck = new StuckStream();
        LiveClient client = client(3, Duration.ofMinutes(1));
        Thread writer = Thread.ofVirtual().start(() -> client.write(OPENING, stuck));
        stuck.reached.await();

        for (int i = 0; i < 3; i++) {
            client.offer(new AlarmRemoved("waiting"));
        }
        assertThat(client.isOpen()).isTrue();
        client.offer(new AlarmRemoved("one too many"));

        assertThat(client.isOpen()).isFalse();
        writer.join();
    }

    @Test
    void aBrowserThatIsGoneEndsTheWriting() throws Exception {
        LiveClient client = client(3, Duration.ofMinutes(1));

        client.write(OPENING, new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void aClientClosedBeforeItsThreadStartsWritesNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LiveClient client = client(3, Duration.ofMinutes(1));
        client.close();

        client.write(OPENING, out);

        assertThat(out.size()).isZero();
    }

    private static LiveClient client(int capacity, Duration heartbeat) {
        return new LiveClient(
                capacity, heartbeat, message -> new ServerSentEvent("removed", "", ((AlarmRemoved) message).name()));
    }

    /** A socket whose buffer is full: writing blocks until the thread is interrupted. */
    private static final class StuckStream extends OutputStream {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch never = new CountDownLatch(1);

        @Override
        public void write(int b) throws IOException {
            reached.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted while the buffer was full");
            }
        }
    }
}
