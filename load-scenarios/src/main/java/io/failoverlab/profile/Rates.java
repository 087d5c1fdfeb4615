package io.failoverlab.profile;

import io.failoverlab.document.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rate of a load as a function of time, in requests started a second, step after step. Written as words:
 *
 * <pre>
 * 300 for 20s                      constant
 * 0 to 300 in 8s                   ramp, up or down
 * 100 to 500 in 5 steps of 10s     100, 200, 300, 400 and 500, each for 10 s
 * spike 100 to 900 in 10s          up in the first half, down in the second
 * replay rates.txt                 a file with the rate of every second, a number a line
 * </pre>
 *
 * @param steps at least one; together a day at the most
 */
public record Rates(List<RateStep> steps) {
    private static final int MOST_STEPS_IN_WORDS = 10;
    private static final int FIRST_STEPS = 3;

    /** What one step looks like, for messages. */
    public static final String FORM =
            "a rate such as \"300 for 20s\", \"0 to 300 in 8s\", \"100 to 500 in 5 steps of 10s\","
                    + " \"spike 100 to 900 in 10s\" or \"replay rates.txt\"";

    /** The longest replay; a longer one is better told in steps. */
    static final int MOST_REPLAYED = 3_600;

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final String RATE = "(\\d{1,9})";
    private static final String TIME = "([0-9hms]+)";
    private static final Pattern CONSTANT = Pattern.compile(RATE + " for " + TIME);
    private static final Pattern RAMP = Pattern.compile(RATE + " to " + RATE + " in " + TIME);
    private static final Pattern STAIRS = Pattern.compile(RATE + " to " + RATE + " in (\\d{1,4}) steps of " + TIME);
    private static final Pattern SPIKE = Pattern.compile("spike " + RATE + " to " + RATE + " in " + TIME);
    private static final Pattern REPLAY = Pattern.compile("replay (\\S+)");
    private static final int LEAST_STAIRS = 2;

