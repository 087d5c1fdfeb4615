package io.failoverlab.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a form as the tree that the dots in their names draw: {@code A.member.1.B=x}. */
final class Form {
    /** The deepest name in CloudWatch's model has nine parts. */
    private static final int MAX_PARTS = 12;

    private static final int MAX_PARAMETERS = 200_000;

    private final Map<String, Form> children = new HashMap<>();
    private String text;

    private Form() {}

    /** @throws ApiException if it is no form */
    static Form parse(String... encoded) {
        Form root = new Form();
        int parameters = 0;
        for (String part : encoded) {
            int from = 0;
            while (from < part.length()) {
                int end = part.indexOf('&', from);
                end = end < 0 ? part.length() : end;
                if (end > from) {
                    parameters++;
                    root.add(part.substring(from, end));
                }
                from = end + 1;
                if (parameters > MAX_PARAMETERS) {
                    throw new ApiException(
                            ErrorKind.TOO_LARGE, "The request has more than " + MAX_PARAMETERS + " parameters.");
                }
            }
        }
        return root;
    }

    private void add(String parameter) {
        int equals = parameter.indexOf('=');
        String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
        String[] parts = name.split("\\.", MAX_PARTS + 1);
        if (parts.length > MAX_PARTS) {
            throw new ApiException(
                    ErrorKind.SERIALIZATION,
                    "Expected names of at most " + MAX_PARTS + " parts, found one beginning with "
                            + String.join(".", List.of(parts).subList(0, MAX_PARTS)) + ".");
        }
        Form node = this;
        for (String part : parts) {
            node = node.children.computeIfAbsent(part, missing -> new Form());
        }
        node.text = equals < 0 ? "" : decode(parameter.substring(equals + 1));
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorKind.SERIALIZATION, "The body is no form: " + e.getMessage());
        }
    }

    /** Null if there is no parameter of this name nor one that begins with it. */
    Form get(String name) {
        return children.get(name);
    }

    /** Null if there are only parameters below this one. */
    String text() {
        return text;
    }

    /** The elements of a list, {@code member.1} and so on, in the order of their numbers. */
    List<Form> members() {
        return numbered("member");
    }

    /** The entries of a map, {@code entry.1} and so on, each with a key and a value. */
    List<Form> entries() {
        return numbered("entry");
    }

    private List<Form> numbered(String name) {
        Form parent = children.get(name);
        if (parent == null) {
            return List.of();
        }
        return parent.children.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> position(entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static int position(String number) {
        if (!number.matches("\\d{1,9}")) {
            throw new ApiException(
                    ErrorKind.SERIALIZATION, "Expected the number of a member or an entry, found '" + number + "'.");
        }
        return Integer.parseInt(number);
    }
}
