package io.failoverlab.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;

/**
 * SQLite's write-ahead log ("WAL-mode File Format"), read without SQLite. SQLite takes the first frame that is wrong for the end of
 * the log, silently, since after a crash the log ends so. But every frame's checksum goes on from the one before: a frame that the
 * next ones go on from was written whole, and is damaged if it is wrong now. Such a frame is kept; the
 * checksums of the rows tell what of it is still good.
 */
final class WriteAheadLog {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int BIG_ENDIAN_MAGIC = 0x377f0683;
    private static final int LITTLE_ENDIAN_MAGIC = 0x377f0682;
    /** Of a page's number: the highest of a word as little-endian machines read it, which carries into nothing. */
    private static final int AMBIGUOUS_BIT = 0x80;

    private final FileChannel file;
    private final FileChannel database;
    private final ByteBuffer header;
    private final int pageSize;
    private final int frames;
    private final ByteOrder order;
    private final boolean headerIsWhole;

    private final Map<Integer, Long> pages = new HashMap<>();
    private final Map<Integer, Long> uncommitted = new HashMap<>();
    private final boolean mending;
    private long salts;
    private int pageCount;
    private boolean wrongSinceCommit;
    private boolean damaged;

    /**
     * What the log holds.
     *
     * @param pageSize 0 if it holds nothing
     * @param pages where in the log the newest content of a page is
     * @param pageCount how many pages the database has, 0 if the log does not say
     * @param damaged something that was written whole is not whole any more
     * @param unfinished the last transaction is not whole: the monitor was killed while it was written, or the end is damaged
     */
    record Content(int pageSize, Map<Integer, Long> pages, int pageCount, boolean damaged, boolean unfinished) {}

    private WriteAheadLog(
            FileChannel file,
            FileChannel database,
            ByteBuffer header,
            int pageSize,
            ByteOrder order,
            boolean headerIsWhole,
            boolean mending)
            throws IOException {
        this.file = file;
        this.database = database;
        this.header = header;
        this.pageSize = pageSize;
        this.order = order;
        this.headerIsWhole = headerIsWhole;
        this.mending = mending;
        this.frames = (int) ((file.size() - HEADER) / (FRAME_HEADER + pageSize));
    }

