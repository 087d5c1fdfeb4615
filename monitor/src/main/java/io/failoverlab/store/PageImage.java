package io.failoverlab.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pages of a SQLite database, of its file and of the log beside it, as far as they are there. Nothing is written. */
final class PageImage implements AutoCloseable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_PAGE = 512;
    private static final int MAX_PAGE = 65_536;

    private final FileChannel file;
    private final Optional<FileChannel> logFile;
    private final WriteAheadLog.Content log;
    private int pageSize;

    private PageImage(FileChannel file, Optional<FileChannel> logFile, WriteAheadLog.Content log) {
        this.file = file;
        this.logFile = logFile;
        this.log = log;
    }

    /**
     * @param file is made if it is missing, as an empty one
     * @param mending see {@link WriteAheadLog#read}
     */
    static PageImage open(Path file, Path log, boolean mending) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        Optional<FileChannel> logChannel =
                Files.exists(log) ? Optional.of(FileChannel.open(log, StandardOpenOption.READ)) : Optional.empty();
        WriteAheadLog.Content content = logChannel.isPresent()
                ? WriteAheadLog.read(logChannel.get(), channel, mending)
                : new WriteAheadLog.Content(0, Map.of(), 0, false, false);
        PageImage image = new PageImage(channel, logChannel, content);
        image.pageSize = content.pageSize() > 0 ? content.pageSize() : image.sizeInHeader();
        return image;
    }

    WriteAheadLog.Content log() {
        return log;
    }

    /** 0 if nothing says it. */
    int pageSize() {
        return pageSize;
    }

    void setPageSize(int size) {
        pageSize = size;
    }

    private int sizeInHeader() throws IOException {
        byte[] header = header();
        int size = header.length < 18 ? 0 : (header[16] & 0xff) << 8 | header[17] & 0xff;
        size = size == 1 ? MAX_PAGE : size;
        return size >= MIN_PAGE && Integer.bitCount(size) == 1 ? size : 0;
    }

    /** The first bytes of the file, at most a hundred. */
    byte[] header() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        file.read(bytes, 0);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    boolean isEmpty() throws IOException {
        return file.size() == 0 && log.pages().isEmpty();
    }

    /** Whether the file begins like a SQLite database, as far as it goes. */
    boolean beginsLikeADatabase() throws IOException {
        byte[] header = header();
        int length = Math.min(header.length, MAGIC.length);
        return length > 0 && Arrays.equals(header, 0, length, MAGIC, 0, length);
    }

    /** How many pages the file has, begun ones included. */
    int pagesInFile() throws IOException {
        return Math.toIntExact((file.size() + pageSize - 1) / pageSize);
    }

    /** How many pages there should be, as the log or the header says; if neither does, those of the file and at least one. */
    int pageCount() throws IOException {
        if (log.pageCount() > 0) {
            return log.pageCount();
        }
        byte[] header = header();
        if (header.length < 100) {
            return Math.max(1, pagesInFile());
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        boolean valid = fields.getInt(24) == fields.getInt(92) && fields.getInt(28) > 0;
        return valid ? fields.getInt(28) : pagesInFile();
    }

    /** Numbers of the pages that should be there and are not, or not whole. */
    Set<Integer> missing() throws IOException {
        Set<Integer> missing = new HashSet<>();
        int whole = Math.toIntExact(file.size() / pageSize);
        int end = Math.min(pageCount(), pagesInFile() + 1_000_000);
        for (int number = whole + 1; number <= end; number++) {
            if (!log.pages().containsKey(number)) {
                missing.add(number);
            }
        }
        return missing;
    }

    /** A page, filled up with zeros where the file ends early; empty if nothing of it is there. */
    Optional<byte[]> page(int number) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(pageSize);
        Long inLog = log.pages().get(number);
        int read = inLog == null
                ? file.read(page, (number - 1L) * pageSize)
                : logFile.orElseThrow().read(page, inLog);
        return number < 1 || read <= 0 ? Optional.empty() : Optional.of(page.array());
    }

    /** Writes all pages into a file of their own. */
    void writeTo(Path other) throws IOException {
        try (FileChannel to = FileChannel.open(other, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int number = 1; number <= pageCount(); number++) {
                to.write(ByteBuffer.wrap(page(number).orElse(new byte[pageSize])));
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (logFile.isPresent()) {
            logFile.get().close();
        }
    }
}
