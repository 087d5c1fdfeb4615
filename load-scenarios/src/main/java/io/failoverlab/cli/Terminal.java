package io.failoverlab.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command speaks: data on standard output, everything else on standard error. Colour and moving lines only where
 * a person is looking, and never if {@code NO_COLOR} is set to something.
 */
final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean colour;
    private boolean lineOpen;

    private Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.colour = colour;
    }

    /** The launcher finds out whether standard error is a terminal, and says so in {@code lab.terminal}. */
    static Terminal ofProcess() {
        return of(System.out, System.err, Boolean.getBoolean("lab.terminal"), System.getenv());
    }

    static Terminal of(PrintStream out, PrintStream err, boolean terminal, Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        boolean moving = terminal && environment.get("CI") == null && !"dumb".equals(environment.get("TERM"));
        return new Terminal(out, err, moving, terminal && !plain);
    }

    boolean colour() {
        return colour;
    }

    boolean interactive() {
        return interactive;
    }

    /** A line of data. */
    synchronized void data(String line) {
        endLine();
        out.println(line);
        out.flush();
    }

    /** A line for people. */
    synchronized void say(String line) {
        endLine();
        err.println(line);
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
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