    /**
     * @param database the file that the log belongs to
     * @param mending whether a frame that is wrong is taken to be so by its page's number, if another number makes it right
     */
    static Content read(FileChannel file, FileChannel database, boolean mending) throws IOException {
        if (file.size() <= HEADER) {
            return new Content(0, Map.of(), 0, false, file.size() > 0 && file.size() < HEADER);
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        file.read(header, 0);
        long stored = header.getLong(FRAME_HEADER);
        int magic = header.getInt(0);
        ByteOrder order = magic == BIG_ENDIAN_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        boolean whole = (magic == BIG_ENDIAN_MAGIC || magic == LITTLE_ENDIAN_MAGIC)
                && sum(0, header, 0, FRAME_HEADER, order) == stored;
        if (whole) {
            return new WriteAheadLog(file, database, header, header.getInt(8), order, true, mending).follow(stored);
        }
        for (int size = 512; size <= 65_536; size *= 2) {
            for (ByteOrder guess : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                WriteAheadLog log = new WriteAheadLog(file, database, header, size, guess, false, mending);
                for (long seed : new long[] {stored, sum(0, header, 0, FRAME_HEADER, guess)}) {
                    if (log.frames > 0 && log.follows(seed, log.frame(0))) {
                        return log.follow(seed);
                    }
                }
            }
        }
        boolean hadFrames = file.size() >= HEADER + FRAME_HEADER + 512;
        return new Content(0, Map.of(), 0, hadFrames, !hadFrames);
    }

    private Content follow(long seed) throws IOException {
        damaged = false;
        wrongSinceCommit = !headerIsWhole;
        salts = headerIsWhole || frames == 0 ? header.getLong(16) : frame(0).getLong(8);
        boolean unfinished = false;
        int mostPages = 0;
        long sum = seed;
        for (int i = 0; i < frames; i++) {
            ByteBuffer frame = frame(i);
            long stored = frame.getLong(16);
            long computed = sum(sum, frame);
            if (computed == stored) {
                wrongSinceCommit |= headerIsWhole && !hasSalts(frame);
                take(frame, i);
                sum = stored;
                mostPages = Math.max(mostPages, frame.getInt(4));
            } else if (i + 1 < frames && goesOnWith(stored, frame(i + 1))) {
                wrongSinceCommit = true;
                if (mending) {
                    mend(frame, sum, stored);
                }
                take(frame, i);
                sum = stored;
            } else if (i + 1 < frames && goesOnWith(computed, frame(i + 1))) { // its checksum alone is wrong
                wrongSinceCommit = true;
                take(frame, i);
                sum = computed;
            } else {
                unfinished = hasSalts(frame);
                damaged |= goesOnAfter(i);
                break;
            }
        }
        unfinished |= !uncommitted.isEmpty();
        int end = mostPages == 0 ? Integer.MAX_VALUE : mostPages;
        pages.keySet().removeIf(number -> number > end); // by a wrong number
        return new Content(pageSize, pages, pageCount, damaged, unfinished);
    }

    /** Frames count when their transaction was committed. What a transaction that failed left behind has no such frame. */
    private void take(ByteBuffer frame, int index) {
        uncommitted.put(frame.getInt(0), offset(index) + FRAME_HEADER);
        if (frame.getInt(4) != 0) {
            pages.putAll(uncommitted);
            uncommitted.clear();
            pageCount = frame.getInt(4);
            damaged |= wrongSinceCommit;
            wrongSinceCommit = false;
        }
    }

    /** Whether frames of this log, and the end of a transaction among them, follow on one another after the given one. */
    private boolean goesOnAfter(int index) throws IOException {
        for (int i = index + 1; i + 1 < frames; i++) {
            ByteBuffer next = frame(i + 1);
            if (hasSalts(next) && next.getInt(4) != 0 && follows(frame(i).getLong(16), next)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tries every other value of each byte of the page's number, and takes the fitting one whose page was most like the content. One
     * bit of the number weighs as much as one of the content: if that one may be wrong in either, the page that was more like the
     * content decides.
     */
    private void mend(ByteBuffer frame, long seed, long stored) throws IOException {
        int said = frame.getInt(0);
        int end = mostPages();
        int likeSaid = isPage(said, end) ? likeness(frame, said) : Integer.MIN_VALUE;
        int mended = said;
        int like = Integer.MIN_VALUE;
        for (int i = 0; i < 4; i++) {
            byte found = frame.get(i);
            for (int value = 0; value < 256; value++) {
                frame.put(i, (byte) value);
                int number = frame.getInt(0);
                if (number != said && isPage(number, end) && sum(seed, frame) == stored) {
                    int likeNumber = likeness(frame, number);
                    boolean likely = (number ^ said) != AMBIGUOUS_BIT || likeNumber > likeSaid;
                    if (likely && likeNumber > like) {
                        like = likeNumber;
                        mended = number;
                    }
                }
            }
            frame.put(i, found);
        }
        frame.putInt(0, mended);
    }

    private static boolean isPage(int number, int end) {
        return number > 0 && number <= end;
    }

    /** How many pages the database has had since the log was begun. */
    private int mostPages() throws IOException {
        int most = 0;
        for (int i = 0; i < frames; i++) {
            ByteBuffer frame = frame(i);
            most = hasSalts(frame) ? Math.max(most, frame.getInt(4)) : most;
        }
        return most;
    }

    /** How many bytes of a frame's content are as the page held them before; -1 if there is no such page yet. */
    private int likeness(ByteBuffer frame, int number) throws IOException {
        Long inLog = uncommitted.getOrDefault(number, pages.get(number));
        ByteBuffer before = ByteBuffer.allocate(pageSize);
        int read = inLog != null
                ? file.read(before, inLog)
                : number < 1 ? -1 : database.read(before, (number - 1L) * pageSize);
        int same = read < pageSize ? -1 : 0;
        for (int i = 0; read == pageSize && i < pageSize; i++) {
            same += before.get(i) == frame.get(FRAME_HEADER + i) ? 1 : 0;
        }
        return same;
    }

    private boolean follows(long seed, ByteBuffer frame) {
        return sum(seed, frame) == frame.getLong(16);
    }

    /** Frames of an earlier log, which SQLite overwrites from the start, follow on one another, too; they have other salts. */
    private boolean goesOnWith(long seed, ByteBuffer next) {
        return hasSalts(next) && follows(seed, next);
    }

    private boolean hasSalts(ByteBuffer frame) {
        return frame.getLong(8) == salts;
    }

    private long offset(int index) {
        return HEADER + (long) index * (FRAME_HEADER + pageSize);
    }

    private ByteBuffer frame(int index) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + pageSize);
        file.read(frame, offset(index));
        return frame;
    }

    private long sum(long seed, ByteBuffer frame) {
        return sum(sum(seed, frame, 0, 8, order), frame, FRAME_HEADER, pageSize, order);
    }

    private static long sum(long seed, ByteBuffer bytes, int from, int length, ByteOrder order) {
        ByteBuffer words = bytes.duplicate().order(order);
        int first = (int) (seed >>> 32);
        int second = (int) seed;
        for (int i = from; i < from + length; i += 8) {
            first += words.getInt(i) + second;
            second += words.getInt(i + 4) + first;
        }
        return (long) first << 32 | second & 0xffffffffL;
    }
}
