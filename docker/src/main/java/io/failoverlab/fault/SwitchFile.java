package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ExecResult;
import java.time.Instant;

/**
 * The file in an instance's own {@code /tmp} by which the sample application, like the bench's tiny server, is made slow. Another
 * application does not look at it, and the fault says that it took no effect.
 */
final class SwitchFile {
    private static final String PATH = "/tmp/lab-fault";

    private SwitchFile() {}

    /** @param text such as {@code all 2000}: who waits, and how many milliseconds at the most */
    static Injection prepare(String text, Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        return Injection.of(instance, new Undo.Delete(instance.name(), PATH), () -> act(text, instance, scheduler));
    }

    private static Effect act(String text, Ec2Instance instance, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        ExecResult written = instance.run("sh", "-c", "echo '" + text + "' > " + PATH + " && cat " + PATH);
        boolean there = written.exitCode() == 0 && written.stdout().strip().equals(text);
        return new Effect(
                injectedAt,
                there,
                there
                        ? PATH + " says: " + text
                        : PATH + " could not be written: " + written.stderr().strip());
    }
}
