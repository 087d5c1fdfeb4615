package io.failoverlab.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Writes {@link Ledger}'s file. A line is with the operating system before its order is sent, whatever happens then. */
final class LedgerWriter {
    private final AppendFile file;
    private final InstantSource clock;

    LedgerWriter(Path directory, InstantSource clock) throws IOException {
        this.file = new AppendFile(directory.resolve(Ledger.FILE), Ledger.HEADER);
        this.clock = clock;
    }

    void attempted(String key) {
        file.append(key + ",attempted,," + clock.millis() + "\n");
    }

    void acknowledged(String key, long orderId) {
        file.append(key + ",acknowledged," + orderId + "," + clock.millis() + "\n");
    }
}
