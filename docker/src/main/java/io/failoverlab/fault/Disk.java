package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.rds.Storage;

/**
 * The file system that an instance writes to.
 *
 * @param folder on it
 * @param kind as {@code stat -f} calls it
 * @param totalBytes of it
 * @param freeBytes of it
 */
record Disk(String folder, String kind, long totalBytes, long freeBytes) {
    private static final String IN_MEMORY = "tmpfs";
    private static final String QUESTION = "d=/tmp; if [ -w " + Storage.DATA_FOLDER + " ]; then d="
            + Storage.DATA_FOLDER + "; fi; echo $d $(stat -f -c '%T %S %b %a' $d)";

    /** A database's is where its data is, any other's where it writes temporary files: the rest it cannot write to. */
    static Disk of(Ec2Instance instance) {
        ExecResult answer = instance.run("sh", "-c", QUESTION);
        try {
            return parse(answer.stdout().strip());
        } catch (NumberFormatException unknown) {
            throw new NotRunning("expected the file system of " + instance.name() + ", found \""
                    + (answer.stdout() + answer.stderr()).strip() + "\"");
        }
    }

    /** @throws NumberFormatException if it is something else than folder, kind, block size, blocks and free blocks */
    static Disk parse(String text) {
        String[] parts = text.split(" ");
        if (parts.length != 5) {
            throw new NumberFormatException(text);
        }
        long block = Long.parseLong(parts[2]);
        return new Disk(parts[0], parts[1], Long.parseLong(parts[3]) * block, Long.parseLong(parts[4]) * block);
    }

    /** Whether it has an end of its own: any other kind is as large as this machine's disk. */
    boolean isOwn() {
        return kind.equals(IN_MEMORY);
    }

    /** How much has to be written for that share to be in use; not positive if it is already. */
    long missing(int percent) {
        return totalBytes / 100 * percent + totalBytes % 100 * percent / 100 - (totalBytes - freeBytes);
    }

    long percentUsed() {
        return totalBytes == 0 ? 0 : (totalBytes - freeBytes) * 100 / totalBytes;
    }

    @Override
    public String toString() {
        return folder + " " + percentUsed() + " % full, " + (freeBytes >> 10) + " KiB free";
    }
}
