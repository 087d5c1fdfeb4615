package io.failoverlab.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Something that can be done to the stack from the page, and by a command.
 *
 * @param action its name in policies, in the form of IAM's actions: AWS's own where AWS has one
 * @param resource what it is done to, by its name in this lab
 * @param summary what happens then, a sentence for people
 * @param command that does the same, without its parameters
 * @param request what the lab is asked for
 */
record Offer(
        String action,
        String resource,
        String summary,
        String command,
        List<OfferParameter> parameters,
        @JsonIgnore Function<Offer.Given, ControlRequest> request) {
    /** Of every fault that lasts, in seconds. */
    static final String FOR = "for";

    Offer {
        parameters = List.copyOf(parameters);
    }

    /** The parameters that were given, by name, each of its form. */
    record Given(Map<String, String> values) {
        Given {
            values = Map.copyOf(values);
        }

        int number(String name) {
            return Integer.parseInt(values.get(name));
        }

        /** How long, in milliseconds; 0 if nothing was said. */
        long limitMillis() {
            return values.containsKey(FOR) ? number(FOR) * 1000L : 0;
        }

        /** All but how long. */
        Map<String, String> ofFault() {
            Map<String, String> others = new LinkedHashMap<>(values);
            others.remove(FOR);
            return others;
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
        Map<String, String> values = new LinkedHashMap<>();
        for (OfferParameter parameter : parameters) {
            String text = given.getOrDefault(parameter.name(), "");
            if (!text.isEmpty() || !parameter.optional()) {
                values.put(parameter.name(), parameter.read(text));
            }
        }
        return new Given(values);
    }

    /** The command with its parameters. */
    String command(Given given) {
        StringBuilder line = new StringBuilder(command);
        for (OfferParameter parameter : parameters) {
            if (given.values().containsKey(parameter.name())) {
                line.append(' ').append(parameter.words(given.values().get(parameter.name())));
            }
        }
        return line.toString();
    }
}
