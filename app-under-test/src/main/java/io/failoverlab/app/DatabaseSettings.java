package io.failoverlab.app;

import java.time.Duration;
import java.util.Properties;

/**
 * How to reach the database and how long to wait for it.
 *
 * <p>Connector/J encrypts where the server can ({@code sslMode=PREFERRED}). Over TLS a server that freezes costs up to
 * twice the socket time-out, since closing the socket waits for the other side's farewell; {@code sslMode=DISABLED} in
 * the URL (with {@code allowPublicKeyRetrieval=true}) makes it once.
 *
 * @param url JDBC URL without credentials and without time-outs
 * @param connectTimeout for a TCP connection and its handshake
 * @param socketTimeout for one answer of the server; Connector/J's own default is to wait for ever, which after a
 *     failover means the kernel's 15 minutes of retransmission
 * @param poolTimeout for a free connection of the pool
 */
record DatabaseSettings(
        String url,
        String user,
        Secret password,
        Duration connectTimeout,
        Duration socketTimeout,
        int poolSize,
        Duration poolTimeout) {

    /** Connector/J's properties, with the socket time-out given, since a migration may take longer than a request. */
    Properties driverProperties(Duration socketTimeout) {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", Long.toString(connectTimeout.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(socketTimeout.toMillis()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logger", "com.mysql.cj.log.Slf4JLogger");
        // InnoDB waits 50 s for a lock: it must give up before the socket does, or a waiting request costs a
        // connection.
        long lockWait = Math.max(1, socketTimeout.toSeconds() - 1);
        properties.setProperty("sessionVariables", "innodb_lock_wait_timeout=" + lockWait);
        return properties;
    }

    /** The same at another address. */
    DatabaseSettings at(String otherUrl) {
        return new DatabaseSettings(otherUrl, user, password, connectTimeout, socketTimeout, poolSize, poolTimeout);
    }
}
