package io.failoverlab.simulation;

import io.failoverlab.history.ItemVersionLog;
import java.io.IOException;
import java.nio.file.Path;

/** Writes down which version of an item was answered to whom and when, for the search for stale reads. */
final class ItemVersionWriter {
    private final AppendFile file;

    ItemVersionWriter(Path directory) throws IOException {
        this.file = new AppendFile(directory.resolve(ItemVersionLog.FILE), ItemVersionLog.HEADER);
    }

    /** @param startMillis before the request was sent */
    void answered(long item, long version, boolean changed, long startMillis, long endMillis) {
        file.append(ItemVersionLog.line(item, version, changed, startMillis, endMillis));
    }
}
