package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A root shell inside a container that stays open. A command costs it a few milliseconds, where the engine takes fifty to start
 * one anew. It ends with its container.
 */
public final class ContainerShell implements AutoCloseable {
    private static final Pattern END = Pattern.compile("(?s)(.*?)\\R?lab-end-(\\d+) (\\d+)\\n");

    private final String name;
    private final Input input = new Input();
    private final Output output = new Output();
    private long number;

    ContainerShell(DockerClient client, String id, String name) {
        this.name = name;
        String exec = Engine.request(
                "a shell in " + name,
                () -> client.execCreateCmd(id)
                        .withUser("root")
                        .withPrivileged(true)
                        .withAttachStdin(true)
                        .withAttachStdout(true)
                        .withAttachStderr(true)
                        .withCmd("sh")
                        .exec()
                        .getId());
        client.execStartCmd(exec).withStdIn(input).exec(output);
    }

    /**
     * Runs a line of commands and waits for its end.
     *
     * @return its exit code, and both streams as standard output
     * @throws EngineException if it does not end within the limit, or the shell has ended
     */
    public synchronized ExecResult run(Duration limit, String line) {
        number++;
        input.write("{ " + line + "\n} 2>&1; echo; echo lab-end-" + number + " $?\n");
        StringBuilder text = new StringBuilder();
        while (true) {
            String more = output.next(limit);
            if (more.isEmpty()) {
                throw new EngineException("`" + line + "` in " + name + " was expected to end within "
                        + limit.toMillis() + " ms in an open shell, and did not");
            }
            text.append(more);
            Matcher end = END.matcher(text);
            while (end.lookingAt()) {
                if (Long.parseLong(end.group(2)) == number) {
                    return new ExecResult(Long.parseLong(end.group(3)), end.group(1), "");
                }
                // The late end of a line that was given up.
                text.delete(0, end.end());
                end = END.matcher(text);
            }
        }
    }

    /** Whether it can still run something. */
    public boolean isOpen() {
        return !output.ended;
    }

    @Override
    public void close() {
        input.end();
    }

    /** What is typed. A pipe of the JDK would break with the thread that wrote to it last. */
    private static final class Input extends InputStream {
        private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
        private byte[] current = new byte[0];
        private int position;
        private boolean ended;

        void write(String text) {
            chunks.add(text.getBytes(StandardCharsets.UTF_8));
        }

        void end() {
            chunks.add(new byte[0]);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (!ended && position == current.length) {
                try {
                    current = chunks.take();
                    position = 0;
                    ended = current.length == 0;
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    ended = true;
                }
            }
            if (ended) {
                return -1;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, buffer, offset, count);
            position += count;
            return count;
        }
    }

    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private volatile boolean ended;

        @Override
        public void onNext(Frame frame) {
            texts.add(new String(frame.getPayload(), StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable failure) {
            onComplete();
        }

        @Override
        public void onComplete() {
            ended = true;
            // Nobody waits in vain.
            texts.add("");
        }

        /** Empty if nothing comes. */
        String next(Duration limit) {
            try {
                String text = ended && texts.isEmpty() ? null : texts.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
                return text == null ? "" : text;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new EngineException("interrupted while a command ran", interrupted);
            }
        }
    }
}
