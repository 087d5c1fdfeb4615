package io.failoverlab.profile;

import java.util.List;

/**
 * Customers of the user's own: a compiled simulation of Gatling. What they do is its business; how many arrive, when, and where
 * their requests go is the load's.
 *
 * @param classPath absolute paths of the jars and folders that its classes are in, at least one
 * @param className of the simulation
 */
public record OwnSimulation(List<String> classPath, String className) {
    public OwnSimulation {
        classPath = List.copyOf(classPath);
        if (classPath.isEmpty() || className.isBlank()) {
            throw new IllegalArgumentException(
                    "expected a class and where it is, found " + className + " in " + classPath);
        }
    }
}
