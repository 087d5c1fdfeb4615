package io.failoverlab.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.failoverlab.fault.Parameter;
import io.failoverlab.fault.Parameter.Form;
import java.util.List;

/**
 * Something that can be said of an action.
 *
 * @param name of its field
 * @param meaning a clause for people; empty where the name says it
 * @param unit such as {@code s}; empty for a mere number, and for what is no number
 * @param value that is proposed; empty for none
 * @param form of its values
 * @param option how the command is told, with {@code {}} for the value
 * @param optional whether it may be left out
 */
record OfferParameter(
        String name,
        String meaning,
        String unit,
        String value,
        @JsonIgnore Form form,
        String option,
        boolean optional) {

    /** How the page lets it be chosen. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
    sealed interface Control {
        /** A whole number within the bounds, both included. */
        record Number(int min, int max) implements Control {}

        /** One of a few words. */
        record Choice(List<String> words) implements Control {
            public Choice {
                words = List.copyOf(words);
            }
        }

        /** @param expected in words */
        record Text(String expected) implements Control {}
    }

    /** A whole number. */
    static OfferParameter number(
            String name, String unit, int value, int minimum, int maximum, String option, boolean optional) {
        return new OfferParameter(
                name, "", unit, Integer.toString(value), new Form.Number(minimum, maximum), option, optional);
    }

    /** What a kind of fault takes: an option of its command. */
    static OfferParameter of(Parameter parameter) {
        return new OfferParameter(
                parameter.name(),
                parameter.meaning(),
                "",
                parameter.fallback(),
                parameter.form(),
                "--" + parameter.name() + " {}",
                parameter.fallback().isEmpty());
    }

    @JsonProperty
    Control control() {
        return switch (form) {
            case Form.Number(int min, int max) -> new Control.Number(min, max);
            case Form.Word(List<String> words) -> new Control.Choice(words);
            case Form.Time time -> new Control.Text(time.expected());
            case Form.Name any -> new Control.Text(any.expected());
        };
    }

    /** @throws IllegalArgumentException with what was expected, if it is no value of the form */
    String read(String given) {
        if (!form.fits(given)) {
            throw new IllegalArgumentException(name + ": expected " + form.expected()
                    + (unit.isEmpty() ? "" : " " + unit) + ", found '" + given + "'");
        }
        return given;
    }

    /** The command's words for a value. */
    String words(String given) {
        return option.replace("{}", given);
    }
}
