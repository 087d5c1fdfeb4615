package io.failoverlab.report;

import io.failoverlab.verdict.Outcome;
import io.failoverlab.verdict.Verdict;

/**
 * How the terminal report looks; the caller decides, by NO_COLOR, by whether it is a terminal and by its options.
 *
 * @param colour whether ANSI colours may be used
 * @param ascii whether everything must be plain ASCII
 */
public record Style(boolean colour, boolean ascii) {
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String YELLOW = "33";

    /** Neither colours nor anything beyond ASCII. */
    public static final Style PLAIN = new Style(false, true);

    String mark(Outcome outcome) {
        return switch (outcome) {
            case MET -> paint(GREEN, ascii ? "ok" : "✓ ");
            case NOT_MET -> paint(RED, ascii ? "NO" : "✗ ");
            case UNKNOWN -> paint(YELLOW, ascii ? "??" : "? ");
            case INFORMATION -> "  ";
        };
    }

    String verdict(Verdict verdict) {
        return switch (verdict) {
            case PASS -> paint("1;" + GREEN, "PASS");
            case FAIL -> paint("1;" + RED, "FAIL");
            case UNKNOWN -> paint("1;" + YELLOW, "UNKNOWN");
        };
    }

    String topic(Timeline.Topic topic, String padded) {
        return switch (topic) {
            case FAULT, ALARM -> paint(RED, padded);
            case HEALED, ALARM_OVER -> paint(GREEN, padded);
            case LOAD, INSTANCE, TARGET, ROTATION, EXPERIMENT, DATABASE, NOTE -> padded;
        };
    }

    String heading(String text) {
        return paint("1", text);
    }

    /** What comes from outside may hold anything, also what would steer a terminal. */
    String safe(String text) {
        String printable = text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
        return ascii ? printable.replaceAll("[^\\x20-\\x7e]", "?") : printable;
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
