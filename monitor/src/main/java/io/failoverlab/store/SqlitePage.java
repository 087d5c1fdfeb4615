package io.failoverlab.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one page of a SQLite file ("Database File Format", section 1.6), read without SQLite and without trust: what the page
 * says of itself may be wrong, the checksum of a row is not.
 */
final class SqlitePage {
    private static final int FIRST_PAGE_HEADER = 100;
    /** No row of the monitor comes near. */
    private static final long MAX_PAYLOAD = 256L << 20;

    /** What a page may be. Interior pages of tables hold no rows. */
    private enum Kind {
        TABLE_LEAF(0x0d, 8, 0),
        INDEX_LEAF(0x0a, 8, 0),
        INDEX_INTERIOR(0x02, 12, 4);

        private final int type;
        private final int headerSize;
        private final int beforeCell;

        Kind(int type, int headerSize, int beforeCell) {
            this.type = type;
            this.headerSize = headerSize;
            this.beforeCell = beforeCell;
        }
    }

    private static final int TABLE_INTERIOR_TYPE = 0x05;

    /**
     * What was found.
     *
     * @param rows with their checksums right
     * @param damaged others that lay among them, their columns if they could be read
     * @param structured whether it is a page of SQLite's, all of whose cells can be read
     * @param overflow numbers of the pages that its rows go on in
     */
    record Found(List<Row> rows, List<Damaged> damaged, boolean structured, Set<Integer> overflow) {}

    /** @param columns all, the checksum last */
    record Row(StoredTable table, Object[] columns) {}

    /** @param table that has such rows, as far as can be said */
    record Damaged(Optional<StoredTable> table, Optional<Object[]> columns) {}

    private record Cell(int offset, int size, Optional<Object[]> columns) {
        private static final Cell NONE = new Cell(0, 0, Optional.empty());
    }

    private final PageImage image;
    private final byte[] page;
    private final ByteBuffer bytes;
    private final int header;
    private final Set<Integer> overflow = new HashSet<>();

    private SqlitePage(PageImage image, int number, byte[] page) {
        this.image = image;
        this.page = page;
        this.bytes = ByteBuffer.wrap(page);
        this.header = number == 1 ? FIRST_PAGE_HEADER : 0;
    }

