package io.failoverlab.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Gives lists in pages. A token says after which record to go on, so records that come or go meanwhile neither repeat others nor
 * hide them. It carries a checksum over what was asked, so that one that is not ours, or of another operation, is refused.
 *
 * @param operation whose tokens they are
 * @param size records in a page, unless the request says otherwise
 */
record Pages(String operation, int size) {
    /** A page of records and the token of the next one, null after the last. */
    record Page<T>(List<T> records, String nextToken) {}

    /** @param key by which the records are sorted, ascending, and which no two of them share */
    <T> Page<T> page(List<T> all, Function<T, String> key, String nextToken) {
        int from = nextToken == null ? 0 : firstAfter(all, key, key(nextToken));
        int to = Math.min(from + size, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? token(key.apply(all.get(to - 1))) : null);
    }

    private static <T> int firstAfter(List<T> all, Function<T, String> key, String last) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key.apply(all.get(middle)).compareTo(last) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private String token(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer token = ByteBuffer.allocate(Integer.BYTES + bytes.length);
        token.putInt(checksum(bytes)).put(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    private String key(String token) {
        try {
            ByteBuffer read = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (read.remaining() > Integer.BYTES) {
                int checksum = read.getInt();
                byte[] bytes = new byte[read.remaining()];
                read.get(bytes);
                if (checksum == checksum(bytes)) {
                    return new String(bytes, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException e) {
            // told below, as any token is that is not ours
        }
        throw new ApiException(
                ErrorKind.INVALID_NEXT_TOKEN, "The token '" + token + "' is not one of " + operation + ".");
    }

    private int checksum(byte[] key) {
        CRC32C crc = new CRC32C();
        crc.update(operation.getBytes(StandardCharsets.UTF_8));
        crc.update(key);
        return (int) crc.getValue();
    }
}
