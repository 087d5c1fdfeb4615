package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final String ONE = "11111111-2222-3333-4444-555555555555";
    private static final String TWO = "99999999-8888-7777-6666-555555555555";
    private static final Instant START = Instant.parse("2026-11-28T05:00:00Z");

    @Test
    void takesWhatWasCommittedFromTheSnapshotUntilThePointInTime() throws IOException {
        Replay replay = new Replay(START, START.plusSeconds(20));
        replay.take("one/binlog.000002", log(gtid(ONE, 5, 10), other(), gtid(ONE, 6, 20), gtid(ONE, 7, 21)));
        replay.take("one/binlog.000001", log(gtid(ONE, 3, -5), gtid(ONE, 4, 0)));
        replay.take("one/binlog.000003", log(gtid(ONE, 8, 30)));

        assertThat(replay.transactions()).isEqualTo(ONE + ":4-6");
        assertThat(replay.logs()).containsExactly("one/binlog.000001", "one/binlog.000002");
    }

    @Test
    void logsOfAnotherServerFollowByTheirFirstTransaction() throws IOException {
        Replay replay = new Replay(START, START.plusSeconds(60));
        replay.take("a-two/binlog.000001", log(gtid(ONE, 2, 2), gtid(TWO, 1, 9)));
        replay.take("b-one/binlog.000007", log(gtid(ONE, 1, 1), gtid(ONE, 2, 2)));

        assertThat(replay.transactions()).isEqualTo(ONE + ":1-2," + TWO + ":1");
        assertThat(replay.logs()).containsExactly("b-one/binlog.000007", "a-two/binlog.000001");
    }

    @Test
    void onAReplicaTheTimeOfTheFirstServerCounts() throws IOException {
        Replay replay = new Replay(START, START.plusSeconds(10));
        replay.take("two/binlog.000001", log(gtid(ONE, 1, 12, true, 9), gtid(ONE, 2, 12, true, 11)));
        assertThat(replay.transactions()).isEqualTo(ONE + ":1");
    }

    @Test
    void nothingToApplyIsAnEmptySet() throws IOException {
        Replay replay = new Replay(START, START.plusSeconds(1));
        replay.take("one/binlog.000001", log(gtid(ONE, 1, 5)));
        assertThat(replay.transactions()).isEmpty();
        assertThat(replay.logs()).isEmpty();
    }

    @Test
    void aLogThatEndsWithinAnEventIsRefused() {
        byte[] whole = concat(new byte[][] {magic(), gtid(ONE, 1, 5)});
        Replay replay = new Replay(START, START.plusSeconds(10));
        assertThatThrownBy(() -> replay.take(
                        "one/binlog.000001", new ByteArrayInputStream(Arrays.copyOf(whole, whole.length - 8))))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> replay.take("one/binlog.000001", new ByteArrayInputStream(new byte[] {1, 2, 3, 4})))
                .hasMessage("expected a binary log of MySQL, found another file");
    }

    @Test
    void setsAreWrittenAsMySqlDoes() {
        GtidSet set = new GtidSet();
        for (long number : new long[] {5, 1, 2, 9, 8, 3, 2}) {
            set.add(ONE, number);
        }
        assertThat(set).hasToString(ONE + ":1-3:5:8-9");
    }

    private static ByteArrayInputStream log(byte[]... events) {
        return new ByteArrayInputStream(concat(new byte[][] {magic()}, events));
    }

    private static byte[] magic() {
        return new byte[] {(byte) 0xfe, 'b', 'i', 'n'};
    }

    private static byte[] concat(byte[][]... groups) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[][] group : groups) {
            for (byte[] part : group) {
                all.writeBytes(part);
            }
        }
        return all.toByteArray();
    }

    private static byte[] gtid(String server, long number, int second) {
        return gtid(server, number, second, false, 0);
    }

    /** @param original when it was committed on another server, if it was */
    private static byte[] gtid(String server, long number, int second, boolean fromAnother, int original) {
        ByteBuffer data = ByteBuffer.allocate(60).order(ByteOrder.BIG_ENDIAN);
        UUID uuid = UUID.fromString(server);
        data.put((byte) 0).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        data.order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .put((byte) 2)
                .putLong(0)
                .putLong(1);
        put(data, START.plusSeconds(second).toEpochMilli() * 1000 | (fromAnother ? 1L << 55 : 0));
        if (fromAnother) {
            put(data, START.plusSeconds(original).toEpochMilli() * 1000);
        }
        return event(33, data.array());
    }

    private static void put(ByteBuffer data, long micros) {
        for (int i = 0; i < 7; i++) {
            data.put((byte) (micros >>> 8 * i));
        }
    }

    private static byte[] other() {
        return event(2, new byte[40]);
    }

    private static byte[] event(int type, byte[] data) {
        return ByteBuffer.allocate(19 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .put((byte) type)
                .putInt(1)
                .putInt(19 + data.length)
                .putInt(0)
                .putShort((short) 0)
                .put(data)
                .array();
    }
}
