package io.failoverlab.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkPojo;

/** How requests and answers look on the wire. One operation layer is behind all of them. */
sealed interface Protocol permits RpcV2Cbor, AwsJson, AwsQuery {
    /** The name by which the service goes in paths and targets; it has no meaning beyond that. */
    String SERVICE = "GraniteServiceVersion20100801";

    /**
     * What is called.
     *
     * @param arguments sets the fields of the empty request it is given, or throws an {@link ApiException}
     */
    record Call(String operation, Consumer<SdkPojo> arguments) {}

    /** @throws ApiException if the request does not say what it calls */
    Call call(Context http, byte[] body);

    /** Sets the headers that go with every answer of this protocol. */
    void begin(Context http);

    byte[] answer(String operation, SdkPojo answer, String requestId) throws IOException;

    /** Sets the error's own headers, and returns the body. */
    byte[] error(Context http, ApiException error, String requestId) throws IOException;
}
