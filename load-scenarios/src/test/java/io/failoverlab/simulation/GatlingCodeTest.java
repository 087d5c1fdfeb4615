package io.failoverlab.simulation;

import static io.failoverlab.simulation.CompiledSimulations.abstractSimulation;
import static io.failoverlab.simulation.CompiledSimulations.compile;
import static io.failoverlab.simulation.CompiledSimulations.jar;
import static io.failoverlab.simulation.CompiledSimulations.noSimulation;
import static io.failoverlab.simulation.CompiledSimulations.simulation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.profile.OwnSimulation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatlingCodeTest {
    /** Would end this JVM if it were more than loaded. */
    private static final String SHOP = simulation("Shop", "System.exit(1);");

    @TempDir
    private Path folder;

    @Test
    void theOnlySimulationOfAJarIsFoundAndNotRun() throws Exception {
        Path jar = jar(
                compile(folder.resolve("classes"), SHOP, abstractSimulation("Base"), noSimulation("Helper")),
                folder.resolve("load.jar"));

        assertThat(GatlingCode.find(jar, Optional.empty()))
                .isEqualTo(new OwnSimulation(List.of(jar.toString()), "mine.Shop"));
    }

    @Test
    void aProjectOfMavenHasItsClassesResourcesAndDependencies() throws Exception {
        Path classes = compile(folder.resolve("project/target/test-classes"), SHOP);
        Path dependency = folder.resolve("project/target/dependency/faker.jar");
        Files.createDirectories(dependency.getParent());
        jar(compile(folder.resolve("other"), simulation("OfOthers", "")), dependency);

        assertThat(GatlingCode.find(folder.resolve("project"), Optional.empty()))
                .isEqualTo(new OwnSimulation(List.of(classes.toString(), dependency.toString()), "mine.Shop"));
    }

    @Test
    void aProjectOfGradleHasItsClassesAndResources() throws Exception {
        Path classes = compile(folder.resolve("build/classes/java/gatling"), SHOP);
        Path resources = Files.createDirectories(folder.resolve("build/resources/gatling"));

        assertThat(GatlingCode.find(folder, Optional.empty()))
                .isEqualTo(new OwnSimulation(List.of(classes.toString(), resources.toString()), "mine.Shop"));
    }

    @Test
    void oneOfSeveralIsNamed() throws Exception {
        Path classes = compile(folder, SHOP, simulation("Clerks", ""));

        assertThat(GatlingCode.find(classes, Optional.of("mine.Clerks")).className())
                .isEqualTo("mine.Clerks");
        assertThatThrownBy(() -> GatlingCode.find(classes, Optional.empty()))
                .hasMessage("expected one of the simulations in " + folder + ", mine.Clerks, mine.Shop, found no name");
        assertThatThrownBy(() -> GatlingCode.find(classes, Optional.of("mine.Shops")))
                .hasMessage(
                        "expected one of the simulations in " + folder + ", mine.Clerks, mine.Shop, found mine.Shops");
    }

    @Test
    void whatIsNoSimulationIsRefused() throws Exception {
        Path project = Files.createDirectories(folder.resolve("project/src"));
        Path text = Files.writeString(folder.resolve("load.jar"), "no jar");
        Path none = compile(folder.resolve("none"), noSimulation("Helper"));

        assertThatThrownBy(() -> GatlingCode.find(folder.resolve("nothing.jar"), Optional.empty()))
                .hasMessageStartingWith("expected a jar or the folder of a Gatling project, found nothing at ");
        assertThatThrownBy(() -> GatlingCode.find(text, Optional.empty()))
                .hasMessageStartingWith("expected a jar, found " + text);
        assertThatThrownBy(() -> GatlingCode.find(project, Optional.empty()))
                .hasMessageStartingWith("expected a Gatling project that is compiled (`mvn test-compile`,");
        assertThatThrownBy(() -> GatlingCode.find(none, Optional.empty()))
                .hasMessageStartingWith("expected a class that extends io.gatling.javaapi.core.Simulation");
    }
}
