package io.failoverlab.history;

/** What an instance is for. */
public enum InstanceRole {
    WEB("web"),
    DATABASE("db"),
    LOAD_BALANCER("lb");

    private final String text;

    InstanceRole(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
