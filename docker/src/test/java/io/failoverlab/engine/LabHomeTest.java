package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabHomeTest {
    @TempDir
    private Path folder;

    @Test
    void isTheNearestFolderUpwardsWithTheLauncherAndTheImages() throws IOException {
        Path module = Files.createDirectories(folder.resolve("docker/images")).getParent();
        Files.createFile(folder.resolve("lab"));

        assertThat(LabHome.above(module)).isEqualTo(new LabHome(folder));
        assertThat(LabHome.above(folder)).isEqualTo(new LabHome(folder));
    }

    @Test
    void whereThereIsNoneItIsSaidHowToNameIt() {
        assertThatThrownBy(() -> LabHome.above(folder))
                .hasMessage("expected the lab's folder at or above " + folder
                        + ", found none; start it with the launcher `lab`, or set -Dlab.home=FOLDER");
        assertThatThrownBy(() -> new LabHome(folder))
                .hasMessage("expected the lab's folder, with docker/images in it, found " + folder);
    }
}
