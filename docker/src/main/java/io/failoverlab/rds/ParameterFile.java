package io.failoverlab.rds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a database as the option file that its server reads when it starts. What was set and needs a restart says
 * since when, so that the file alone tells what is pending.
 */
public final class ParameterFile {
    /** Where the server looks for it. */
    public static final String MOUNTED_AT = "/etc/mysql/conf.d";

    private static final Pattern LINE = Pattern.compile("(\\S+) = (.*?)(?: # since (\\S+))?");

    /**
     * One parameter.
     *
     * @param since when it was set, if only a restart after that brings it into force
     */
    public record Setting(String value, Optional<Instant> since) {}

    private final Path file;

    /** @param folder that only servers of this database get to see */
    public ParameterFile(Path folder) {
        this.file = folder.resolve("lab.cnf");
    }

    /** Begins with these values, all of which the first start brings into force. */
    public void begin(Map<String, String> values) {
        Map<String, Setting> settings = new TreeMap<>();
        values.forEach((name, value) -> settings.put(name, new Setting(value, Optional.empty())));
        write(settings);
    }

    synchronized void set(String name, Setting setting) {
        Map<String, Setting> settings = read();
        settings.put(name, setting);
        write(settings);
    }

    /** The settings by name. */
    public synchronized Map<String, Setting> read() {
        Map<String, Setting> settings = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    settings.put(
                            parts.group(1),
                            new Setting(
                                    parts.group(2),
                                    Optional.ofNullable(parts.group(3)).map(Instant::parse)));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the parameters in " + file + " could not be read", failure);
        }
        return settings;
    }

    private void write(Map<String, Setting> settings) {
        StringBuilder text = new StringBuilder("[mysqld]\n");
        settings.forEach((name, setting) -> {
            text.append(name).append(" = ").append(setting.value());
            setting.since().ifPresent(at -> text.append(" # since ").append(at));
            text.append('\n');
        });
        Path next = file.resolveSibling("lab.next");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("the parameters could not be written to " + file, failure);
        }
    }
}
