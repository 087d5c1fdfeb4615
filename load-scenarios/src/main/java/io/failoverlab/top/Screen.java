package io.failoverlab.top;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.ClosedException;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The terminal as a screen: its second page where it has one, keys without Enter, no cursor. Closing gives it back as it was, and so
 * does the end of the process, whoever ends it.
 */
final class Screen implements AutoCloseable {
    /** Told of what the person in front of it does, on other threads. */
    interface Listener {
        /** A key was pressed. */
        void key(int character);

        /** It has another size now. */
        void resized();

        /** Ctrl-C was pressed, or the terminal is gone. */
        void interrupted();
    }

    private static final long KEY_WAIT_MS = 200;
    private static final int GONE = -1;

    private final Terminal terminal;
    private final Attributes before;
    private final Display display;
    private final Thread restore = new Thread(this::giveBack, "terminal");
    private final AtomicBoolean given = new AtomicBoolean();

    private Screen(Terminal terminal) {
        this.terminal = terminal;
        this.before = terminal.enterRawMode();
        this.display = new Display(terminal, true);
    }

    /** @throws IOException if the terminal cannot be had */
    static Screen open(Listener listener) throws IOException {
        Terminal terminal = terminal();
        Screen screen = new Screen(terminal);
        Runtime.getRuntime().addShutdownHook(screen.restore);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.handle(Terminal.Signal.WINCH, signal -> listener.resized());
        terminal.handle(Terminal.Signal.INT, signal -> listener.interrupted());
        Thread.ofPlatform().daemon().name("keys").start(() -> screen.readKeys(listener));
        return screen;
    }

    private static Terminal terminal() throws IOException {
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .ffm(false)
                    .exec(false)
                    .jni(true)
                    .build();
        } catch (IllegalStateException none) {
            throw new IOException(none.getMessage(), none);
        }
    }

    private void readKeys(Listener listener) {
        try {
            NonBlockingReader keys = terminal.reader();
            // A read that waits without end would keep the terminal from being closed.
            for (int key = keys.read(KEY_WAIT_MS); key != GONE && !given.get(); key = keys.read(KEY_WAIT_MS)) {
                if (key >= 0) {
                    listener.key(key);
                }
            }
            listener.interrupted();
        } catch (ClosedException | IllegalStateException closed) {
            // closed from here
        } catch (IOException gone) {
            listener.interrupted();
        }
    }

    /** Height in lines. */
    int height() {
        return terminal.getSize().getRows();
    }

    /** Shows these lines, and of each as much as there is room for. */
    void show(List<String> lines) {
        Size size = terminal.getSize();
        display.resize(size);
        // The last column stays free: a terminal may begin another line when it is written to.
        display.update(
                lines.stream()
                        .map(line -> AttributedString.fromAnsi(line)
                                .columnSubSequence(0, Math.max(1, size.getColumns() - 1)))
                        .toList(),
                0);
        terminal.flush();
    }

    private void giveBack() {
        if (given.compareAndSet(false, true)) {
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    @Override
    public void close() throws IOException {
        giveBack();
        try {
            Runtime.getRuntime().removeShutdownHook(restore);
        } catch (IllegalStateException shuttingDown) {
            // then it runs, and finds that all is done
        }
        terminal.close();
    }
}
