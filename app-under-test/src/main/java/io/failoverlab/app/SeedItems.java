package io.failoverlab.app;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/** Flyway migration 2: fills the catalogue. */
final class SeedItems implements JavaMigration {
    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("2");
    }

    @Override
    public String getDescription() {
        return "items";
    }

    /** Of the data, so that a change to it is refused where the old data is in use already. */
    @Override
    public Integer getChecksum() {
        CRC32 checksum = new CRC32();
        for (Item item : ItemSeeds.all()) {
            String line = item.id() + "," + item.sku() + "," + item.name() + "," + item.priceCents() + "\n";
            checksum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return (int) checksum.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        String sql = "INSERT INTO items (id, sku, name, price_cents) VALUES (?, ?, ?, ?)";
        try (PreparedStatement statement = context.getConnection().prepareStatement(sql)) {
            for (Item item : ItemSeeds.all()) {
                statement.setLong(1, item.id());
                statement.setString(2, item.sku());
                statement.setString(3, item.name());
                statement.setLong(4, item.priceCents());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
