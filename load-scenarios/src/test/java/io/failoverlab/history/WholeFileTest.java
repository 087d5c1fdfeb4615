package io.failoverlab.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void writingThatBreaksOffLeavesWhatWasThere() throws IOException {
        Path file = WholeFile.write(folder.resolve("verdict.json"), "whole");

        assertThatThrownBy(() -> WholeFile.write(file, beside -> {
                    Files.writeString(beside, "ha");
                    throw new IOException("no space left");
                }))
                .hasMessage("no space left");

        assertThat(Files.readString(file)).isEqualTo("whole");
        assertThat(folder).isDirectoryContaining("glob:**verdict.json").isDirectoryNotContaining("glob:**.part");
    }
}
