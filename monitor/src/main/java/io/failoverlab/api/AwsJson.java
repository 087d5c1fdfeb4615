package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import software.amazon.awssdk.core.SdkPojo;

/**
 * AWS JSON 1.0, which the SDK for JavaScript v3, boto3 and the AWS CLI of today speak (smithy.io, "AWS JSON 1.0 protocol"): the
 * operation is in a header, request and answer are JSON objects.
 */
final class AwsJson implements Protocol {
    static final String TARGET = "X-Amz-Target";

    private final DocumentFormat format = new DocumentFormat("JSON", new JsonFactory(), AwsJson::writeTime);

    @Override
    public Call call(Context http, byte[] body) {
        String target = http.header(TARGET);
        String prefix = SERVICE + ".";
        if (target == null || !target.startsWith(prefix)) {
            throw new ApiException(
                    ErrorKind.UNKNOWN_OPERATION,
                    "Expected a header " + TARGET + ": " + prefix + "<operation>, found " + target + ".");
        }
        return new Call(target.substring(prefix.length()), request -> format.read(body, request));
    }

    @Override
    public void begin(Context http) {
        http.contentType("application/x-amz-json-1.0");
    }

    @Override
    public byte[] answer(String operation, SdkPojo answer, String requestId) throws IOException {
        return format.answer(answer);
    }

    @Override
    public byte[] error(Context http, ApiException error, String requestId) throws IOException {
        return format.error(http, error);
    }

    /** Plain digits: not every reader of times knows exponents. */
    private static void writeTime(JsonGenerator generator, Instant time) throws IOException {
        generator.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString());
    }
}
