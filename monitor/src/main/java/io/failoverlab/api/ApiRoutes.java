package io.failoverlab.api;

import io.failoverlab.access.Decision;
import io.failoverlab.access.Permits;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkPojo;

/**
 * CloudWatch's API on a server, in all of its three protocols: CBOR by path, JSON by the header X-Amz-Target, Query for the other
 * POST requests to {@code /} and for the GET requests there that name an action. {@code GET /} without one stays free for a page.
 */
public final class ApiRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);

    private final CloudWatch cloudWatch;
    private final Supplier<String> requestIds;
    private final Permits permits;
    private final Protocol cbor = new RpcV2Cbor();
    private final Protocol json = new AwsJson();
    private final Protocol query = new AwsQuery();

    /** @param permits asked for each resource that a call names, as {@code cloudwatch:OPERATION} */
    public ApiRoutes(CloudWatch cloudWatch, Supplier<String> requestIds, Permits permits) {
        this.cloudWatch = cloudWatch;
        this.requestIds = requestIds;
        this.permits = permits;
    }

    /** Puts the API before the other routes of a server that has not been started yet. */
    public void register(JavalinConfig config) {
        config.routes.before(http -> {
            Optional<Protocol> protocol = protocolOf(http);
            if (protocol.isPresent()) {
                answer(http, protocol.get());
                http.skipRemainingHandlers();
            }
        });
    }

    /** Empty if it is no request of the API. */
    private Optional<Protocol> protocolOf(Context http) {
        if (http.method() == HandlerType.POST && RpcV2Cbor.isOperation(http.path())) {
            return Optional.of(cbor);
        }
        if (!http.path().equals("/")) {
            return Optional.empty();
        }
        if (http.method() == HandlerType.POST) {
            return Optional.of(http.header(AwsJson.TARGET) == null ? query : json);
        }
        boolean action = http.method() == HandlerType.GET && http.queryParam(AwsQuery.ACTION) != null;
        return action ? Optional.of(query) : Optional.empty();
    }

    private void answer(Context http, Protocol protocol) throws IOException {
        String id = begin(http, protocol);
        try {
            byte[] body = RequestBody.read(http.bodyInputStream(), http.header("Content-Encoding"));
            Protocol.Call call = protocol.call(http, body);
            SdkPojo answer = cloudWatch.call(
                    call, CredentialScope.ofRequest(http), resource -> require(http, call.operation(), resource));
            http.result(protocol.answer(call.operation(), answer, id));
        } catch (ApiException e) {
            refuse(http, protocol, e, id);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", http.method(), http.path(), e);
            refuse(http, protocol, new ApiException(ErrorKind.INTERNAL, "The monitor failed: " + e.getMessage()), id);
        }
    }

    private void require(Context http, String operation, String resource) {
        if (permits.decide(http, "cloudwatch:" + operation, resource) instanceof Decision.Denied(String reason)) {
            throw new ApiException(ErrorKind.ACCESS_DENIED, reason);
        }
    }

    private String begin(Context http, Protocol protocol) {
        String id = requestIds.get();
        http.header("x-amzn-RequestId", id);
        protocol.begin(http);
        return id;
    }

    private static void refuse(Context http, Protocol protocol, ApiException e, String id) throws IOException {
        http.status(e.kind().status());
        http.result(protocol.error(http, e, id));
    }

    /** Refuses a request that has no access: in its protocol, or as text if it is none of the API. */
    public void refuseAccess(Context http, String reason) throws IOException {
        Optional<Protocol> protocol = protocolOf(http);
        if (protocol.isPresent()) {
            String id = begin(http, protocol.get());
            refuse(http, protocol.get(), new ApiException(ErrorKind.INVALID_CLIENT_TOKEN, reason), id);
        } else {
            http.status(ErrorKind.INVALID_CLIENT_TOKEN.status());
            http.contentType("text/plain").result(reason + "\n");
        }
        http.skipRemainingHandlers();
    }
}
