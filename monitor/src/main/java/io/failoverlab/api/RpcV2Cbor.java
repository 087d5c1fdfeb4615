package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Smithy RPC v2 CBOR, which the AWS SDK for Java v2 speaks from 2.41 on (smithy.io, "Smithy RPC v2 CBOR protocol"): the operation is
 * in the path, request and answer are CBOR maps, errors carry the Query protocol's code in a header.
 */
final class RpcV2Cbor implements Protocol {
    private static final String NAME = "rpc-v2-cbor";
    /** CBOR's tag for a time in seconds since 1970. */
    private static final int EPOCH_TAG = 1;

    /** Only the end of the path counts. */
    private static final Pattern OPERATION = Pattern.compile(".*/service/([^/]+)/operation/([^/]+)");

    private final DocumentFormat format = new DocumentFormat("CBOR", new CBORFactory(), RpcV2Cbor::writeTime);

    static boolean isOperation(String path) {
        return OPERATION.matcher(path).matches();
    }

    @Override
    public Call call(Context http, byte[] body) {
        if (!NAME.equals(http.header("smithy-protocol")) || http.header("X-Amz-Target") != null) {
            throw new ApiException(
                    ErrorKind.SERIALIZATION,
                    "Expected a request of Smithy RPC v2 CBOR: header smithy-protocol: " + NAME
                            + " and no X-Amz-Target.");
        }
        Matcher path = OPERATION.matcher(http.path());
        if (!path.matches() || !(path.group(1).equals(SERVICE) || path.group(1).endsWith("." + SERVICE))) {
            throw new ApiException(
                    ErrorKind.UNKNOWN_OPERATION, "Expected the service " + SERVICE + ", found " + http.path() + ".");
        }
        return new Call(path.group(2), request -> format.read(body, request));
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
