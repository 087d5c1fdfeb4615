package io.failoverlab.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Gives lists in pages. A token says after which record to go on, so records that come or go meanwhile neither repeat others nor
 * hide them. It carries a checksum over what was asked, so that one that is not ours, or was given for other parameters, is refused.
 *
 * @param operation whose tokens they are
 * @param asked the parameters that choose the records, in any form that tells different ones apart
 * @param size records in a page
 */
record Pages(String operation, String asked, int size) {
    /** A page of records and the token of the next one, null after the last. */
    record Page<T>(List<T> records, String nextToken) {}

    /** @param key by which the records are sorted, ascending, and which no two of them share */
    <T> Page<T> page(List<T> all, Function<T, String> key, String nextToken) {
        int from = nextToken == null ? 0 : firstAfter(all, key, key(nextToken));
        int to = Math.min(from + size, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? token(key.apply(all.get(to - 1))) : null);
    }

    /**
     * A page of records in another order than that of their keys.
     *
     * @param name tells a record from every other
     * @throws ApiException if the record after which to go on is no longer there
     */
    <T> Page<T> pageAfter(List<T> all, Function<T, String> name, String nextToken) {
        int from = 0;
        if (nextToken != null) {
            from = all.stream().map(name).toList().indexOf(key(nextToken)) + 1;
            if (from == 0) {
                throw refused(nextToken);
            }
        }
        int to = Math.min(from + size, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? token(name.apply(all.get(to - 1))) : null);
    }

    /** The number that a token carries; 0 if there is none. */
    int offset(String nextToken) {
        return nextToken == null ? 0 : Integer.parseInt(key(nextToken));
    }

    /** A token that carries a number. */
    String token(int offset) {
        return token(Integer.toString(offset));
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
        throw refused(token);
    }

    private ApiException refused(String token) {
        return new ApiException(
                ErrorKind.INVALID_NEXT_TOKEN,
                "The token '" + token + "' is not one that " + operation + " gave for these parameters.");
    }

    private int checksum(byte[] key) {
        CRC32C crc = new CRC32C();
        crc.update((operation + asked).getBytes(StandardCharsets.UTF_8));
        crc.update(key);
        return (int) crc.getValue();
    }
}
