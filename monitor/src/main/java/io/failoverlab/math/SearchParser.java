package io.failoverlab.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a search expression (CloudWatch User Guide, "CloudWatch search expression syntax"). */
final class SearchParser {
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_DEPTH = 50;
    private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[{}(),=]|[^\\s\"{}(),=]+");

    /** @param quoted the text in quotes, null if it is not quoted */
    private record Part(String text, String quoted, int offset) {
        private boolean is(String symbol) {
            return quoted == null && text.equals(symbol);
        }

        private String value() {
            return quoted == null ? text : quoted.replaceAll("\\\\(.)", "$1");
        }
    }

    private final Position at;
    private final List<Part> parts = new ArrayList<>();
    private final int length;
    private int next;
    private int depth;

    private SearchParser(Expression.Text text) {
        this.at = text.at();
        this.length = text.value().length();
        Matcher matcher = PART.matcher(text.value());
        int offset = 0;
        while (matcher.find()) {
            skip(text.value(), offset, matcher.start());
            parts.add(new Part(matcher.group(), matcher.group(1), matcher.start()));
            offset = matcher.end();
        }
        skip(text.value(), offset, length);
    }

    /** Between parts is only space, or a quote that begins none. */
    private void skip(String text, int from, int to) {
        int quote = text.substring(from, to).indexOf('"');
        if (quote >= 0) {
            throw problem(from + quote, "this quote has no closing \"");
        }
    }

    /** @throws ExpressionException if it cannot be understood; its column counts in the whole expression */
    static SearchTerm parse(Expression.Text text) {
        if (text.value().length() > MAX_LENGTH) {
            throw new ExpressionException(
                    text.at(),
                    "a search has at most " + MAX_LENGTH + " characters, found "
                            + text.value().length());
        }
        SearchParser parser = new SearchParser(text);
        SearchTerm schema = parser.schema();
        SearchTerm terms = parser.done() ? new SearchTerm.Everything() : parser.any();
        if (!parser.done()) {
            throw parser.unexpected("a search term");
        }
        if (schema instanceof SearchTerm.Everything && terms instanceof SearchTerm.Everything) {
            throw parser.problem(0, "a search needs a {Namespace, DimensionName, ...} or a term");
        }
        return new SearchTerm.All(List.of(schema, terms));
    }

    private boolean done() {
        return next == parts.size();
    }

    private boolean took(String symbol) {
        if (done() || !parts.get(next).is(symbol)) {
            return false;
        }
        next++;
        return true;
    }

    private ExpressionException unexpected(String expected) {
        return done()
                ? problem(length, "expected " + expected + ", found the end of the search")
                : problem(
                        parts.get(next).offset(),
                        "expected " + expected + ", found " + parts.get(next).text());
    }

    /** The opening quote of the search stands before its first character. */
    private ExpressionException problem(int offset, String problem) {
        return new ExpressionException(new Position(at.column() + 1 + offset), problem);
    }

    private SearchTerm schema() {
        if (!took("{")) {
            return new SearchTerm.Everything();
        }
        List<String> names = new ArrayList<>();
        do {
            names.add(name("a name"));
        } while (took(","));
        if (!took("}")) {
            throw unexpected("',' or '}'");
        }
        took(",");
        return new SearchTerm.Schema(names.getFirst(), names.subList(1, names.size()));
    }

    private String name(String expected) {
        if (done() || parts.get(next).quoted() == null && parts.get(next).text().matches("[{}(),=]")) {
            throw unexpected(expected);
        }
        return parts.get(next++).value();
    }

    private SearchTerm any() {
        List<SearchTerm> terms = new ArrayList<>();
        do {
            terms.add(all());
        } while (took("OR"));
        return terms.size() == 1 ? terms.getFirst() : new SearchTerm.Any(terms);
    }

    private SearchTerm all() {
        List<SearchTerm> terms = new ArrayList<>();
        do {
            took("AND");
            terms.add(term());
        } while (!done() && !parts.get(next).is("OR") && !parts.get(next).is(")"));
        return terms.size() == 1 ? terms.getFirst() : new SearchTerm.All(terms);
    }

    private SearchTerm term() {
        if (++depth > MAX_DEPTH) {
            throw unexpected("at most " + MAX_DEPTH + " levels");
        }
        SearchTerm term = took("NOT") ? new SearchTerm.Not(term()) : took("(") ? inParentheses() : text();
        depth--;
        return term;
    }

    private SearchTerm inParentheses() {
        SearchTerm inner = any();
        if (!took(")")) {
            throw unexpected("')'");
        }
        return inner;
    }

    private SearchTerm text() {
        int start = next;
        String first = name("a search term");
        if (!took("=")) {
            return new SearchTerm.Text(Optional.empty(), first, parts.get(start).quoted() != null);
        }
        if (!took("(")) {
            return valueOf(first);
        }
        List<SearchTerm> values = new ArrayList<>();
        do {
            values.add(valueOf(first));
        } while (took("OR"));
        if (!took(")")) {
            throw unexpected("OR or ')'");
        }
        return new SearchTerm.Any(values);
    }

    private SearchTerm valueOf(String property) {
        int start = next;
        String value = name("a value of " + property);
        return new SearchTerm.Text(
                Optional.of(property), value, parts.get(start).quoted() != null);
    }
}
