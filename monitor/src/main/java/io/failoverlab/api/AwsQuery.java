package io.failoverlab.api;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkPojo;

/**
 * AWS Query, which the clients of before 2025 speak, Debian's AWS CLI among them (smithy.io, "AWS Query protocol"): the request is a
 * form, in the body or the query string, the answer XML.
 */
final class AwsQuery implements Protocol {
    static final String ACTION = "Action";

    @Override
    public Call call(Context http, byte[] body) {
        String query = http.queryString();
        Form form = Form.parse(query == null ? "" : query, new String(body, StandardCharsets.UTF_8));
        Form action = form.get(ACTION);
        if (action == null || action.text() == null) {
            throw new ApiException(
                    ErrorKind.MISSING_ACTION,
                    "Expected a form with the parameter Action, or a header X-Amz-Target, found neither.");
        }
        return new Call(action.text(), request -> FormReader.read(form, request, ""));
    }

    @Override
    public void begin(Context http) {
        http.contentType("text/xml");
    }

    @Override
    public byte[] answer(String operation, SdkPojo answer, String requestId) {
        return Xml.document(xml -> {
            xml.open(operation + "Response");
            xml.open(operation + "Result");
            xml.fields(answer);
            xml.close();
            xml.open("ResponseMetadata");
            xml.text("RequestId", requestId);
            xml.close();
            xml.close();
        });
    }

    @Override
    public byte[] error(Context http, ApiException error, String requestId) {
        return Xml.document(xml -> {
            xml.open("ErrorResponse");
            xml.open("Error");
            xml.text("Type", error.kind().fault());
            xml.text("Code", error.kind().queryCode());
            xml.text("Message", error.getMessage());
            if (error.details().isPresent()) {
                xml.fields(error.details().get());
            }
            xml.close();
            xml.text("RequestId", requestId);
            xml.close();
        });
    }
}
