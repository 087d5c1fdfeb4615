package io.failoverlab.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong into a status and {@code {"error":"…"}}. */
final class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private ErrorAnswers() {}

    static void register(RoutesConfig routes) {
        routes.exception(DatabaseUnavailableException.class, (e, ctx) -> unavailable(ctx, e.getMessage()));
        routes.exception(
                JsonProcessingException.class, (e, ctx) -> answer(ctx, HttpStatus.BAD_REQUEST, reason(e, ctx)));
        routes.exception(MethodNotAllowedResponse.class, (e, ctx) -> {
            String allowed = e.getDetails().get("availableMethods");
            if (allowed != null) {
                ctx.header("Allow", allowed);
            }
            answer(ctx, HttpStatus.METHOD_NOT_ALLOWED, "expected one of " + allowed + ", found " + ctx.method());
        });
        routes.exception(
                HttpResponseException.class,
                (e, ctx) -> answer(ctx, HttpStatus.forStatus(e.getStatus()), e.getMessage()));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {}", ctx.method(), ctx.path(), e);
            answer(ctx, HttpStatus.INTERNAL_SERVER_ERROR, "a defect of the shop; see its log");
        });
    }

    /** 503, and a client may come back soon: with the same Idempotency-Key nothing happens twice. */
    static void unavailable(Context ctx, String reason) {
        ctx.header("Retry-After", "1");
        answer(ctx, HttpStatus.SERVICE_UNAVAILABLE, reason);
    }

    private static void answer(Context ctx, HttpStatus status, String error) {
        ctx.status(status).json(Map.of("error", error));
    }

    /** A refusal by {@link OrderRequest} or {@link PriceChange} is told in its own words, Jackson's words would name classes. */
    private static String reason(JsonProcessingException e, Context ctx) {
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return refused.getMessage();
        }
        String expected = ctx.path().startsWith("/api/items")
                ? "a price such as " + PriceChange.EXAMPLE
                : "an order such as " + OrderRequest.EXAMPLE;
        return "body: expected " + expected + ", found something else"
                + (e.getLocation() == null
                        ? ""
                        : " at column " + e.getLocation().getColumnNr());
    }
}
