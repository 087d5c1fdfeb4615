package io.failoverlab.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The HTTP codes that pass a health check, as ELB writes them: {@code 200}, {@code 200,302} or {@code 200-299} (guide:
 * "Health checks for your target groups", success codes 200 to 499).
 *
 * @param ranges in the order of the text, at least one
 */
public record CodeMatcher(List<Range> ranges) {
    static final String FORM = "codes from 200 to 499 such as 200 or 200,301-399";

    private static final Pattern PART = Pattern.compile("([2-4]\\d\\d)(?:-([2-4]\\d\\d))?");

    /** Both ends included. */
    public record Range(int first, int last) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    public CodeMatcher {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("expected " + FORM + ", found none");
        }
    }

    /** @throws IllegalArgumentException if the text has another form, or a range runs backwards */
    public static CodeMatcher parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher found = PART.matcher(part.strip());
            if (!found.matches()) {
                throw new IllegalArgumentException("expected " + FORM + ", found '" + text + "'");
            }
            int first = Integer.parseInt(found.group(1));
            int last = found.group(2) == null ? first : Integer.parseInt(found.group(2));
            if (last < first) {
                throw new IllegalArgumentException("expected " + FORM + ", found '" + text + "'");
            }
            ranges.add(new Range(first, last));
        }
        return new CodeMatcher(ranges);
    }

    public boolean matches(int code) {
        return ranges.stream().anyMatch(range -> range.first() <= code && code <= range.last());
    }

    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
