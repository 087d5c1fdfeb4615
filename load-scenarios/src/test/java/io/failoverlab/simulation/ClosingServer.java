package io.failoverlab.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Answers some requests on each connection, and not the next one. */
final class ClosingServer implements AutoCloseable {
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Manner manner;
    private final int answersPerConnection;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();

    /** What becomes of the connection whose request is not answered. */
    enum Manner {
        /** It is closed: in good order and by a reset, in turns. */
        CLOSE,
        /** It stays open. */
        SILENT
    }

    ClosingServer(Manner manner, int answersPerConnection) throws IOException {
        this.manner = manner;
        this.answersPerConnection = answersPerConnection;
        listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                threads.submit(() -> serve(socket));
            }
        } catch (SocketException closed) {
            // the test is over
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Void serve(Socket socket) throws IOException {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            int answers = 0;
            for (Request request = next(in); request != null; request = next(in)) {
                if (!request.counted()) {
                    write(socket, "200 OK", "ok");
                    continue;
                }
                read.incrementAndGet();
                if (answers == answersPerConnection && manner == Manner.SILENT) {
                    continue;
                }
                if (answers == answersPerConnection) {
                    // with no time to linger, closing resets
                    socket.setSoLinger(closed.getAndIncrement() % 2 == 1, 0);
                    return null;
                }
                answers++;
                answered.incrementAndGet();
                write(socket, "200 OK", "{\"id\":1,\"key\":\"" + request.key() + "\"}");
            }
        }
        return null;
    }

    private record Request(boolean counted, String key) {}

    private static Request next(BufferedReader in) throws IOException {
        String requestLine = in.readLine();
        if (requestLine == null) {
            return null;
        }
        String key = "";
        int length = 0;
        for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
            String value = header.substring(header.indexOf(':') + 1).strip();
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(value);
            } else if (header.regionMatches(true, 0, "idempotency-key:", 0, 16)) {
                key = value;
            }
        }
        in.skip(length);
        return new Request(!requestLine.contains("/healthz"), key);
    }

    private static void write(Socket socket, String status, String body) throws IOException {
        String answer = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    /** Requests that came whole, answered or not. */
    long read() {
        return read.get();
    }

    long answered() {
        return answered.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
