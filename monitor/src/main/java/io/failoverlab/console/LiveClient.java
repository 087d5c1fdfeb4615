package io.failoverlab.console;

import io.failoverlab.live.LiveMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One open page. The feed's thread hands messages over and never waits; a thread of the client's own writes them. A client that
 * falls a whole queue behind is closed: its browser connects again and gets a snapshot, which is cheaper than the backlog.
 */
final class LiveClient {
    private final BlockingQueue<LiveMessage> backlog;
    private final Duration heartbeat;
    private final Function<LiveMessage, ServerSentEvent> encoder;
    private Thread writer;
    private boolean closed;

    /**
     * @param capacity messages that may wait; one more and the client is closed
     * @param heartbeat a comment is written after so long without a message, which also finds out that the browser is gone
     */
    LiveClient(int capacity, Duration heartbeat, Function<LiveMessage, ServerSentEvent> encoder) {
        this.backlog = new ArrayBlockingQueue<>(capacity);
        this.heartbeat = heartbeat;
        this.encoder = encoder;
    }

    /** Takes a message of the feed; never blocks. */
    void offer(LiveMessage message) {
        if (!backlog.offer(message)) {
            close();
        }
    }

    /** Writes the opening and then whatever was offered, in order, until the client is closed or the browser is gone. */
    void write(byte[] opening, OutputStream out) {
        if (!claim(Thread.currentThread())) {
            return;
        }
        try {
            out.write(opening);
            out.flush();
            while (isOpen()) {
                LiveMessage message = backlog.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
                out.write(
                        message == null
                                ? ServerSentEvent.heartbeat()
                                : encoder.apply(message).bytes());
                out.flush();
            }
        } catch (IOException | InterruptedException browserGoneOrClosed) {
            // Both are the ordinary end of a page; the browser connects again if it wants to.
        } finally {
            release();
        }
    }

    synchronized boolean isOpen() {
        return !closed;
    }

    /** Ends the stream, even if the writer is stuck in a full socket. */
    synchronized void close() {
        closed = true;
        if (writer != null) {
            writer.interrupt();
        }
    }

    private synchronized boolean claim(Thread thread) {
        if (closed) {
            return false;
        }
        writer = thread;
        return true;
    }

    /** From here on no interrupt can come; one that came is used up, since the thread still has the response to end. */
    private synchronized void release() {
        closed = true;
        writer = null;
        Thread.interrupted();
    }
}
