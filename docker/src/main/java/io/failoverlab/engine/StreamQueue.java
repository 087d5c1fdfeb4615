package io.failoverlab.engine;

import com.github.dockerjava.api.async.ResultCallback;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The items of an answer that the engine streams, so that their reader can wait with a limit. */
final class StreamQueue<T> extends ResultCallback.Adapter<T> {

    /** What the stream brought. */
    sealed interface Signal<T> {
        record Item<T>(T item) implements Signal<T> {}

        record End<T>() implements Signal<T> {}

        record Failed<T>(Throwable failure) implements Signal<T> {}
    }

    private final BlockingQueue<Signal<T>> signals = new LinkedBlockingQueue<>();

    @Override
    public void onNext(T item) {
        signals.add(new Signal.Item<>(item));
    }

    @Override
    public void onError(Throwable failure) {
        // not the template's own way, which writes a stack trace to the log as well
        signals.add(new Signal.Failed<>(failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.End<>());
        super.onComplete();
    }

    /** The next signal, or empty if none came within the limit. */
    Optional<Signal<T>> next(Duration limit) {
        try {
            return Optional.ofNullable(signals.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while waiting for the container engine", interrupted);
        }
    }
}
