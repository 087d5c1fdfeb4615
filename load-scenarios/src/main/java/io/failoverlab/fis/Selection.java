package io.failoverlab.fis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** How many of the resources that fit are hit, FIS's selection mode. */
public sealed interface Selection {
    /** How it is written. */
    String FORM = "ALL, COUNT(n) with n of 1 or more, or PERCENT(n) with n of 1 to 100";

    /** All of them. */
    record All() implements Selection {
        @Override
        public String toString() {
            return "ALL";
        }
    }

    /** That many, by chance; all of them if there are not more. */
    record Count(int number) implements Selection {
        public Count {
            if (number < 1) {
                throw new IllegalArgumentException("expected " + FORM + ", found COUNT(" + number + ")");
            }
        }

        @Override
        public String toString() {
            return "COUNT(" + number + ")";
        }
    }

    /** That share, by chance, rounded down, which may be none. */
    record Percent(int percent) implements Selection {
        public Percent {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("expected " + FORM + ", found PERCENT(" + percent + ")");
            }
        }

        @Override
        public String toString() {
            return "PERCENT(" + percent + ")";
        }
    }

    /** @throws IllegalArgumentException if it is not of the form {@link #FORM} */
    static Selection parse(String text) {
        if (text.equals("ALL")) {
            return new All();
        }
        Matcher parts = Pattern.compile("(COUNT|PERCENT)\\((\\d{1,9})\\)").matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected " + FORM + ", found " + text);
        }
        int number = Integer.parseInt(parts.group(2));
        return parts.group(1).equals("COUNT") ? new Count(number) : new Percent(number);
    }

    /**
     * Chooses among those that fit; they keep their order. The same seed chooses the same ones.
     *
     * @param seed of this choice
     */
    default <T> List<T> choose(List<T> fitting, long seed) {
        int wanted = switch (this) {
            case All all -> fitting.size();
            case Count(int number) -> Math.min(number, fitting.size());
            case Percent(int percent) -> fitting.size() * percent / 100;
        };
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, fitting.size()).boxed().toList());
        Collections.shuffle(places, new SplittableRandom(seed));
        return places.stream().limit(wanted).sorted().map(fitting::get).toList();
    }
}