    public Rates {
        steps = merged(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("expected at least one step of the rate, found none");
        }
        Duration length = length(steps);
        if (length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "expected rates for at most " + LONGEST.toHours() + " h, found " + DurationText.print(length));
        }
        if (steps.stream().allMatch(step -> step.from() == 0 && step.to() == 0)) {
            throw new IllegalArgumentException("expected a rate of 1 or more at some time, found 0 all through");
        }
    }

    /** One rate, after a ramp from nothing that may have no length. */
    public static Rates steady(int rate, Duration ramp, Duration duration) {
        List<RateStep> steps = new ArrayList<>();
        if (ramp.isPositive()) {
            steps.add(new RateStep(0, rate, ramp));
        }
        steps.add(RateStep.constant(rate, duration.minus(ramp)));
        return new Rates(steps);
    }

    /**
     * Reads one line of the form above.
     *
     * @param file gives the lines of a file that is to be replayed
     * @throws IllegalArgumentException if it is of another form or out of bounds
     */
    public static List<RateStep> parse(String line, Function<String, List<String>> file) {
        String text = line.strip().replaceAll("\\s+", " ");
        Matcher found = CONSTANT.matcher(text);
        if (found.matches()) {
            return List.of(RateStep.constant(rate(found, 1), time(found, 2)));
        }
        found = RAMP.matcher(text);
        if (found.matches()) {
            return List.of(new RateStep(rate(found, 1), rate(found, 2), time(found, 3)));
        }
        found = STAIRS.matcher(text);
        if (found.matches()) {
            return stairs(rate(found, 1), rate(found, 2), rate(found, 3), time(found, 4));
        }
        found = SPIKE.matcher(text);
        if (found.matches()) {
            return spike(rate(found, 1), rate(found, 2), time(found, 3));
        }
        found = REPLAY.matcher(text);
        if (found.matches()) {
            return replay(found.group(1), file.apply(found.group(1)));
        }
        throw new IllegalArgumentException("expected " + FORM + ", found \"" + line + '"');
    }

    private static int rate(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static Duration time(Matcher found, int group) {
        return DurationText.parse(found.group(group));
    }

    private static List<RateStep> stairs(int from, int to, int count, Duration each) {
        if (count < LEAST_STAIRS) {
            throw new IllegalArgumentException("expected " + LEAST_STAIRS + " steps or more, found " + count);
        }
        List<RateStep> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(RateStep.constant(from + (int) Math.round((double) (to - from) * i / (count - 1)), each));
        }
        return steps;
    }

    private static List<RateStep> spike(int from, int to, Duration all) {
        if (all.toSeconds() % 2 != 0 || all.getNano() != 0) {
            throw new IllegalArgumentException(
                    "expected an even number of seconds for a spike, found " + DurationText.print(all));
        }
        return List.of(new RateStep(from, to, all.dividedBy(2)), new RateStep(to, from, all.dividedBy(2)));
    }

    private static List<RateStep> replay(String file, List<String> lines) {
        if (lines.isEmpty() || lines.size() > MOST_REPLAYED) {
            throw new IllegalArgumentException(
                    file + ": expected 1 to " + MOST_REPLAYED + " lines, one a second, found " + lines.size());
        }
        List<RateStep> steps = new ArrayList<>();
        for (String line : lines) {
            if (!line.strip().matches("\\d{1,9}")) {
                throw new IllegalArgumentException(file + " line " + (steps.size() + 1)
                        + ": expected the requests of one second, a whole number; found \"" + line + '"');
            }
            steps.add(RateStep.constant(Integer.parseInt(line.strip()), Duration.ofSeconds(1)));
        }
        return steps;
    }

    private static List<RateStep> merged(List<RateStep> steps) {
        List<RateStep> merged = new ArrayList<>();
        for (RateStep step : steps) {
            RateStep last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.isConstant() && step.isConstant() && last.from() == step.from()) {
                merged.set(
                        merged.size() - 1,
                        RateStep.constant(step.from(), last.length().plus(step.length())));
            } else {
                merged.add(step);
            }
        }
        return List.copyOf(merged);
    }

    private static Duration length(List<RateStep> steps) {
        return steps.stream().map(RateStep::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** From the start of the load to its end. */
    public Duration length() {
        return length(steps);
    }

    /** The highest rate. */
    public int peak() {
        return steps.stream()
                .mapToInt(step -> Math.max(step.from(), step.to()))
                .max()
                .orElseThrow();
    }

    /** The rate at that time since the start of the load; after its end that of the end. */
    public int at(Duration elapsed) {
        Duration begin = Duration.ZERO;
        for (RateStep step : steps) {
            Duration end = begin.plus(step.length());
            if (elapsed.compareTo(end) < 0) {
                return step.at(elapsed.minus(begin));
            }
            begin = end;
        }
        return steps.getLast().to();
    }

    /** The length of the rise from nothing that it begins with; zero if it does not. */
    public Duration ramp() {
        RateStep first = steps.getFirst();
        return first.from() == 0 && first.to() > 0 ? first.length() : Duration.ZERO;
    }

    /** Whether it is one rate, but for a ramp before it. */
    public boolean isSteady() {
        boolean lasts = length().compareTo(ramp()) > 0;
        return lasts && steps.equals(steady(peak(), ramp(), length()).steps());
    }

    /** How many requests should have been started once that time has passed since the start of the load. */
    long due(Duration elapsed) {
        Duration left = elapsed.isNegative() ? Duration.ZERO : elapsed;
        long twice = 0;
        for (RateStep step : steps) {
            if (left.compareTo(step.length()) < 0) {
                return (twice + step.twiceDue(left)) / 2;
            }
            twice += step.twiceAll();
            left = left.minus(step.length());
        }
        return twice / 2;
    }

    /**
     * The same course with another highest rate.
     *
     * @param peak 1 to {@value LoadProfile#MAX_RATE}
     */
    public Rates withPeak(int peak) {
        double factor = (double) peak / peak();
        return new Rates(steps.stream()
                .map(step -> new RateStep(
                        (int) Math.round(step.from() * factor), (int) Math.round(step.to() * factor), step.length()))
                .toList());
    }

    /** For people: as {@link #parse} reads it, or of a course of many steps how it begins, and the least and the most of it. */
    public String summary() {
        if (steps.size() <= MOST_STEPS_IN_WORDS) {
            return toString();
        }
        int least = steps.stream()
                .mapToInt(step -> Math.min(step.from(), step.to()))
                .min()
                .orElseThrow();
        return steps.stream().limit(FIRST_STEPS).map(RateStep::toString).collect(Collectors.joining(", "))
                + ", … (%d steps, %d to %d a second, %s)"
                        .formatted(steps.size(), least, peak(), DurationText.print(length()));
    }

    /** Its steps, as {@link #parse} reads them, with commas between them. */
    @Override
    public String toString() {
        return steps.stream().map(RateStep::toString).collect(Collectors.joining(", "));
    }
}
