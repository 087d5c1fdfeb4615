package io.failoverlab.api;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/** A request that is answered by an error. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final transient SdkPojo details;

    ApiException(ErrorKind kind, String message) {
        this(kind, message, null);
    }

    /** @param details an error of the SDK with more members than the message, or null */
    ApiException(ErrorKind kind, String message, SdkPojo details) {
        super(message);
        this.kind = kind;
        this.details = details;
    }

    /** What the error says besides its message. */
    Optional<SdkPojo> details() {
        return Optional.ofNullable(details);
    }

    ErrorKind kind() {
        return kind;
    }

    static ApiException missing(String parameter) {
        return new ApiException(ErrorKind.MISSING_PARAMETER, "The parameter " + parameter + " is required.");
    }

    static ApiException invalid(String message) {
        return new ApiException(ErrorKind.INVALID_PARAMETER_VALUE, message);
    }

    /** Both were given. */
    static ApiException exclusive(String parameter, String other) {
        return new ApiException(
                ErrorKind.INVALID_PARAMETER_COMBINATION,
                "The parameters " + parameter + " and " + other
                        + " are mutually exclusive and you have specified both.");
    }

    /** @param path in lower camel case, as AWS writes it in these messages */
    static ApiException constraint(Object value, String path, String constraint) {
        return new ApiException(
                ErrorKind.VALIDATION,
                "1 validation error detected: Value '" + value + "' at '" + path
                        + "' failed to satisfy constraint: Member must " + constraint);
    }

    static ApiException notInEnum(Object value, String path, List<String> allowed) {
        return constraint(value, path, "satisfy enum value set: [" + String.join(", ", allowed) + "]");
    }

    /** What CloudWatch has and this monitor has not: refused, since leaving it out silently would change the meaning. */
    static ApiException unsupported(String what) {
        return new ApiException(ErrorKind.VALIDATION, what + " is not supported by this monitor.");
    }
}
