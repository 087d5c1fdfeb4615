package io.failoverlab.fault;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does the same to several things at the same time, and waits for all of them, also for the rest if one fails. */
final class Together {
    private Together() {}

    /** @return the results in the order of the things */
    static <T, R> List<R> map(List<T> things, Function<T, R> work) {
        List<CompletableFuture<R>> futures = things.stream()
                .map(thing -> CompletableFuture.supplyAsync(
                        () -> work.apply(thing),
                        task -> Thread.ofVirtual().name("fault").start(task)))
                .toList();
        try {
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
        return futures.stream().map(CompletableFuture::join).toList();
    }

    static <T> void each(List<T> things, Consumer<T> work) {
        map(things, thing -> {
            work.accept(thing);
            return true;
        });
    }
}
