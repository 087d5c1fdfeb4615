package io.failoverlab.watch;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the monitor's JVM is started, by whoever starts it. */
public final class MonitorCommandLine {
    private MonitorCommandLine() {}

    /**
     * A process without its command, with the environment for it: the C library of Linux would else keep a pool of memory for every
     * thread that ever asked for some.
     */
    public static ProcessBuilder process() {
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
        return builder;
    }

    /**
     * The command without the monitor's own options, to be added to.
     *
     * @param home folder of the installation
     */
    public static List<String> of(Path home) {
        Path target = home.resolve("monitor/target");
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The collector and the compiler that need least.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Most methods run a few times a second: at the usual threshold they would be interpreted for many
                // minutes, some for good, which takes a third of the processor's time.
                "-XX:CompileThresholdScaling=0.2",
                // Much room for a burst, but a heap that is no larger than what is in it needs: else the JVM begins
                // with a 64th
                // of the machine, and fills all of it before it collects.
                "-Xmx256m",
                "-Xms16m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                // A fifth of it for what is new: all of that is filled between two collections.
                "-XX:NewRatio=4",
                "-XX:-UsePerfData",
                // The JVM's archive of its own classes stays where it was made for: moved, all its pages would be in
                // memory.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                // What the compiler is done with goes back to the system.
                "-XX:TrimNativeHeapInterval=10000",
                // Looks for unused locks every five seconds rather than four times a second.
                "-XX:AsyncDeflationInterval=5000",
                // Smaller objects, where the JVM knows how: 24 or later.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                target.resolve("monitor.jar") + File.pathSeparator + target.resolve("lib") + "/*",
                "io.failoverlab.monitor.Monitor"));
    }
}
