package io.failoverlab.math;

/** What an expression gives. */
enum Type {
    NUMBER("a number"),
    SERIES("a time series"),
    ARRAY("an array of time series"),
    STRING("a string"),
    WORD("a keyword");

    private final String inWords;

    Type(String inWords) {
        this.inWords = inWords;
    }

    String inWords() {
        return inWords;
    }
}
