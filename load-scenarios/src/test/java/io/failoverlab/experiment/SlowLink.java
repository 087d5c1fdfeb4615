package io.failoverlab.experiment;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * A line to a server over which its bytes take their time, as to a far zone; the other direction is not delayed. What is under way
 * when the line is cut is lost. (The kernel's own delay, netem, is not in every kernel.)
 */
final class SlowLink implements Closeable {
    private static final int PIECE = 64 << 10;

    private final InetSocketAddress server;
    private final long delayNanos;
    private final ServerSocket listener;
    private final List<Closeable> open = new CopyOnWriteArrayList<>();

    private record Piece(byte[] bytes, long due) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due, ((Piece) other).due);
        }
    }

    /** @param near where to listen; port 0 takes a free one */
    SlowLink(InetSocketAddress near, InetSocketAddress server, long delayMillis) throws IOException {
        this.server = server;
        this.delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        this.listener = new ServerSocket();
        listener.bind(near);
        open.add(listener);
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                quietly(this::join);
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    private interface Transfer {
        void run() throws IOException, InterruptedException;
    }

    private void join() throws IOException {
        Socket near = listener.accept();
        open.add(near);
        Socket far = new Socket();
        open.add(far);
        far.connect(server, 5_000);
        DelayQueue<Piece> underWay = new DelayQueue<>();
        start(() -> near.getInputStream().transferTo(far.getOutputStream()));
        start(() -> receive(far.getInputStream(), underWay));
        start(() -> deliver(underWay, near));
    }

    private void receive(InputStream in, DelayQueue<Piece> underWay) throws IOException {
        byte[] buffer = new byte[PIECE];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            underWay.add(new Piece(Arrays.copyOf(buffer, read), System.nanoTime() + delayNanos));
        }
    }

    private static void deliver(DelayQueue<Piece> underWay, Socket near) throws IOException, InterruptedException {
        while (!near.isClosed()) {
            near.getOutputStream().write(underWay.take().bytes());
        }
    }

    private static void start(Transfer transfer) {
        Thread.ofVirtual().start(() -> quietly(transfer));
    }

    /** The end of a line is what ends a transfer. */
    private static void quietly(Transfer transfer) {
        try {
            transfer.run();
        } catch (IOException | InterruptedException ended) {
            // cut
        }
    }

    /** Cuts it, for good. */
    @Override
    public void close() {
        open.forEach(part -> quietly(part::close));
    }
}
