package io.failoverlab.fis;

import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.watch.StackAlarms;
import java.nio.file.Path;
import java.util.Set;

/** The templates among the test resources, and stacks for them. */
final class GoldenTemplates {
    private static final Path FOLDER = Path.of("src/test/resources/fis");

    private GoldenTemplates() {}

    static Template read(String name, String... leftOut) {
        return TemplateFile.read(FOLDER.resolve(name + ".json"), Set.of(leftOut));
    }

    static Path plan(String name) {
        return FOLDER.resolve(name + ".txt");
    }

    static Stack stack(String pattern) {
        Topology topology = TopologyFile.named(pattern);
        return Stack.of(topology, StackAlarms.names(topology));
    }
}
