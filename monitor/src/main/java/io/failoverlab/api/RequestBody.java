package io.failoverlab.api;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads the bytes of a request, compressed or not, and no more of them than a request may have. */
final class RequestBody {
    /** CloudWatch's limit for a request on the wire. */
    private static final int MAX_BYTES = 1 << 20;
    /** What one megabyte of gzip may become: far more than 1000 datums need, far less than a bomb. */
    private static final int MAX_UNPACKED_BYTES = 8 << 20;

    private RequestBody() {}

    /** @param contentEncoding the header, or null */
    static byte[] read(InputStream body, String contentEncoding) {
        try {
            return unpacked(body, contentEncoding);
        } catch (IOException e) {
            throw new ApiException(ErrorKind.SERIALIZATION, "The body could not be read to its end: " + e.getMessage());
        }
    }

    private static byte[] unpacked(InputStream body, String contentEncoding) throws IOException {
        if (contentEncoding == null || contentEncoding.isBlank() || contentEncoding.equalsIgnoreCase("identity")) {
            return limited(body, MAX_BYTES);
        }
        if (!contentEncoding.equalsIgnoreCase("gzip")) {
            throw new ApiException(
                    ErrorKind.SERIALIZATION, "Expected Content-Encoding gzip or none, found " + contentEncoding + ".");
        }
        byte[] packed = limited(body, MAX_BYTES);
        if (packed.length == 0) {
            throw new ApiException(
                    ErrorKind.SERIALIZATION, "Expected a gzip stream, as Content-Encoding says, found no body.");
        }
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return limited(unpacked, MAX_UNPACKED_BYTES);
        } catch (ZipException | EOFException e) {
            throw new ApiException(ErrorKind.SERIALIZATION, "The body is no gzip stream: " + e.getMessage());
        }
    }

    private static byte[] limited(InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new ApiException(ErrorKind.TOO_LARGE, "The request has more than " + limit + " bytes.");
        }
        return bytes;
    }
}
