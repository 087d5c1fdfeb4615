package io.failoverlab.math;

/** @param text as written, a string without its quotes */
record Token(Kind kind, String text, Position at) {
    enum Kind {
        NUMBER,
        NAME,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** For messages. */
    String inWords() {
        return switch (kind) {
            case NUMBER, NAME, SYMBOL -> "'" + text + "'";
            case STRING -> "the string \"" + text + "\"";
            case END -> "the end of the expression";
        };
    }
}
