package io.failoverlab.simulation;

import io.failoverlab.profile.OwnSimulation;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds simulations of the user's own: in a jar, or in a Gatling project of Maven or Gradle that is compiled. Classes are loaded
 * and not initialised, so that nothing of them runs before the load.
 */
public final class GatlingCode {
    private static final String CLASS = ".class";
    private static final String JAR = ".jar";

    /** Where the plug-ins of Maven and Gradle put what they have compiled and what else is needed. */
    private static final List<String> OF_PROJECTS = List.of(
            "target/test-classes",
            "target/classes",
            "build/classes/java/gatling",
            "build/classes/kotlin/gatling",
            "build/resources/gatling",
            "build/classes/java/main",
            "build/classes/kotlin/main",
            "build/resources/main");

    /** What {@code mvn dependency:copy-dependencies} makes. */
    private static final String DEPENDENCIES = "target/dependency";

    private GatlingCode() {}

    /**
     * The simulation of that name, or the only one there.
     *
     * @param place a jar, the folder of a project, or a folder of classes
     * @throws IllegalArgumentException in one sentence, if there is none, or several and no name
     */
    public static OwnSimulation find(Path place, Optional<String> className) {
        List<Path> classPath = classPath(place);
        List<String> found = simulations(classPath);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("expected a class that extends " + Simulation.class.getName()
                    + " and can be made without arguments, found none in "
                    + classPath.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        if (className.isEmpty() && found.size() > 1 || className.isPresent() && !found.contains(className.get())) {
            throw new IllegalArgumentException("expected one of the simulations in " + place + ", "
                    + String.join(", ", found) + ", found " + className.orElse("no name"));
        }
        return new OwnSimulation(classPath.stream().map(Path::toString).toList(), className.orElseGet(found::getFirst));
    }

    private static List<Path> classPath(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        if (Files.isRegularFile(absolute) && place.toString().endsWith(JAR)) {
            return List.of(absolute);
        }
        if (!Files.isDirectory(absolute)) {
            throw new IllegalArgumentException("expected a jar or the folder of a Gatling project, found "
                    + (Files.exists(absolute) ? "another file" : "nothing") + " at " + place);
        }
        List<Path> ofProject = new ArrayList<>(OF_PROJECTS.stream()
                .map(absolute::resolve)
                .filter(Files::isDirectory)
                .toList());
        ofProject.addAll(files(absolute.resolve(DEPENDENCIES), JAR).toList());
        if (!ofProject.isEmpty()) {
            return ofProject;
        }
        if (files(absolute, CLASS).findAny().isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a Gatling project that is compiled (`mvn test-compile`, `gradle"
                            + " gatlingClasses`) or a folder of classes, found no class in " + place);
        }
        return List.of(absolute);
    }

    /** Names of all simulations on that class path that could be run, in order. */
    private static List<String> simulations(List<Path> classPath) {
        try (URLClassLoader loader = new URLClassLoader(
                classPath.stream().map(GatlingCode::url).toArray(URL[]::new), GatlingCode.class.getClassLoader())) {
            return classPath.stream()
                    .filter(path ->
                            path.getParent() == null || !path.getParent().endsWith(DEPENDENCIES))
                    .flatMap(path -> classesIn(path).stream())
                    .distinct()
                    .filter(name -> isSimulation(name, loader))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isSimulation(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            return Simulation.class.isAssignableFrom(type)
                    && !Modifier.isAbstract(type.getModifiers())
                    && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
        } catch (ClassNotFoundException | LinkageError ofAnotherKind) {
            // It needs what is not there; a simulation that is asked for by name is then missing, which is said.
            return false;
        }
    }

    private static List<String> classesIn(Path place) {
        if (Files.isDirectory(place)) {
            return names(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return names(jar.getPath("/"));
        } catch (IOException | RuntimeException unreadable) {
            throw new IllegalArgumentException("expected a jar, found " + place + ": " + unreadable.getMessage());
        }
    }

    private static List<String> names(Path root) {
        return files(root, CLASS)
                .map(file -> root.relativize(file).toString())
                .filter(file -> !file.startsWith("META-INF"))
                .map(file -> file.substring(0, file.length() - CLASS.length()).replaceAll("[/\\\\]", "."))
                .toList();
    }

    private static Stream<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException("expected a path that has an address, found " + path, impossible);
        }
    }
}
