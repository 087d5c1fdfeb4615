package io.failoverlab.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One statement of a policy: its effect on the roles, actions and resources that it names.
 *
 * @param title its Sid, or its place where it has none
 * @param actions such as {@code ec2:StopInstances}, with {@code *} and {@code ?}; upper and lower case are the same, as in IAM
 * @param resources such as {@code instance/web-1a}, with {@code *} and {@code ?}; upper and lower case differ, as in IAM
 */
record Statement(String title, Effect effect, Set<Role> roles, List<String> actions, List<String> resources) {
    enum Effect {
        ALLOW,
        DENY
    }

    Statement {
        roles = roles.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(roles));
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
    }

    boolean concerns(Role role, String action, String resource) {
        String asked = action.toLowerCase(Locale.ROOT);
        return roles.contains(role)
                && actions.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), asked))
                && resources.stream().anyMatch(pattern -> matches(pattern, resource));
    }

    /** Whether all of the text is like the pattern, in which {@code *} is any number of characters and {@code ?} is one. */
    static boolean matches(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && (pattern.charAt(in) == '?' || pattern.charAt(in) == text.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern.chars().skip(in).allMatch(it -> it == '*');
    }
}
