package io.failoverlab.document;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One value of a file, or the place where it is missing. It keeps its position, so that a rule that needs several
 * values can still point at the right one later: {@link #reject}.
 *
 * @param <T> what the text was read as
 */
public final class Field<T> {
    private final Problems problems;
    private final Position position;
    private final String expected;
    private final Optional<T> value;
    private final boolean present;
    private boolean sound;

    private Field(
            Problems problems, Position position, String expected, Optional<T> value, boolean present, boolean sound) {
        this.problems = problems;
        this.position = position;
        this.expected = expected;
        this.value = value;
        this.present = present;
        this.sound = sound;
    }

    static <T> Field<T> read(Problems problems, Position position, String expected, T value) {
        return new Field<>(problems, position, expected, Optional.of(value), true, true);
    }

    static <T> Field<T> absent(Problems problems, Position position, String expected) {
        return new Field<>(problems, position, expected, Optional.empty(), false, true);
    }

    static <T> Field<T> unreadable(Problems problems, Position position, String expected) {
        return new Field<>(problems, position, expected, Optional.empty(), true, false);
    }

    /** Whether the file has this value, right or wrong. */
    public boolean present() {
        return present;
    }

    /** Whether nothing is known to be wrong with it; an absent optional value is sound. */
    public boolean sound() {
        return sound;
    }

    /** The value if the file has it and it could be read. */
    public Optional<T> value() {
        return value;
    }

    /** The value, or the fallback if it is absent or unreadable (which has been noted as a problem by then). */
    public T orElse(T fallback) {
        return value.orElse(fallback);
    }

    /** The value, for use after {@link Problems#throwIfAny}. */
    public T get() {
        return value.orElseThrow(() -> new NoSuchElementException("no value was read: expected " + expected));
    }

    /** Notes a problem if the value is absent. */
    public Field<T> required() {
        if (!present && sound) {
            reject(expected, "no such key", "");
        }
        return this;
    }

    /** Notes a problem at the position of this value. */
    public void reject(String expected, String found, String hint) {
        sound = false;
        problems.add(position, expected, found, hint);
    }
}
