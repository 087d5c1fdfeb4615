package io.failoverlab.history;

import java.util.Arrays;
import java.util.List;

/** Why a request failed, told from its status and from the words of Gatling and of the operating system. */
public enum FailureCause {
    HTTP_5XX("HTTP 5xx"),
    HTTP_4XX("HTTP 4xx"),
    /** Another status than was expected, such as a redirection. */
    HTTP_OTHER("unexpected HTTP status"),
    /** The status was good, the content was not. */
    WRONG_CONTENT("unexpected content"),
    CONNECTION_REFUSED("connection refused", "Connection refused"),
    /** Closed or reset before the answer was complete; Gatling's client does not tell which. */
    CONNECTION_LOST(
            "connection lost", FailureCause.CLOSED_UNDER_IT, "Premature close", "Connection reset", "Broken pipe"),
    TIMED_OUT("timed out", "Request timeout", "connection timed out", "ConnectTimeoutException"),
    /** Not the fault of the stack under test. */
    GENERATOR_LIMIT("limit of the load generator", "Too many open files", "Cannot assign requested address"),
    OTHER("other");

    /** In the error of a request whose kept-alive connection was closed under it; the load generator's own words. */
    public static final String CLOSED_UNDER_IT = "kept-alive connection closed before the answer";

    private static final int HUNDRED = 100;

    private final String label;
    private final List<String> signs;

    FailureCause(String label, String... signs) {
        this.label = label;
        this.signs = List.of(signs);
    }

    /** How reports name it. */
    public String label() {
        return label;
    }

    /** The cause of the failure of a request that is not ok. */
    public static FailureCause of(RequestSample lost) {
        return switch (lost.status() / HUNDRED) {
            case 0 -> ofText(lost.error());
            case 2 -> WRONG_CONTENT;
            case 4 -> HTTP_4XX;
            case 5 -> HTTP_5XX;
            default -> HTTP_OTHER;
        };
    }

    private static FailureCause ofText(String error) {
        return Arrays.stream(values())
                .filter(cause -> cause.signs.stream().anyMatch(error::contains))
                .findFirst()
                .orElse(OTHER);
    }
}