    /** Takes the page for what gives the most rows, whatever it says it is. */
    static Found read(PageImage image, int number, byte[] page) throws IOException {
        List<Found> possible = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            SqlitePage reader = new SqlitePage(image, number, page);
            possible.add(reader.read(kind));
        }
        int type = page[number == 1 ? FIRST_PAGE_HEADER : 0];
        Found best = possible.stream()
                .max(Comparator.comparingInt(found -> found.rows().size()))
                .orElseThrow();
        if (!best.rows().isEmpty()) {
            return best;
        }
        for (Kind kind : Kind.values()) {
            if (kind.type == type) {
                return possible.get(kind.ordinal());
            }
        }
        return new Found(List.of(), List.of(), type == TABLE_INTERIOR_TYPE, Set.of());
    }

    private Found read(Kind kind) throws IOException {
        int said = unsigned(header + 3);
        int most = (page.length - header - kind.headerSize) / 2;
        List<Cell> cells = cells(kind, Math.min(said, most));
        boolean structured = page[header] == kind.type && said <= most && isAccountedFor(kind, cells);
        for (int count = 0; page[header] == kind.type && !structured && count <= most; count++) {
            List<Cell> others = cells(kind, count);
            if (isAccountedFor(kind, others)) { // its count of cells alone is wrong
                cells = others;
                structured = true;
            }
        }
        List<Row> rows = new ArrayList<>();
        List<Damaged> damaged = new ArrayList<>();
        for (Cell cell : cells) {
            Optional<StoredTable> table =
                    cell.columns().flatMap(columns -> StoredTable.of(columns, kind != Kind.TABLE_LEAF));
            table.ifPresentOrElse(
                    whole -> rows.add(new Row(whole, cell.columns().orElseThrow())),
                    () -> damaged.add(new Damaged(
                            cell.columns().flatMap(columns -> StoredTable.shapedLike(columns, kind != Kind.TABLE_LEAF)),
                            cell.columns())));
            structured &= cell.columns().isPresent();
        }
        return new Found(rows, damaged, structured, overflow);
    }

    /** As many as that, those that cannot be included. */
    private List<Cell> cells(Kind kind, int count) throws IOException {
        int pointers = header + kind.headerSize;
        List<Cell> cells = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int offset = unsigned(pointers + 2 * i);
            boolean inside = offset >= pointers + 2 * count && offset < page.length - 3;
            cells.add(inside ? cell(kind, offset) : Cell.NONE);
        }
        return cells;
    }

    /** Cells, free blocks and fragments fill the page. */
    private boolean isAccountedFor(Kind kind, List<Cell> cells) {
        int content = unsigned(header + 5) == 0 ? page.length : unsigned(header + 5);
        int used = cells.stream().mapToInt(Cell::size).sum() + (page[header + 7] & 0xff);
        int block = unsigned(header + 1);
        for (int blocks = 0; block != 0; blocks++) {
            if (block > page.length - 4 || blocks > page.length / 4) {
                return false;
            }
            used += unsigned(block + 2);
            block = unsigned(block);
        }
        int endOfPointers = header + kind.headerSize + 2 * cells.size();
        return content >= endOfPointers && used == page.length - content && !cells.contains(Cell.NONE);
    }

    /** {@link Cell#NONE} if there can be none. */
    private Cell cell(Kind kind, int offset) throws IOException {
        ByteBuffer at = bytes.duplicate();
        if (offset + kind.beforeCell >= page.length) {
            return Cell.NONE;
        }
        at.position(offset + kind.beforeCell);
        long size = SqliteRecord.readVarint(at);
        long number = kind == Kind.TABLE_LEAF ? SqliteRecord.readVarint(at) : 0;
        if (size < 1 || size > MAX_PAYLOAD) {
            return Cell.NONE;
        }
        int local = local(kind, size);
        int end = at.position() + local + (local < size ? 4 : 0);
        if (end > page.length) {
            return Cell.NONE;
        }
        Optional<byte[]> payload = payload(at, (int) size, local);
        Optional<Object[]> columns = payload.flatMap(SqliteRecord::decode);
        if (kind == Kind.TABLE_LEAF) {
            columns.filter(StoredTable::isNumbered).ifPresent(record -> record[0] = number);
        }
        return new Cell(offset, Math.max(4, end - offset), columns);
    }

    /** How much of the payload lies on the page itself. */
    private int local(Kind kind, long size) {
        int usable = page.length;
        int most = kind == Kind.TABLE_LEAF ? usable - 35 : (usable - 12) * 64 / 255 - 23;
        if (size <= most) {
            return (int) size;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        long filling = least + (size - least) % (usable - 4);
        return (int) (filling <= most ? filling : least);
    }

    private Optional<byte[]> payload(ByteBuffer at, int size, int local) throws IOException {
        int follow = (size - local + page.length - 5) / (page.length - 4);
        if (follow > image.pageCount()) {
            return Optional.empty();
        }
        byte[] payload = new byte[size];
        at.get(payload, 0, local);
        int filled = local;
        int next = filled < size ? at.getInt() : 0;
        List<Integer> chain = new ArrayList<>();
        while (filled < size) {
            Optional<byte[]> part = next > 0 ? image.page(next) : Optional.empty();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            chain.add(next);
            int length = Math.min(size - filled, page.length - 4);
            System.arraycopy(part.get(), 4, payload, filled, length);
            filled += length;
            next = ByteBuffer.wrap(part.get()).getInt();
        }
        overflow.addAll(chain);
        return Optional.of(payload);
    }

    private int unsigned(int at) {
        return at + 2 <= page.length ? bytes.getShort(at) & 0xffff : 0;
    }

    /** Whether there is nothing on it. */
    static boolean isBlank(byte[] page) {
        return Arrays.equals(page, new byte[page.length]);
    }
}
