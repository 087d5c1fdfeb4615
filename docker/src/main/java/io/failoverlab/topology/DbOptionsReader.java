package io.failoverlab.topology;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the section {@code database} of a topology says beside class, zone and address. */
final class DbOptionsReader {
    private final Section section;

    DbOptionsReader(Section section) {
        this.section = section;
    }

    DbOptions read() {
        OptionalLong storage = section.parsed("allocated-storage", StorageSize.FORM, StorageSize::parse)
                .value()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        return new DbOptions(parameterGroup(section.section("parameter-group")), backups(), storage);
    }

    private static ParameterGroup parameterGroup(Section group) {
        Field<String> name = group.parsed("name", Names.FORM, Names::require);
        Field<String> family = group.parsed("family", ParameterGroup.FAMILY_FORM, ParameterGroup::requireFamily);
        SortedMap<String, String> parameters = parameters(group.section("parameters"));
        group.rejectUnknownKeys();
        return new ParameterGroup(name.orElse(ParameterGroup.DEFAULT.name()), family.value(), parameters);
    }

    private static SortedMap<String, String> parameters(Section section) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String name : section.keys()) {
            // Numbers, and words such as ON, are values as they are written.
            Field<String> value = section.parsed(name, "a value", text -> text);
            value.value().ifPresent(it -> {
                try {
                    ParameterGroup.requireParameter(name, it);
                    parameters.put(name, it);
                } catch (IllegalArgumentException refused) {
                    String[] parts = refused.getMessage().split("expected |, found ", 3);
                    value.reject(parts[1] + " in database.parameter-group.parameters", parts[2], "");
                }
            });
        }
        return parameters;
    }

    private BackupPolicy backups() {
        Field<Integer> retention = section.integer("backup-retention-period", 0, BackupPolicy.MAX_RETENTION_DAYS);
        int days = retention.orElse(BackupPolicy.DEFAULT.retentionDays());
        if (days == 0 && section.keys().contains("read-replica")) {
            retention.reject(
                    "a database.backup-retention-period of 1 or more with database.read-replica",
                    "0",
                    "as on RDS, a replica is made of a database that has automated backups");
        }
        return section.parsed("preferred-backup-window", BackupPolicy.WINDOW_FORM, BackupPolicy.DEFAULT::withWindow)
                .orElse(BackupPolicy.DEFAULT)
                .withRetentionDays(days);
    }
}
