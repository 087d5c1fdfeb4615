package io.failoverlab.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a customer asks for; refuses values out of range, naming all of them. */
record OrderRequest(String customer, long itemId, int quantity) {
    static final String EXAMPLE = "{\"customer\":\"c-17\",\"itemId\":5,\"quantity\":2}";
    static final Pattern CUSTOMER = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST = 1000;

    OrderRequest {
        List<String> problems = new ArrayList<>();
        if (customer == null || !CUSTOMER.matcher(customer).matches()) {
            problems.add("customer: expected 1 to 64 characters of [A-Za-z0-9_-], found " + quoted(customer));
        }
        if (itemId < 1) {
            problems.add("itemId: expected a number from 1 on, found " + itemId);
        }
        if (quantity < 1 || quantity > MOST) {
            problems.add("quantity: expected 1 to " + MOST + ", found " + quantity);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static String quoted(String value) {
        return value == null ? "nothing" : "'" + value + "'";
    }

    /**
     * SHA-256 of the values, not of the bytes received: a client may write the same JSON object in another way when it
     * tries again.
     */
    byte[] hash() {
        try {
            String canonical = customer + '\n' + itemId + '\n' + quantity;
            return MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
