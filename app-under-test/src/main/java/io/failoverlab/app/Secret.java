package io.failoverlab.app;

/** A password; its text appears in no log, message or debugger line made from {@code toString}. */
record Secret(String text) {
    Secret {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
