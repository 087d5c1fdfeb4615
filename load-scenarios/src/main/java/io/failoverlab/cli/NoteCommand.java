package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.session.Session;
import io.failoverlab.watch.MonitorClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "note",
        description = "Put a note among the events of the lab that is up: it is seen over all charts.",
        footer = {"", "Example:  lab note deployed 2.1"})
final class NoteCommand implements Callable<Integer> {
    /** More than that is not read where it is shown. */
    static final int LONGEST = 500;

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "What there is to be said.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException {
        String text = String.join(" ", words).strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw UserError.usage("expected 1 to " + LONGEST + " characters, found " + text.length());
        }
        Session session = RunningLab.find().session();
        try (LabScheduler clock = new LabScheduler(failure -> {});
                MonitorClient monitor = new MonitorClient(session.access(), "ap-northeast-1")) {
            monitor.note(clock.instant(), "Note", session.run(), text);
        }
        Terminal.ofProcess().say("noted");
        return ExitCode.PASS;
    }
}
