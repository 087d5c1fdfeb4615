package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.failoverlab.metric.Scope;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Smithy RPC v2 CBOR, which the AWS SDK for Java v2 speaks (smithy.io, "Smithy RPC v2 CBOR protocol"): the operation is in the
 * path, request and answer are CBOR maps, errors carry the Query protocol's code in a header.
 */
public final class RpcV2Cbor {
    private static final Logger LOG = LoggerFactory.getLogger(RpcV2Cbor.class);
    private static final String SERVICE = "GraniteServiceVersion20100801";
    private static final String PROTOCOL = "rpc-v2-cbor";
    /** CBOR's tag for a time in seconds since 1970. */
    private static final int EPOCH_TAG = 1;

    private final CloudWatch cloudWatch;
    private final Supplier<String> requestIds;
    private final CBORMapper cbor = new CBORMapper();

    public RpcV2Cbor(CloudWatch cloudWatch, Supplier<String> requestIds) {
        this.cloudWatch = cloudWatch;
        this.requestIds = requestIds;
    }

    public void register(JavalinConfig config) {
        config.routes.post("/service/{service}/operation/{operation}", this::handle);
    }

    private void handle(Context http) throws IOException {
        http.header("smithy-protocol", PROTOCOL);
        http.header("x-amzn-RequestId", requestIds.get());
        http.contentType("application/cbor");
        try {
            checkProtocol(http);
            JsonNode tree = readTree(http);
            Scope scope = CredentialScope.of(http.header("Authorization"));
            SdkPojo answer = cloudWatch.call(
                    http.pathParam("operation"),
                    builder -> {
                        PojoCodec.decode(tree, builder);
                        return builder;
                    },
                    scope);
            http.result(bytes(generator -> PojoCodec.encode(answer, generator, RpcV2Cbor::writeTime)));
        } catch (ApiException e) {
            error(http, e.kind(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} failed", http.pathParam("operation"), e);
            error(http, ErrorKind.INTERNAL, "The monitor failed: " + e.getMessage());
        }
    }

    private static void checkProtocol(Context http) {
        if (!PROTOCOL.equals(http.header("smithy-protocol")) || http.header("X-Amz-Target") != null) {
            throw new ApiException(
                    ErrorKind.SERIALIZATION,
                    "Expected a request of Smithy RPC v2 CBOR: header smithy-protocol: " + PROTOCOL
                            + " and no X-Amz-Target.");
        }
        String service = http.pathParam("service");
        if (!service.equals(SERVICE) && !service.endsWith("." + SERVICE)) {
            throw new ApiException(
                    ErrorKind.UNKNOWN_OPERATION, "Expected the service " + SERVICE + ", found " + service + ".");
        }
    }

    private JsonNode readTree(Context http) throws IOException {
        byte[] body = RequestBody.read(http.bodyInputStream(), http.header("Content-Encoding"));
        if (body.length == 0) {
            return cbor.createObjectNode();
        }
        try {
            return cbor.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ApiException(ErrorKind.SERIALIZATION, "The body is no CBOR: " + e.getOriginalMessage());
        }
    }

    private void error(Context http, ErrorKind kind, String message) throws IOException {
        http.status(kind.status());
        http.header("x-amzn-query-error", kind.queryError());
        http.result(bytes(generator -> {
            generator.writeStartObject();
            generator.writeStringField("__type", kind.type());
            generator.writeStringField("message", message);
            generator.writeEndObject();
        }));
    }

    private interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }

    private byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = cbor.getFactory().createGenerator(out)) {
            writing.to(generator);
        }
        return out.toByteArray();
    }

    private static void writeTime(JsonGenerator generator, Instant time) throws IOException {
        ((CBORGenerator) generator).writeTag(EPOCH_TAG);
        generator.writeNumber(time.toEpochMilli() / 1000.0);
    }
}
