package io.failoverlab.app;

import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Map;
import java.util.Optional;

/** Every address of the shop and what it answers. */
final class Routes {
    private final Catalogue catalogue;
    private final Orders orders;
    private final Readiness readiness;
    private final Pages pages;
    private final Metrics metrics;

    Routes(Catalogue catalogue, Orders orders, Readiness readiness, Pages pages, Metrics metrics) {
        this.catalogue = catalogue;
        this.orders = orders;
        this.readiness = readiness;
        this.pages = pages;
        this.metrics = metrics;
    }

    void register(RoutesConfig routes) {
        routes.get("/", ctx -> html(ctx, pages.home()));
        routes.get("/items", this::itemsPage);
        routes.get("/items/{id}", ctx -> html(ctx, pages.item(item(ctx))));
        routes.get("/api/items", ctx -> ctx.json(catalogue.page(Parameters.search(ctx), Parameters.page(ctx))));
        routes.get("/api/items/{id}", ctx -> ctx.json(item(ctx)));
        routes.put("/api/items/{id}", this::reprice);
        routes.post("/api/orders", this::placeOrder);
        routes.get("/api/orders", this::ordersOfCustomer);
        routes.get("/api/orders/{id}", this::order);
        routes.get("/healthz", ctx -> ctx.json(Map.of("status", "ok")));
        routes.get("/readyz", this::ready);
        routes.get("/metrics", this::scrape);
        ErrorAnswers.register(routes);
    }

    private void itemsPage(Context ctx) {
        String text = Parameters.search(ctx);
        html(ctx, pages.items(text, catalogue.page(text, Parameters.page(ctx))));
    }

    private static void html(Context ctx, String page) {
        ctx.contentType("text/html;charset=utf-8").result(page);
    }

    private Item item(Context ctx) {
        long id = Parameters.id(ctx);
        return catalogue.findItem(id).orElseThrow(() -> noItem(id));
    }

    private void reprice(Context ctx) {
        long id = Parameters.id(ctx);
        PriceChange change = ctx.bodyAsClass(PriceChange.class);
        ctx.json(catalogue.reprice(id, change).orElseThrow(() -> noItem(id)));
    }

    private static NotFoundResponse noItem(long id) {
        return new NotFoundResponse("no item has the id " + id);
    }

    private void placeOrder(Context ctx) {
        IdempotencyKey key = idempotencyKey(ctx);
        OrderRequest request = ctx.bodyAsClass(OrderRequest.class);
        switch (orders.place(key, request)) {
            case Placement.Created created -> ctx.status(HttpStatus.CREATED).json(created.order());
            case Placement.Replayed replayed ->
                ctx.header("Idempotency-Replayed", "true").json(replayed.order());
            case Placement.KeyReused reused ->
                throw new ConflictResponse("Idempotency-Key '" + reused.key()
                        + "' was used for another order; a new order needs a new key");
            case Placement.NoSuchItem missing ->
                throw new BadRequestResponse("itemId: no item has the id " + missing.itemId());
        }
    }

    private static IdempotencyKey idempotencyKey(Context ctx) {
        try {
            return new IdempotencyKey(ctx.header("Idempotency-Key"));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        }
    }

    private void ordersOfCustomer(Context ctx) {
        ctx.json(orders.ofCustomer(Parameters.customer(ctx), Parameters.page(ctx)));
    }

    private void order(Context ctx) {
        long id = Parameters.id(ctx);
        ctx.json(orders.findOrder(id).orElseThrow(() -> new NotFoundResponse("no order has the id " + id)));
    }

    private void ready(Context ctx) {
        Optional<String> obstacle = readiness.obstacle();
        if (obstacle.isPresent()) {
            ErrorAnswers.unavailable(ctx, obstacle.get());
        } else {
            ctx.json(Map.of("status", "ready"));
        }
    }

    private void scrape(Context ctx) {
        String format = Metrics.format(ctx.header("Accept"));
        ctx.contentType(format).result(metrics.scrape(format));
    }
}
