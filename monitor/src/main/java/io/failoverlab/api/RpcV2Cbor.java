package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Smithy RPC v2 CBOR, which the AWS SDK for Java v2 speaks from 2.41 on (smithy.io, "Smithy RPC v2 CBOR protocol"): the operation is
 * in the path, request and answer are CBOR maps, errors carry the Query protocol's code in a header.
 */
final class RpcV2Cbor implements Protocol {
    private static final String NAME = "rpc-v2-cbor";
    /** CBOR's tag for a time in seconds since 1970. */
    private static final int EPOCH_TAG = 1;

    private final DocumentFormat format = new DocumentFormat("CBOR", new CBORFactory(), RpcV2Cbor::writeTime);

    @Override
    public Call call(Context http, byte[] body) {
        if (!NAME.equals(http.header("smithy-protocol")) || http.header("X-Amz-Target") != null) {
            throw new ApiException(
                    ErrorKind.SERIALIZATION,
                    "Expected a request of Smithy RPC v2 CBOR: header smithy-protocol: " + NAME
                            + " and no X-Amz-Target.");
        }
        String service = http.pathParam("service");
        if (!service.equals(SERVICE) && !service.endsWith("." + SERVICE)) {
            throw new ApiException(
                    ErrorKind.UNKNOWN_OPERATION, "Expected the service " + SERVICE + ", found " + service + ".");
        }
        return new Call(http.pathParam("operation"), request -> format.read(body, request));
    }

    @Override
    public void begin(Context http) {
        http.header("smithy-protocol", NAME);
        http.contentType("application/cbor");
    }

    @Override
    public byte[] answer(String operation, SdkPojo answer, String requestId) throws IOException {
        return format.answer(answer);
    }

    @Override
    public byte[] error(Context http, ApiException error, String requestId) throws IOException {
        return format.error(http, error);
    }

    private static void writeTime(JsonGenerator generator, Instant time) throws IOException {
        ((CBORGenerator) generator).writeTag(EPOCH_TAG);
        generator.writeNumber(time.toEpochMilli() / 1000.0);
    }
}
