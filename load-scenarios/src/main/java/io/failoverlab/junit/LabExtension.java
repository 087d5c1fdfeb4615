package io.failoverlab.junit;

import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Gives the methods of a test class a {@link Lab}. The stack comes up when the first method asks for it, is the same for all
 * methods of the class and of its nested classes, and is taken down after the last one, however that ends. Classes that run at
 * the same time take turns: an engine carries one lab.
 *
 * <p>Needs the lab's folder, at or above the working directory or in the system property {@code lab.home}, and a container
 * engine. The runs of the tests are kept under {@code target/lab-runs}.
 */
public final class LabExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LabExtension.class);
    private static final String TURN = "turn";
    private static final String LAB = "lab of ";
    private static final String STACK = "stack";
    private static final String DEFAULT = "two-web-one-db";

    private final StackMaker stacks;

    public LabExtension() {
        this(new ContainerStacks());
    }

    LabExtension(StackMaker stacks) {
        this.stacks = stacks;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    /** @throws ExtensionConfigurationException if the class asks for no topology that there is */
    @Override
    public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext ofClass = outermost(context);
        Stack stack = ofClass.getStore(NAMESPACE)
                .computeIfAbsent(STACK, key -> bringUp(ofClass), TurnOfStack.class)
                .stack();
        String test = context.getTestMethod()
                .map(method -> context.getRequiredTestClass().getSimpleName() + "." + method.getName())
                .orElseGet(() -> context.getRequiredTestClass().getSimpleName());
        // The same one for all that a test asks in; not that of the class, whose store is asked as well.
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        LAB + context.getUniqueId(), key -> new LabOfTest(new Lab(stack, test)), LabOfTest.class)
                .lab();
    }

    /** Its loads end with the context of the method, or of the class where it was asked for before all methods. */
    private record LabOfTest(Lab lab) implements AutoCloseable {
        @Override
        public void close() {
            lab.endRuns();
        }
    }

    private static ExtensionContext outermost(ExtensionContext context) {
        ExtensionContext found = context;
        ExtensionContext at = context;
        while (at.getTestClass().isPresent()) {
            if (at.getTestMethod().isEmpty()) {
                found = at;
            }
            Optional<ExtensionContext> parent = at.getParent();
            if (parent.isEmpty()) {
                break;
            }
            at = parent.get();
        }
        return found;
    }

    private TurnOfStack bringUp(ExtensionContext ofClass) {
        Topology topology = topology(ofClass.getRequiredTestClass());
        Semaphore turn =
                ofClass.getRoot().getStore(NAMESPACE).computeIfAbsent(TURN, key -> new Semaphore(1), Semaphore.class);
        turn.acquireUninterruptibly();
        try {
            return new TurnOfStack(stacks.up(topology), turn);
        } catch (RuntimeException failed) {
            turn.release();
            throw failed;
        }
    }

    /** The stack of a class, for as long as it is that class's turn; JUnit closes what is kept in its stores. */
    private record TurnOfStack(Stack stack, Semaphore turn) implements AutoCloseable {
        @Override
        public void close() {
            try {
                stack.close();
            } finally {
                turn.release();
            }
        }
    }

    static Topology topology(Class<?> test) {
        List<Method> methods =
                AnnotationSupport.findAnnotatedMethods(test, LabTopology.class, HierarchyTraversalMode.TOP_DOWN);
        if (!methods.isEmpty()) {
            return made(methods.getFirst());
        }
        String named = AnnotationSupport.findAnnotation(test, LabTopology.class)
                .map(LabTopology::value)
                .filter(value -> !value.isBlank())
                .orElse(DEFAULT);
        Path file = Path.of(named);
        return Files.isRegularFile(file) ? TopologyFile.read(file) : TopologyFile.named(named);
    }

    private static Topology made(Method method) {
        boolean fits = Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 0
                && method.getReturnType() == Topology.class;
        if (!fits) {
            throw new ExtensionConfigurationException("@LabTopology: expected a static method without parameters that"
                    + " returns a Topology, found " + method);
        }
        return (Topology) ReflectionSupport.invokeMethod(method, null);
    }
}
