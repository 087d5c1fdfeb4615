package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import software.amazon.awssdk.core.SdkPojo;

/** What the protocols whose bodies are documents, CBOR and JSON, have in common. */
final class DocumentFormat {
    private final String name;
    private final JsonFactory factory;
    private final PojoWriter.Timestamps timestamps;

    /** @param name for messages */
    DocumentFormat(String name, JsonFactory factory, PojoWriter.Timestamps timestamps) {
        this.name = name;
        this.factory = factory;
        this.timestamps = timestamps;
    }

    /** @throws ApiException if the body is no document, or has a member of another type than in the model */
    void read(byte[] body, SdkPojo request) {
        if (body.length == 0) {
            return;
        }
        try (JsonParser parser = factory.createParser(body)) {
            new PojoReader(parser).readInto(request);
        } catch (JsonProcessingException e) {
            throw new ApiException(ErrorKind.SERIALIZATION, "The body is no " + name + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ApiException(ErrorKind.SERIALIZATION, "The body is no " + name + ": " + e.getMessage());
        }
    }

    byte[] answer(SdkPojo answer) throws IOException {
        return bytes(generator -> PojoWriter.write(answer, generator, timestamps));
    }

    /** Clients of the time before these protocols know errors by the Query protocol's codes, which go into a header. */
    byte[] error(Context http, ApiException error) throws IOException {
        http.header("x-amzn-query-error", error.kind().queryError());
        return bytes(generator -> {
            generator.writeStartObject();
            generator.writeStringField("__type", error.kind().type());
            generator.writeStringField("message", error.getMessage());
            if (error.details().isPresent()) {
                PojoWriter.writeFields(error.details().get(), generator, timestamps);
            }
            generator.writeEndObject();
        });
    }

    private interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }

    private byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = factory.createGenerator(out)) {
            writing.to(generator);
        }
        return out.toByteArray();
    }
}
