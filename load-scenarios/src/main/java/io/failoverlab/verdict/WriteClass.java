package io.failoverlab.verdict;

/** What can have become of a write: the counts of Jepsen's set test, in the order in which reports show them. */
public enum WriteClass {
    ATTEMPTED("attempted", "sent, or about to be"),
    ACKNOWLEDGED("acknowledged", "the client was told that it is stored"),
    FOUND("found", "in the database at the end"),
    /** The one that must never happen, with {@link #UNEXPECTED}. */
    LOST("lost", "acknowledged, and not in the database under the acknowledged id"),
    /** No answer came, or one that says nothing about the write: time-out, cut connection, error of a server. */
    UNKNOWN("unknown", "not acknowledged: the client cannot know"),
    RECOVERED("recovered", "not acknowledged, and in the database all the same"),
    DUPLICATED("duplicated", "in the database more than once"),
    /** A phantom, as a database makes that was taken back with transactions of its own. */
    UNEXPECTED("unexpected", "in the database, and never attempted");

    private final String key;
    private final String meaning;

    WriteClass(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** The name in JSON and in text. */
    public String key() {
        return key;
    }

    /** When a write is of the class. */
    public String meaning() {
        return meaning;
    }
}
