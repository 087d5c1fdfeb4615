package io.failoverlab.scrape;

import io.failoverlab.scrape.Exposition.Sample;
import io.failoverlab.scrape.Exposition.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parser of Prometheus's text format 0.0.4 and of OpenMetrics 1.0 (prometheus.io, "Exposition formats"). It reads both without being
 * told which: they differ in the comma before a closing brace, in the names of counter families, in exemplars and in the last line.
 *
 * <p>It works on one character for each byte, so that a place in the text is a place in the bytes; only the values of labels may
 * have other characters than ASCII.
 */
final class PrometheusText {
    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    private PrometheusText(String text) {
        this.text = text;
    }

    /** @param body in UTF-8 */
    static Exposition parse(byte[] body) throws TextFormatException {
        return new PrometheusText(new String(body, StandardCharsets.ISO_8859_1)).parse();
    }

    private Exposition parse() throws TextFormatException {
        Map<String, Type> types = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        while (at < text.length()) {
            skipBlanks();
            if (atLineEnd()) {
                nextLine();
            } else if (text.charAt(at) == '#') {
                comment(types);
            } else {
                samples.add(sample(prefixes));
            }
        }
        return new Exposition(types, samples, prefixes);
    }

    /** A type declaration is kept; help, units and free comments are passed over. */
    private void comment(Map<String, Type> types) {
        int end = lineEnd();
        String[] words = text.substring(at, end).trim().split("[ \t]+");
        if (words.length == 4 && words[0].equals("#") && words[1].equals("TYPE")) {
            types.put(words[2], type(words[3]));
        }
        at = end;
        nextLine();
    }

    private static Type type(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "counter" -> Type.COUNTER;
            case "gauge" -> Type.GAUGE;
            case "histogram" -> Type.HISTOGRAM;
            case "summary" -> Type.SUMMARY;
            default -> Type.OTHER; // untyped, unknown, info, stateset, gaugehistogram
        };
    }

    private Sample sample(List<String> prefixes) throws TextFormatException {
        int start = at;
        String name = name();
        skipBlanks();
        Map<String, String> labels = at < text.length() && text.charAt(at) == '{' ? labels() : Map.of();
        skipBlanks();
        prefixes.add(text.substring(start, at));
        double value = number(word());
        at = lineEnd(); // a timestamp or an exemplar may follow
        nextLine();
        return new Sample(name, labels, value);
    }

    private Map<String, String> labels() throws TextFormatException {
        Map<String, String> labels = new HashMap<>();
        expect('{');
        skipBlanks();
        while (peek() != '}') {
            String name = name();
            skipBlanks();
            expect('=');
            skipBlanks();
            if (labels.put(name, quoted()) != null) {
                throw error("the label " + name + " only once");
            }
            skipBlanks();
            if (peek() != '}') {
                expect(',');
                skipBlanks();
            }
        }
        expect('}');
        return labels;
    }

    private String name() throws TextFormatException {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
            at++;
        }
        if (at == start) {
            throw error("a name");
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c, boolean first) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
        return letter || (!first && c >= '0' && c <= '9');
    }

    private String quoted() throws TextFormatException {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c == '\\') {
                value.append(escaped());
            } else {
                value.append(c);
            }
        }
        at++;
        return new String(value.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** As for Prometheus, a backslash before anything else stands for itself. */
    private String escaped() throws TextFormatException {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> "\n";
            case '\\', '"' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    private String word() {
        int start = at;
        while (!atLineEnd() && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
            at++;
        }
        return text.substring(start, at);
    }

    private double number(String word) throws TextFormatException {
        try {
            return parseNumber(word);
        } catch (NumberFormatException e) {
            at -= word.length();
            throw error("a number");
        }
    }

    /** @throws NumberFormatException for what Java takes for a number and Prometheus does not, too */
    static double parseNumber(String word) {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "nan":
                return Double.NaN;
            case "+inf", "inf":
                return Double.POSITIVE_INFINITY;
            case "-inf":
                return Double.NEGATIVE_INFINITY;
            default:
                for (int i = 0; i < word.length(); i++) {
                    if ("0123456789+-.eE".indexOf(word.charAt(i)) < 0) {
                        throw new NumberFormatException(word);
                    }
                }
                return Double.parseDouble(word);
        }
    }

    private void expect(char expected) throws TextFormatException {
        if (peek() != expected) {
            throw error("'" + expected + "'");
        }
        at++;
    }

    /** The present character; the line must not end here. */
    private char peek() throws TextFormatException {
        if (atLineEnd()) {
            throw error("more on this line");
        }
        return text.charAt(at);
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\r')) {
            at++;
        }
    }

    private boolean atLineEnd() {
        return at >= text.length() || text.charAt(at) == '\n';
    }

    private int lineEnd() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void nextLine() {
        at++;
        line++;
        lineStart = at;
    }

    private TextFormatException error(String expected) {
        String found = atLineEnd() ? "the end of the line" : "'" + text.charAt(at) + "'";
        return new TextFormatException(
                "line " + line + ", column " + (at - lineStart + 1) + ": expected " + expected + ", found " + found);
    }
}
