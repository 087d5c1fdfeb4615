package io.failoverlab.app;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A store in memory of three items, which can be away, and can be told to take its time. */
final class FakeStore implements Catalogue, Orders {
    static final Instant CREATED = Instant.parse("2026-03-01T10:00:00.123456Z");

    private final List<Item> items = new ArrayList<>(List.of(
            new Item(1, "FL-00001", "Oak Mug", 1290, 1),
            new Item(2, "FL-00002", "Oak <b>& \"Brass\"</b> Lamp", 4500, 1),
            new Item(3, "FL-00003", "Copper Vase", 990, 1)));
    private final Map<String, Placement.Stored> orders = new LinkedHashMap<>();
    private volatile boolean away;
    private volatile Callable<?> beforePage = () -> null;

    void goAway() {
        away = true;
    }

    void beforePage(Callable<?> action) {
        beforePage = action;
    }

    void ping() {
        if (away) {
            throw new DatabaseUnavailableException(DatabaseFailure.AWAY, new SQLException("away"));
        }
    }

    @Override
    public ItemPage page(String text, PageRequest request) {
        ping();
        try {
            beforePage.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        List<Item> found =
                items.stream().filter(item -> item.name().contains(text)).toList();
        List<Item> page =
                found.stream().skip(request.offset()).limit(request.size()).toList();
        return new ItemPage(page, request.page(), request.size(), found.size());
    }

    @Override
    public Optional<Item> findItem(long id) {
        ping();
        return items.stream().filter(item -> item.id() == id).findFirst();
    }

    @Override
    public synchronized Optional<Item> reprice(long id, PriceChange change) {
        Optional<Item> changed = findItem(id)
                .map(item -> new Item(id, item.sku(), item.name(), change.priceCents(), item.version() + 1));
        changed.ifPresent(item -> items.replaceAll(old -> old.id() == id ? item : old));
        return changed;
    }

    @Override
    public synchronized Placement place(IdempotencyKey key, OrderRequest request) {
        ping();
        Optional<Item> item = findItem(request.itemId());
        if (orders.containsKey(key.text())) {
            return Placement.decide(Placement.Insert.KEY_TAKEN, Optional.of(orders.get(key.text())), request);
        }
        if (item.isEmpty()) {
            return Placement.decide(Placement.Insert.NO_ITEM, Optional.empty(), request);
        }
        Order order = new Order(
                orders.size() + 1L,
                key.text(),
                request.customer(),
                request.itemId(),
                request.quantity(),
                item.get().priceCents() * request.quantity(),
                CREATED);
        Placement.Stored stored = new Placement.Stored(order, request.hash());
        orders.put(key.text(), stored);
        return Placement.decide(Placement.Insert.DONE, Optional.of(stored), request);
    }

    @Override
    public synchronized Optional<Order> findOrder(long id) {
        ping();
        return all().stream().filter(order -> order.id() == id).findFirst();
    }

    @Override
    public synchronized OrderPage ofCustomer(String customer, PageRequest request) {
        ping();
        List<Order> own = all().stream()
                .filter(order -> order.customer().equals(customer))
                .toList();
        List<Order> page = own.reversed().stream()
                .skip(request.offset())
                .limit(request.size())
                .toList();
        return new OrderPage(page, request.page(), request.size(), own.size());
    }

    private List<Order> all() {
        List<Order> all = new ArrayList<>();
        orders.values().forEach(stored -> all.add(stored.order()));
        return all;
    }
}
