package io.failoverlab.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new text file that only grows. What {@link #append} was given is with the operating system when it returns, so a
 * SIGKILL of this process loses none of it. For use by several threads.
 */
final class AppendFile implements AutoCloseable {
    private final FileChannel channel;

    /** @throws IOException if the file exists already, among other reasons */
    AppendFile(Path file, String header) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        append(header + "\n");
    }

    synchronized void append(String lines) {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
