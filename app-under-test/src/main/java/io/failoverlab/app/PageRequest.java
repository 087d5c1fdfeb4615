package io.failoverlab.app;

/**
 * Which part of a list is wanted.
 *
 * @param page from 1
 * @param size items a page, 1 to {@value #LARGEST_SIZE}
 */
record PageRequest(int page, int size) {
    static final int LARGEST_PAGE = 1_000_000;
    static final int LARGEST_SIZE = 100;
    static final int DEFAULT_SIZE = 20;

    PageRequest {
        if (page < 1 || page > LARGEST_PAGE || size < 1 || size > LARGEST_SIZE) {
            throw new IllegalArgumentException("expected page 1 to " + LARGEST_PAGE + " and size 1 to " + LARGEST_SIZE
                    + ", found page " + page + " and size " + size);
        }
    }

    /** Rows before this page. */
    int offset() {
        return (page - 1) * size;
    }
}
