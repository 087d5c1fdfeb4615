package io.failoverlab.cli;

/** Runs command lines of the lab's in one process, one after the other, as the page shows them. */
public final class SeveralCommands {
    private SeveralCommands() {}

    public static void main(String[] lines) {
        for (String line : lines) {
            Lab.commandLine().execute(line.substring("./lab ".length()).split(" "));
        }
    }
}
