package io.failoverlab.explain;

/** How much of a thing of AWS there is here. */
public enum Mirror {
    FULL("mirrored"),
    PART("in part"),
    NONE("not here");

    private final String word;

    Mirror(String word) {
        this.word = word;
    }

    /** As lists say it. */
    public String word() {
        return word;
    }
}
