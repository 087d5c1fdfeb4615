package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.telemetry.Telemetry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The parameter group of a database that runs. Dynamic parameters are in force at once, static ones after the next restart
 * (RDS User Guide, "Working with DB parameter groups").
 */
public final class DbParameters {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int READ_ONLY_VARIABLE = 1238;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,19}");

    /** When a change comes into force, as RDS names it. */
    public enum ApplyMethod {
        IMMEDIATE("immediate"),
        PENDING_REBOOT("pending-reboot");

        private final String word;

        ApplyMethod(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** What became of one parameter. */
    public record Change(String name, String value, ApplyMethod method) {}

    private final String group;
    private final ParameterFile file;
    private final Supplier<List<DbInstance>> servers;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;

    /**
     * @param group its name
     * @param servers of the database, the one that takes writes first
     */
    public DbParameters(
            String group,
            ParameterFile file,
            Supplier<List<DbInstance>> servers,
            LabScheduler scheduler,
            Telemetry telemetry) {
        this.group = group;
        this.file = file;
        this.servers = servers;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    /**
     * Sets parameters: all of them, or none if one is refused.
     *
     * @param values by name, formulas worked out
     * @throws IllegalArgumentException with everything that MySQL refuses, in its words
     * @throws io.failoverlab.ec2.NotRunning if a server does not run
     */
    public synchronized List<Change> modify(Map<String, String> values) {
        List<DbInstance> all = servers.get();
        all.forEach(server -> server.instance().requireRunning());
        List<String> refused = ParameterCheck.problems(values, command -> run(all.getFirst(), command));
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected parameters that MySQL takes, found " + String.join("\n  ", refused));
        }
        List<Change> changes = new ArrayList<>();
        values.forEach((name, value) -> changes.add(set(all, name, value)));
        return changes;
    }

    private static ExecResult run(DbInstance server, String... command) {
        return server.instance().run(command);
    }

    private Change set(List<DbInstance> all, String name, String value) {
        Instant now = scheduler.instant();
        ApplyMethod method = ApplyMethod.IMMEDIATE;
        for (DbInstance server : all) {
            method = setOn(server, name, value);
        }
        Optional<Instant> since = method == ApplyMethod.PENDING_REBOOT ? Optional.of(now) : Optional.empty();
        file.set(name, new ParameterFile.Setting(value, since));
        telemetry.happened(RdsEvent.PARAMETER_UPDATED.of(now, group, name, value, method.word()));
        return new Change(name, value, method);
    }

    private static ApplyMethod setOn(DbInstance server, String name, String value) {
        try (Connection connection = server.administer(LIMIT)) {
            try (Statement statement = connection.createStatement()) {
                // Otherwise MySQL takes the nearest value that it allows, and only warns.
                statement.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES'");
            }
            // The name has been checked to be one; the driver writes the value.
            try (PreparedStatement statement = connection.prepareStatement("SET GLOBAL " + name + " = ?")) {
                Optional<Long> number = number(value);
                if (number.isPresent()) {
                    statement.setLong(1, number.get());
                } else {
                    statement.setString(1, value);
                }
                statement.execute();
            }
            return ApplyMethod.IMMEDIATE;
        } catch (SQLException refused) {
            if (refused.getErrorCode() == READ_ONLY_VARIABLE) {
                return ApplyMethod.PENDING_REBOOT;
            }
            throw new IllegalArgumentException(
                    "expected a parameter that MySQL takes, found " + name + " = " + value + ": "
                            + refused.getMessage(),
                    refused);
        }
    }

    /** A whole number, also as option files have it: 64M. */
    static Optional<Long> number(String value) {
        int shift = value.isEmpty()
                ? 0
                : switch (Character.toUpperCase(value.charAt(value.length() - 1))) {
                    case 'K' -> 10;
                    case 'M' -> 20;
                    case 'G' -> 30;
                    default -> 0;
                };
        String digits = shift == 0 ? value : value.substring(0, value.length() - 1);
        return WHOLE_NUMBER.matcher(digits).matches() ? Optional.of(Long.parseLong(digits) << shift) : Optional.empty();
    }

    /** The name of the group. */
    public String group() {
        return group;
    }

    /** The values by name. */
    public Map<String, ParameterFile.Setting> settings() {
        return file.read();
    }

    /** The parameters that were set and wait for a restart of a server. */
    public List<String> pendingReboot() {
        // One that is being made anew reads the file when it starts.
        List<Instant> starts = servers.get().stream()
                .flatMap(server -> server.instance().container().startedAt().stream())
                .toList();
        return file.read().entrySet().stream()
                .filter(it -> it.getValue()
                        .since()
                        .filter(since -> starts.stream().anyMatch(since::isAfter))
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }
}
