package io.failoverlab.rules;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The house rules that a machine can check, over the main classes of all modules. They live in the module that is built
 * last, and read the others' classes as files, since this module may not depend on all of them.
 */
class HouseRulesTest {
    private static final List<String> MODULES = List.of("app-under-test", "docker", "monitor", "load-scenarios");
    private static final Path ROOT = root();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(MODULES.stream()
                    .map(module -> ROOT.resolve(module).resolve("target/classes"))
                    .toList());

    /** Names of packages that say nothing. */
    private static final Set<String> EMPTY_WORDS =
            Set.of("util", "utils", "common", "helper", "helpers", "misc", "shared", "base");

    private static final int LINES = 400;

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docker/images"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void everyModuleIsLookedAt() {
        for (String module : MODULES) {
            assertThat(CLASSES.stream()
                            .filter(type -> type.getSource()
                                    .map(source -> source.getUri().toString().contains("/" + module + "/"))
                                    .orElse(false)))
                    .as(module)
                    .isNotEmpty();
        }
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.failoverlab.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void modulesKeepToThemselves() {
        for (String module : MODULES) {
            Set<String> allowed = module.equals("load-scenarios") ? Set.of(module, "docker") : Set.of(module);
            noClasses()
                    .that(liveIn(Set.of(module)))
                    .should()
                    .dependOnClassesThat(liveIn(without(allowed)))
                    .check(CLASSES);
        }
    }

    private static Set<String> without(Set<String> modules) {
        return Set.copyOf(
                MODULES.stream().filter(module -> !modules.contains(module)).toList());
    }

    private static DescribedPredicate<JavaClass> liveIn(Set<String> modules) {
        return DescribedPredicate.describe(
                "live in " + modules,
                type -> type.getSource()
                        .map(source -> modules.stream()
                                .anyMatch(module ->
                                        source.getUri().toString().contains("/" + module + "/target/classes/")))
                        .orElse(false));
    }

    @Test
    void onlyTheEngineKnowsTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.failoverlab.engine")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..")
                .check(CLASSES);
    }

    @Test
    void theTopologyIsOnlyAModel() {
        noClasses()
                .that()
                .resideInAnyPackage("io.failoverlab.topology", "io.failoverlab.document", "io.failoverlab.telemetry")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.failoverlab.engine", "io.failoverlab.clock", "io.failoverlab.environment")
                .check(CLASSES);
    }

    @Test
    void judgingIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage("io.failoverlab.verdict", "io.failoverlab.history")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.failoverlab.engine",
                        "io.failoverlab.clock",
                        "io.failoverlab.environment",
                        "io.failoverlab.session",
                        "java.net..")
                .check(CLASSES);
    }

    @Test
    void onlySchedulersReadTheClockOrWait() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Scheduler")
                .should()
                .callMethodWhere(readsTheClockOrWaits())
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ScheduledExecutorService.class, ScheduledThreadPoolExecutor.class)
                .check(CLASSES.that(DescribedPredicate.not(nestedIn("Scheduler"))));
    }

    private static DescribedPredicate<JavaClass> nestedIn(String ending) {
        return DescribedPredicate.describe(
                "nested in a " + ending, type -> type.getName().contains(ending + "$"));
    }

    private static DescribedPredicate<JavaCall<?>> readsTheClockOrWaits() {
        return DescribedPredicate.describe("reads the system clock or sleeps", call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getName();
            boolean reads = name.equals("now")
                            && Stream.of(Instant.class, LocalDateTime.class)
                                    .anyMatch(type -> type.getName().equals(owner))
                            && call.getTarget().getRawParameterTypes().isEmpty()
                    || owner.equals(System.class.getName())
                            && (name.equals("currentTimeMillis") || name.equals("nanoTime"));
            boolean sleeps = name.equals("sleep")
                    && (owner.equals(Thread.class.getName()) || owner.equals(TimeUnit.class.getName()));
            boolean ticks = owner.equals(Clock.class.getName()) && name.startsWith("tick");
            return reads || sleeps || ticks;
        });
    }

    @Test
    void aModuleHasOneSchedulerAtMost() {
        for (String module : MODULES) {
            assertThat(CLASSES.that(liveIn(Set.of(module))).stream()
                            .filter(type -> type.getSimpleName().endsWith("Scheduler")))
                    .as(module)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that(have(DescribedPredicate.describe(
                        "static and written by people",
                        field -> field.getModifiers().contains(STATIC)
                                && !field.getModifiers().contains(SYNTHETIC))))
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier(FINAL))
                .check(CLASSES);
    }

    @Test
    void packageNamesSaySomething() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .distinct()
                        .filter(name -> Arrays.stream(name.split("\\.")).anyMatch(EMPTY_WORDS::contains)))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        for (String module : MODULES) {
            try (Stream<Path> folders = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                assertThat(folders.filter(Files::isDirectory)
                                .filter(HouseRulesTest::hasSources)
                                .filter(folder -> !Files.exists(folder.resolve("package-info.java"))))
                        .as(module)
                        .isEmpty();
            }
        }
    }

    private static boolean hasSources(Path folder) {
        return !sources(folder, 1).isEmpty();
    }

    @Test
    void noFileIsLong() throws IOException {
        for (String module : MODULES) {
            for (Path source : sources(ROOT.resolve(module).resolve("src/main/java"), Integer.MAX_VALUE)) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(LINES);
            }
        }
    }

    private static List<Path> sources(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
