package io.failoverlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Simulations as a user of Gatling writes them, compiled for a test. */
public final class CompiledSimulations {
    private static final String FRAME = """
            package mine;

            import static io.gatling.javaapi.core.CoreDsl.*;
            import static io.gatling.javaapi.http.HttpDsl.*;

            import io.gatling.javaapi.core.*;
            import java.time.Duration;

            public %s class %s extends %s {
                {
                    %s
                }
            }
            """;

    private CompiledSimulations() {}

    /** Source of {@code mine.NAME}, whose initialiser has these lines. */
    public static String simulation(String name, String lines) {
        return FRAME.formatted("", name, "Simulation", lines);
    }

    static String abstractSimulation(String name) {
        return FRAME.formatted("abstract", name, "Simulation", "");
    }

    static String noSimulation(String name) {
        return FRAME.formatted("", name, "Object", "");
    }

    /** Puts the classes into the folder, which is made. */
    public static Path compile(Path folder, String... sources) throws IOException {
        Files.createDirectories(folder);
        for (String source : sources) {
            String name = source.replaceAll("(?s).* class (\\w+) .*", "$1");
            Path file = Files.writeString(folder.resolve(name + ".java"), source);
            int failed = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "--release",
                            "21",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-d",
                            folder.toString(),
                            file.toString());
            assertThat(failed).isZero();
        }
        return folder;
    }

    /** A jar of the classes in the folder. */
    public static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            List<Path> compiled =
                    all.filter(path -> path.toString().endsWith(".class")).toList();
            for (Path path : compiled) {
                out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, out);
            }
        }
        return jar;
    }
}
