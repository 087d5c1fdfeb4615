package io.failoverlab.environment;

import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Every connection that a server gives to applications, and none left for others. */
final class Connections implements AutoCloseable {
    private static final int TOO_MANY = 1040;

    private final List<Connection> open = new ArrayList<>();

    /** @param folder of the run, in which the application's secrets are */
    static Connections all(DbInstance server, Path folder) throws IOException, SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", DbCredentials.USER);
        properties.setProperty(
                "password",
                Files.readString(folder.resolve("web-secrets").resolve("db-password"))
                        .strip());
        properties.setProperty("sslMode", "DISABLED");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        Connections taken = new Connections();
        try {
            while (true) {
                taken.open.add(DriverManager.getConnection(server.url(), properties));
            }
        } catch (SQLException refused) {
            if (refused.getErrorCode() != TOO_MANY) {
                taken.close();
                throw refused;
            }
            return taken;
        }
    }

    @Override
    public void close() {
        release();
    }

    void release() {
        for (Connection connection : open) {
            try {
                connection.close();
            } catch (SQLException ended) {
                // with its server
            }
        }
        open.clear();
    }
}
