package io.failoverlab.watch;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the monitor's JVM is started, by whoever starts it. */
public final class MonitorCommandLine {
    private MonitorCommandLine() {}

    /**
     * The command without the monitor's own options, to be added to.
     *
     * @param home folder of the installation
     */
    public static List<String> of(Path home) {
        Path target = home.resolve("monitor/target");
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                target.resolve("monitor.jar") + File.pathSeparator + target.resolve("lib") + "/*",
                "io.failoverlab.monitor.Monitor"));
    }
}
