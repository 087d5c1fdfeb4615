package io.failoverlab.relay;

import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One connection: what the client sends goes on at once, what the server answers when it is due. */
final class RelayedConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CHUNK = 16 << 10;

    /** As much as the kernel would keep for a connection that is slow to read. */
    private static final int CHUNKS_KEPT = 256;

    /** How long it may take until what is held back learns that the delay has ended. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private static final Duration SETTLED = Duration.ofMillis(200);

    private final Socket client;
    private final Socket server = new Socket();
    private final Supplier<Delay> delay;
    private final LabScheduler scheduler;
    private final SplittableRandom random = new SplittableRandom();
    private final BlockingQueue<Chunk> late = new LinkedBlockingQueue<>(CHUNKS_KEPT);
    /** How many chunks were read and are not written yet. */
    private final AtomicInteger pending = new AtomicInteger();

    private volatile Instant asked;
    private volatile Instant answered;

    /** Bytes of an answer with their time; none for its end. */
    private record Chunk(byte[] bytes, Instant due) {
        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    RelayedConnection(Socket client, Supplier<Delay> delay, LabScheduler scheduler) {
        this.client = client;
        this.delay = delay;
        this.scheduler = scheduler;
        this.asked = scheduler.instant();
        this.answered = asked;
    }

    /** Goes on until one of both ends it. */
    void relay(InetSocketAddress to) {
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(to, CONNECT_MILLIS);
            Thread requests = start(this::passRequests);
            Thread answers = start(this::holdAnswersBack);
            passAnswers();
            requests.interrupt();
            answers.interrupt();
        } catch (IOException refused) {
            reset();
        } finally {
            close();
        }
    }

    private static Thread start(Runnable task) {
        return Thread.ofVirtual().name("relay").start(task);
    }

    private void passRequests() {
        try {
            InputStream from = client.getInputStream();
            byte[] buffer = new byte[CHUNK];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                asked = scheduler.instant();
                server.getOutputStream().write(buffer, 0, read);
            }
            server.shutdownOutput();
        } catch (IOException ended) {
            close();
        }
    }

    private void holdAnswersBack() {
        Instant before = Instant.MIN;
        try {
            InputStream from = server.getInputStream();
            byte[] buffer = new byte[CHUNK];
            int read = 0;
            while (read >= 0) {
                read = from.read(buffer);
                pending.incrementAndGet();
                answered = scheduler.instant();
                before = delay.get().due(answered, before, random::nextDouble);
                late.put(new Chunk(Arrays.copyOf(buffer, Math.max(0, read)), before));
            }
        } catch (IOException ended) {
            close();
            late.clear();
            late.add(new Chunk(new byte[0], before));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void passAnswers() throws IOException {
        try {
            while (true) {
                Chunk next = late.take();
                awaitDue(next);
                if (next.isEnd()) {
                    client.shutdownOutput();
                    return;
                }
                client.getOutputStream().write(next.bytes());
                pending.decrementAndGet();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is held back goes at once when the delay ends. */
    private void awaitDue(Chunk chunk) {
        Duration left = Duration.between(scheduler.instant(), chunk.due());
        while (left.isPositive() && delay.get() != Delay.NONE) {
            scheduler.pause(left.compareTo(LOOK) < 0 ? left : LOOK);
            left = Duration.between(scheduler.instant(), chunk.due());
        }
    }

    /** Whether nobody waits for anything, and has not for a while: what was just sent may not have been read yet. */
    boolean isIdle() {
        return pending.get() == 0
                && !asked.isAfter(answered)
                && Duration.between(answered, scheduler.instant()).compareTo(SETTLED) > 0;
    }

    /** As the server would have refused it. */
    private void reset() {
        try {
            client.setSoLinger(true, 0);
        } catch (IOException closed) {
            // it has ended by itself
        }
    }

    @Override
    public void close() {
        for (Socket end : new Socket[] {client, server}) {
            try {
                end.close();
            } catch (IOException closed) {
                // it has ended by itself
            }
        }
    }
}
