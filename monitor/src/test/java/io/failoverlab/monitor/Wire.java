package io.failoverlab.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** The three protocols as their specifications have them, written without any client: what one request and one error look like. */
enum Wire {
    CBOR {
        @Override
        byte[] body(String operation, JsonNode parameters) throws IOException {
            return CBOR_MAPPER.writeValueAsBytes(parameters);
        }

        @Override
        HttpRequest.Builder request(URI monitor, String operation, byte[] body) {
            return HttpRequest.newBuilder(
                            monitor.resolve("/service/GraniteServiceVersion20100801/operation/" + operation))
                    .header("smithy-protocol", "rpc-v2-cbor")
                    .header("Content-Type", "application/cbor")
                    .POST(BodyPublishers.ofByteArray(body));
        }

        @Override
        Refusal refusal(HttpResponse<byte[]> response) throws IOException {
            return documentRefusal(response, CBOR_MAPPER.readTree(response.body()));
        }
    },
    JSON {
        @Override
        byte[] body(String operation, JsonNode parameters) throws IOException {
            return JSON_MAPPER.writeValueAsBytes(parameters);
        }

        @Override
        HttpRequest.Builder request(URI monitor, String operation, byte[] body) {
            return HttpRequest.newBuilder(monitor)
                    .header("X-Amz-Target", "GraniteServiceVersion20100801." + operation)
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .POST(BodyPublishers.ofByteArray(body));
        }

        @Override
        Refusal refusal(HttpResponse<byte[]> response) throws IOException {
            return documentRefusal(response, JSON_MAPPER.readTree(response.body()));
        }
    },
    QUERY {
        @Override
        byte[] body(String operation, JsonNode parameters) {
            List<String> form = new ArrayList<>(List.of("Action=" + operation, "Version=2010-08-01"));
            flatten("", parameters, form);
            return String.join("&", form).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        HttpRequest.Builder request(URI monitor, String operation, byte[] body) {
            return HttpRequest.newBuilder(monitor)
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                    .POST(BodyPublishers.ofByteArray(body));
        }

        @Override
        Refusal refusal(HttpResponse<byte[]> response) throws IOException {
            Document xml = xml(response.body());
            return new Refusal(
                    response.statusCode(),
                    xml.getElementsByTagName("Code").item(0).getTextContent(),
                    xml.getElementsByTagName("Message").item(0).getTextContent());
        }
    };

    private static final CBORMapper CBOR_MAPPER = new CBORMapper();
    private static final ObjectMapper JSON_MAPPER = new ObjectMapper();

    /** An error as each protocol says it, by the Query protocol's code. */
    record Refusal(int status, String code, String message) {}

    abstract byte[] body(String operation, JsonNode parameters) throws IOException;

    abstract HttpRequest.Builder request(URI monitor, String operation, byte[] body);

    HttpRequest.Builder request(URI monitor, String operation, JsonNode parameters) throws IOException {
        return request(monitor, operation, body(operation, parameters));
    }

    abstract Refusal refusal(HttpResponse<byte[]> response) throws IOException;

    private static Refusal documentRefusal(HttpResponse<byte[]> response, JsonNode body) {
        String code = response.headers().firstValue("x-amzn-query-error").orElseThrow();
        return new Refusal(
                response.statusCode(), code.split(";")[0], body.get("message").asText());
    }

    static Document xml(byte[] body) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body));
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("expected XML, found " + new String(body, StandardCharsets.UTF_8), e);
        }
    }

    private static void flatten(String name, JsonNode value, List<String> form) {
        if (value instanceof ObjectNode object) {
            object.properties()
                    .forEach(entry -> flatten(
                            name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue(), form));
        } else if (value.isArray() && !value.isEmpty()) {
            for (int i = 0; i < value.size(); i++) {
                flatten(name + ".member." + (i + 1), value.get(i), form);
            }
        } else {
            boolean time = value.isInt() && (name.endsWith("Time") || name.endsWith("Date"));
            String text = time ? Instant.ofEpochSecond(value.asLong()).toString() : value.asText();
            form.add(name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
    }
}
