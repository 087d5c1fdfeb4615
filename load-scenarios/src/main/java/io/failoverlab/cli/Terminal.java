package io.failoverlab.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a command speaks: data on standard output, everything else on standard error. Colour and moving lines only where
 * a person is looking, each of the two by itself, and never if {@code NO_COLOR} is set to something.
 */
final class Terminal {
    private static final Pattern PAINT = Pattern.compile("\u001b\\[[0-9;]*m");

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean colour;
    private final boolean dataColour;
    private boolean lineOpen;

    private Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour, boolean dataColour) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.colour = colour;
        this.dataColour = dataColour;
    }

    /** What of the process leads to a person, as the launcher found out. */
    record Screens(boolean out, boolean err) {
        static Screens ofProcess() {
            return new Screens(Boolean.getBoolean("lab.data-terminal"), Boolean.getBoolean("lab.terminal"));
        }
    }

    static Terminal ofProcess() {
        return of(System.out, System.err, Screens.ofProcess(), System.getenv());
    }

    static Terminal of(PrintStream out, PrintStream err, Screens screens, Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        boolean moving = screens.err() && environment.get("CI") == null && !"dumb".equals(environment.get("TERM"));
        boolean colour = !plain && (screens.err() || screens.out());
        return new Terminal(out, err, moving, colour && screens.err(), colour && screens.out());
    }

    /** Whether messages have colour. */
    boolean colour() {
        return colour;
    }

    /** Whether data has. */
    boolean dataColour() {
        return dataColour;
    }

    boolean interactive() {
        return interactive;
    }

    /** A line of data. */
    synchronized void data(String line) {
        endLine();
        out.println(dataColour ? line : plain(line));
        out.flush();
    }

    /** Whether what was written as data arrived; a pipe whose reader has ended takes none. */
    boolean isRead() {
        return !out.checkError();
    }

    /** A line for people. */
    synchronized void say(String line) {
        endLine();
        err.println(colour ? line : plain(line));
        err.flush();
    }

    /** A line that the next one replaces; not shown where lines cannot be replaced. */
    synchronized void status(String line) {
        if (interactive) {
            err.print("\r\u001b[2K" + line);
            err.flush();
            lineOpen = true;
        }
    }

    private void endLine() {
        if (lineOpen) {
            err.print("\r\u001b[2K");
            lineOpen = false;
        }
    }

    String bold(String text) {
        return paint("1", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return colour || dataColour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String plain(String line) {
        return PAINT.matcher(line).replaceAll("");
    }
}
