package io.failoverlab.explain;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * A thing of AWS, explained.
 *
 * @param name that it is asked for by, in lower case with dashes
 * @param title what AWS calls it
 * @param also other names that it is found under
 * @param aws what it is there
 * @param numbers may be empty
 * @param here how it is mirrored, or why it is not
 * @param differs where the mirror is unlike the original
 * @param commands to see it with; may be empty
 * @param source AWS's page that says so
 */
public record Concept(
        String name,
        String title,
        List<String> also,
        Mirror mirror,
        String aws,
        List<Quantity> numbers,
        String here,
        String differs,
        List<String> commands,
        Source source) {

    /**
     * A number.
     *
     * @param of what
     * @param aws its default there, and the range in brackets
     * @param here the same of the lab
     */
    public record Quantity(String of, String aws, String here) {}

    /** A page of AWS's documentation. */
    public record Source(String page, URI url) {}

    public Concept {
        also = List.copyOf(also);
        numbers = List.copyOf(numbers);
        commands = List.copyOf(commands);
        Stream.of(name, title, aws, here, differs, source.page()).forEach(text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("expected words in every field of " + name + ", found none in one");
            }
        });
    }

    /** All names that it is found under, its own first. */
    List<String> names() {
        return Stream.concat(Stream.of(name), also.stream()).toList();
    }
}
