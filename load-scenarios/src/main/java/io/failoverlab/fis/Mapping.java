package io.failoverlab.fis;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What words of a template mean in the stack, as far as the user says so.
 *
 * @param meanings ARN, Availability Zone or {@code KEY=VALUE} of a tag, to names in the stack
 */
public record Mapping(Map<String, List<String>> meanings) {
    /** Nothing but the rules. */
    public static final Mapping NONE = new Mapping(Map.of());

    public Mapping {
        meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
    }

    /**
     * Reads {@code WORD=NAME} and {@code WORD=NAME,NAME}; the word may have equals signs itself.
     *
     * @throws InvalidInput with all that are not of that form
     */
    public static Mapping parse(List<String> texts) {
        Map<String, List<String>> meanings = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String text : texts) {
            int sign = text.lastIndexOf('=');
            List<String> names = Stream.of(text.substring(sign + 1).split(","))
                    .filter(name -> !name.isBlank())
                    .toList();
            if (sign < 1 || names.isEmpty()) {
                problems.add(Problem.of(
                        "--map",
                        "WORD=NAME: an ARN, a zone or a tag KEY=VALUE of the template, and names of the stack",
                        text,
                        "such as --map env=prod=web-1a,web-1c"));
            }
            meanings.put(text.substring(0, Math.max(0, sign)), names);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
        return new Mapping(meanings);
    }

    Optional<List<String>> of(String word) {
        return Optional.ofNullable(meanings.get(word));
    }
}
