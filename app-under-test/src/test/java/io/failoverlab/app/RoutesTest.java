package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutesTest {
    private static final String BODY = "{\"customer\":\"c-17\",\"itemId\":1,\"quantity\":2}";
    private static final String ORDER =
            "{\"id\":1,\"key\":\"k-1\",\"customer\":\"c-17\",\"itemId\":1,\"quantity\":2,\"totalCents\":2580,"
                    + "\"createdAt\":\"2026-03-01T10:00:00.123456Z\"}";

    private final FakeStore store = new FakeStore();
    private final TestServer server = new TestServer(store, Duration.ZERO);
    private final Client client = server.client();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/items/1       | 200 | {"id":1,"sku":"FL-00001","name":"Oak Mug","priceCents":1290,"version":1}
                    /api/items/4       | 404 | {"error":"no item has the id 4"}
                    /api/items/x       | 400 | {"error":"id: expected a whole number from 1 to 9223372036854775807, found 'x'"}
                    /api/items?page=0  | 400 | {"error":"query parameter page: expected a whole number from 1 to 1000000, found '0'"}
                    /api/items?size=1e3| 400 | {"error":"query parameter size: expected a whole number from 1 to 100, found '1e3'"}
                    /items/4           | 404 | {"error":"no item has the id 4"}
                    /api/orders/9      | 404 | {"error":"no order has the id 9"}
                    /api/orders        | 400 | {"error":"query parameter customer: expected 1 to 64 characters of [A-Za-z0-9_-], found none"}
                    /healthz           | 200 | {"status":"ok"}
                    /readyz            | 200 | {"status":"ready"}
                    /no-such-page      | 404 | {"error":"Endpoint GET /no-such-page not found"}
                    """)
    void answersInJson(String path, int status, String body) throws Exception {
        HttpResponse<String> answer = client.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /api/items/1 | {"priceCents":990} | 200 | {"id":1,"sku":"FL-00001","name":"Oak Mug","priceCents":990,"version":2}
                    /api/items/4 | {"priceCents":990} | 404 | {"error":"no item has the id 4"}
                    /api/items/1 | {"priceCents":0}   | 400 | {"error":"priceCents: expected 1 to 100000000, found 0"}
                    /api/items/1 | {"price":1         | 400 | {"error":"body: expected a price such as {\\"priceCents\\":990}, found something else at column 11"}
                    """)
    void aPriceIsChanged(String path, String change, int status, String body) throws Exception {
        HttpResponse<String> answer = client.put(path, change);

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void theCatalogueIsSearchedAndPaged() throws Exception {
        assertThat(client.get("/api/items?q=Oak&size=1&page=1").body())
                .isEqualTo(
                        "{\"items\":[{\"id\":1,\"sku\":\"FL-00001\",\"name\":\"Oak Mug\",\"priceCents\":1290,\"version\":1}],"
                                + "\"page\":1,\"size\":1,\"total\":2}");
    }

    @Test
    void pagesAreHtmlWithItemsEscaped() throws Exception {
        HttpResponse<String> answer = client.get("/items?q=Lamp");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(answer.body())
                .contains("Oak &lt;b&gt;&amp; &quot;Brass&quot;&lt;/b&gt; Lamp")
                .doesNotContain("Oak Mug");
    }

    @ParameterizedTest
    @CsvSource({"GET, /", "GET, /no-such-page", "POST, /items", "HEAD, /healthz", "GET, /items/%00"})
    void everyAnswerTellsWhoGaveIt(String method, String path) throws Exception {
        HttpResponse<String> answer = client.method(method, path);

        assertThat(answer.headers().firstValue("X-Instance-Id")).hasValue("i-0123456789abcdef0");
        assertThat(answer.headers().firstValue("X-Availability-Zone")).hasValue("ap-northeast-1a");
    }

    @Test
    void anOrderIsPlacedOnceAndReplayed() throws Exception {
        HttpResponse<String> first = client.order("k-1", BODY);
        HttpResponse<String> second = client.order("k-1", "{\"quantity\":2, \"itemId\":1, \"customer\":\"c-17\"}");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).isEqualTo(ORDER);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(ORDER);
        assertThat(second.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(client.get("/api/orders/1").body()).isEqualTo(ORDER);
        assertThat(client.get("/api/orders?customer=c-17").body())
                .isEqualTo("{\"orders\":[" + ORDER + "],\"page\":1,\"size\":20,\"total\":1}");
    }

    @Test
    void aKeyOfAnotherOrderIsAConflict() throws Exception {
        client.order("k-1", BODY);
        HttpResponse<String> other = client.order("k-1", BODY.replace("2}", "3}"));

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body())
                .isEqualTo(
                        "{\"error\":\"Idempotency-Key 'k-1' was used for another order; a new order needs a new key\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                        | {"customer":"c-1","itemId":1,"quantity":1} | header Idempotency-Key: expected 1 to 64 characters of [A-Za-z0-9_-], found none
                    a b | {"customer":"c-1","itemId":1,"quantity":1} | header Idempotency-Key: expected 1 to 64 characters of [A-Za-z0-9_-], found 'a b'
                    k   | {"customer":"c 1","itemId":0}              | customer: expected 1 to 64 characters of [A-Za-z0-9_-], found 'c 1'; itemId: expected a number from 1 on, found 0; quantity: expected 1 to 1000, found 0
                    k   | {"customer":"c-1","itemId":9,"quantity":1} | itemId: no item has the id 9
                    """)
    void ordersThatMakeNoSenseAreRefused(String key, String body, String error) throws Exception {
        HttpResponse<String> answer = client.order(key, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``
                    []
                    {"customer":
                    {"customer":"c-1","itemId":"1","quantity":1}
                    {"customer":"c-1","itemId":1.5,"quantity":1}
                    {"customer":"c-1","itemId":1,"quantity":1,"price":0}
                    {"customer":"c-1","itemId":1,"quantity":1} {}
                    """)
    void bodiesThatAreNoOrderAreRefusedWithoutNamesOfClasses(String body) throws Exception {
        HttpResponse<String> answer = client.order("k", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"error\":\"body: expected an order such as {\\\"customer\\\":\\\"c-17\\\",")
                .doesNotContain("failoverlab");
    }

    @Test
    void bodiesAreBounded() throws Exception {
        assertThat(client.order("k", " ".repeat(16 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void anotherMethodIsNotAllowed() throws Exception {
        HttpResponse<String> answer = client.method("DELETE", "/api/orders/1");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
        assertThat(answer.body()).isEqualTo("{\"error\":\"expected one of GET, found DELETE\"}");
    }

    @ParameterizedTest
    @CsvSource({"/items", "/api/items", "/api/items/1", "/api/orders/1", "/readyz"})
    void aDatabaseThatIsAwayIsToldAndWorthAnotherTry(String path) throws Exception {
        store.goAway();
        HttpResponse<String> answer = client.get(path);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"error\":\"the database does not answer\"}");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void anOrderIsNeverAcknowledgedWithoutTheDatabase() throws Exception {
        store.goAway();

        assertThat(client.order("k-1", BODY).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({"/", "/healthz", "/metrics"})
    void whatNeedsNoDatabaseGoesOnWithoutIt(String path) throws Exception {
        store.goAway();

        assertThat(client.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void aDefectIsAnsweredWithoutItsDetails() throws Exception {
        store.beforePage(() -> {
            throw new IOException("secret detail");
        });
        HttpResponse<String> answer = client.get("/api/items");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"error\":\"a defect of the shop; see its log\"}");
    }

    @Test
    void requestsAreCountedByTemplateAndNotByPath() throws Exception {
        client.get("/api/items/1");
        client.get("/api/items/2");
        client.get("/wp-admin/x");
        HttpResponse<String> answer = client.get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains(
                        "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/api/items/{id}\",} 2.0",
                        "http_server_requests_seconds_count{method=\"UNKNOWN\",status=\"404\",uri=\"UNKNOWN\",} 1.0")
                .doesNotContain("/api/items/1", "wp-admin");
    }

    @Test
    void openMetricsIsGivenToWhoAsksForIt() throws Exception {
        HttpResponse<String> answer = client.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void aRequestThatIsNoHttpIsRefusedInJsonToo() throws Exception {
        String answer = server.raw("GET /\u0001 HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(answer)
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .contains("X-Instance-Id: i-0123456789abcdef0\r\n")
                .endsWith("{\"error\":\"Bad Request\"}");
    }
}
