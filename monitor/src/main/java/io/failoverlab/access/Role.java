package io.failoverlab.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a login is good for: each may do what the one before it may, if no policy says otherwise. */
public enum Role {
    /** Looks at everything and changes nothing. */
    VIEW,
    /** Keeps the stack running: starts, scales, loads, and undoes faults. */
    OPERATE,
    /** Does all there is; the role of whoever has the token. */
    BREAK;

    /** As it is written in policies and addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }
}
