package io.failoverlab.app;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;

/** Reads what a request asks for; whatever is out of range is answered with 400 and the value refused. */
final class Parameters {
    private static final int LONGEST_SEARCH = 100;

    private Parameters() {}

    static PageRequest page(Context ctx) {
        return new PageRequest((int) query(ctx, "page", 1, PageRequest.LARGEST_PAGE), (int)
                query(ctx, "size", PageRequest.DEFAULT_SIZE, PageRequest.LARGEST_SIZE));
    }

    private static long query(Context ctx, String name, int fallback, int most) {
        String value = ctx.queryParam(name);
        return value == null ? fallback : whole("query parameter " + name, value, most);
    }

    static long id(Context ctx) {
        return whole("id", ctx.pathParam("id"), Long.MAX_VALUE);
    }

    static String search(Context ctx) {
        String text = ctx.queryParam("q");
        if (text == null) {
            return "";
        }
        if (text.length() > LONGEST_SEARCH) {
            throw new BadRequestResponse(
                    "query parameter q: expected at most " + LONGEST_SEARCH + " characters, found " + text.length());
        }
        return text.strip();
    }

    static String customer(Context ctx) {
        String customer = ctx.queryParam("customer");
        if (customer == null || !OrderRequest.CUSTOMER.matcher(customer).matches()) {
            throw new BadRequestResponse(
                    "query parameter customer: expected 1 to 64 characters of [A-Za-z0-9_-], found "
                            + (customer == null ? "none" : "'" + customer + "'"));
        }
        return customer;
    }

    private static long whole(String what, String value, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below, together with numbers out of range
        }
        throw new BadRequestResponse(what + ": expected a whole number from 1 to " + most + ", found '" + value + "'");
    }
}
