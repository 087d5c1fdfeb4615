package io.failoverlab.api;

/**
 * The errors an operation may answer, as CloudWatch writes them: the shape for clients of the present protocols, the code that
 * clients of the old Query protocol know it by, and the HTTP status. A 5xx makes every SDK repeat the request, so bad input never
 * gets one.
 */
enum ErrorKind {
    INVALID_PARAMETER_VALUE(Names.MODEL + "InvalidParameterValueException", "InvalidParameterValue", 400),
    INVALID_PARAMETER_COMBINATION(
            Names.MODEL + "InvalidParameterCombinationException", "InvalidParameterCombination", 400),
    MISSING_PARAMETER(Names.MODEL + "MissingRequiredParameterException", "MissingParameter", 400),
    INVALID_NEXT_TOKEN(Names.MODEL + "InvalidNextToken", "InvalidNextToken", 400),
    LIMIT_EXCEEDED(Names.MODEL + "LimitExceededFault", "LimitExceeded", 400),
    INVALID_DASHBOARD(Names.MODEL + "DashboardInvalidInputError", "InvalidParameterInput", 400),
    DASHBOARD_NOT_FOUND(Names.MODEL + "DashboardNotFoundError", "ResourceNotFound", 404),
    /** For tags; alarms have the older one. */
    TAGGED_RESOURCE_NOT_FOUND(Names.MODEL + "ResourceNotFoundException", "ResourceNotFoundException", 404),
    RESOURCE_NOT_FOUND(Names.MODEL + "ResourceNotFound", "ResourceNotFound", 404),
    INTERNAL(Names.MODEL + "InternalServiceFault", "InternalServiceError", 500),
    VALIDATION("com.amazon.coral.validate#ValidationException", "ValidationError", 400),
    SERIALIZATION(Names.SERVICE + "SerializationException", "MalformedInput", 400),
    INVALID_CLIENT_TOKEN(Names.SERVICE + "UnrecognizedClientException", "InvalidClientTokenId", 403),
    ACCESS_DENIED(Names.SERVICE + "AccessDeniedException", "AccessDenied", 403),
    TOO_LARGE(Names.SERVICE + "RequestEntityTooLargeException", "RequestEntityTooLarge", 413),
    /** Of the Query protocol only; the others name the operation outside of the request (AWS, "Common Errors"). */
    MISSING_ACTION(Names.SERVICE + "MissingActionException", "MissingAction", 400),
    UNKNOWN_OPERATION(Names.SERVICE + "UnknownOperationException", "InvalidAction", 404);

    private static final class Names {
        private static final String MODEL = "com.amazonaws.cloudwatch.v2010_08_01#";
        private static final String SERVICE = "com.amazon.coral.service#";
    }

    private final String type;
    private final String queryCode;
    private final int status;

    ErrorKind(String type, String queryCode, int status) {
        this.type = type;
        this.queryCode = queryCode;
        this.status = status;
    }

    /** For {@code __type}. */
    String type() {
        return type;
    }

    /** For {@code x-amzn-query-error}, with who is to blame. */
    String queryError() {
        return queryCode + ";" + fault();
    }

    String queryCode() {
        return queryCode;
    }

    /** Who is to blame, in the words of the Query protocol. */
    String fault() {
        return status < 500 ? "Sender" : "Receiver";
    }

    int status() {
        return status;
    }
}
