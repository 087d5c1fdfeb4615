package io.failoverlab.console;

import io.failoverlab.live.LiveFeed;
import io.failoverlab.live.LiveMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A feed that remembers everything and delivers on the thread that sends. */
final class FakeFeed implements LiveFeed {
    private final List<LiveMessage> sent = new CopyOnWriteArrayList<>();
    private final List<Consumer<LiveMessage>> watchers = new CopyOnWriteArrayList<>();

    void send(List<? extends LiveMessage> messages) {
        messages.forEach(this::send);
    }

    void send(LiveMessage message) {
        sent.add(message);
        watchers.forEach(watcher -> watcher.accept(message));
    }

    int watchers() {
        return watchers.size();
    }

    @Override
    public Subscription subscribe(Consumer<LiveMessage> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public List<LiveMessage> snapshot() {
        return List.copyOf(sent);
    }
}
