package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads files out of a container through the engine, which needs no process in it: also out of one that has ended. */
final class ContainerFiles {
    private ContainerFiles() {}

    static void read(DockerClient client, String id, String folder, EngineContainer.FileReader reader) {
        try (InputStream stream = Requests.answer(
                        folder,
                        () -> client.copyArchiveFromContainerCmd(id, folder).exec());
                TarArchiveInputStream files = new TarArchiveInputStream(stream)) {
            for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                if (entry.isFile()) {
                    // The first part is the folder's own name.
                    reader.file(entry.getName().substring(entry.getName().indexOf('/') + 1), files);
                }
            }
        } catch (EngineException failure) {
            if (!(failure.getCause() instanceof NotFoundException)) {
                throw failure;
            }
        } catch (IOException failure) {
            throw new EngineException("the files in " + folder + " could not be read", failure);
        }
    }
}
