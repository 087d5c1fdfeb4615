package io.failoverlab.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Something that can be done to the stack from the page, and by a command.
 *
 * @param action its name in policies, in the form of IAM's actions: AWS's own where AWS has one
 * @param resource what it is done to, by its name in this lab
 * @param command that does the same, without its parameters
 * @param request what the lab is asked for
 */
record Offer(
        String action,
        String resource,
        String command,
        List<OfferParameter> parameters,
        @JsonIgnore Function<Offer.Given, ControlRequest> request) {
    Offer {
        parameters = List.copyOf(parameters);
    }

    /** The parameters that were given, by name. */
    record Given(Map<String, Integer> numbers) {
        OptionalInt number(String name) {
            return numbers.containsKey(name) ? OptionalInt.of(numbers.get(name)) : OptionalInt.empty();
        }

        int required(String name) {
            return numbers.get(name);
        }

        /** A time in seconds, as milliseconds; 0 if none was given. */
        long millis(String name) {
            return number(name).orElse(0) * 1000L;
        }
    }

    boolean is(String wantedAction, String wantedResource) {
        return action.equals(wantedAction) && resource.equals(wantedResource);
    }

    /** @throws IllegalArgumentException with what was expected, if a parameter is none of this action, is missing or is wrong */
    Given read(Map<String, String> given) {
        given.keySet().stream()
                .filter(name -> parameters.stream().noneMatch(it -> it.name().equals(name)))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("expected of " + action + " only the parameters "
                            + parameters.stream().map(OfferParameter::name).toList() + ", found '" + unknown + "'");
                });
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (OfferParameter parameter : parameters) {
            String text = given.getOrDefault(parameter.name(), "");
            if (!text.isEmpty() || !parameter.optional()) {
                numbers.put(parameter.name(), parameter.read(text));
            }
        }
        return new Given(numbers);
    }

    /** The command with its parameters. */
    String command(Given given) {
        StringBuilder line = new StringBuilder(command);
        for (OfferParameter parameter : parameters) {
            given.number(parameter.name()).ifPresent(it -> line.append(' ').append(parameter.words(it)));
        }
        return line.toString();
    }
}
