package io.failoverlab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads {@link Settings} from the environment. Missing keys, unknown {@code SHOP_} keys and bad values are collected,
 * so that one start shows all of them.
 */
final class SettingsParser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern URL = Pattern.compile("jdbc:mysql://[^/?@\\s]+/[A-Za-z0-9_]+(\\?\\S*)?");
    private static final Pattern OWN_PROPERTY =
            Pattern.compile("[?&](connectTimeout|socketTimeout|user|password)=", Pattern.CASE_INSENSITIVE);
    /** HikariCP takes no shorter time-outs than this. */
    private static final int SHORTEST_POOL_TIMEOUT_MS = 250;

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> known = new TreeSet<>();

    private SettingsParser(Map<String, String> environment) {
        this.environment = environment;
    }

    static Settings parse(Map<String, String> environment) throws InvalidSettingsException {
        return new SettingsParser(environment).settings();
    }

    private Settings settings() throws InvalidSettingsException {
        String bind = name("SHOP_BIND", "0.0.0.0", Pattern.compile("[0-9A-Za-z.:-]{1,253}"), "an address");
        int port = number("SHOP_PORT", 8080, 0, 65535);
        String instanceId = name("SHOP_INSTANCE_ID", null, NAME, "an instance id such as i-0123456789abcdef0");
        String zone = name("SHOP_AVAILABILITY_ZONE", null, NAME, "a zone such as ap-northeast-1a");
        String url = url("SHOP_DB_URL");
        Optional<String> reader = readerUrl();
        String user = name("SHOP_DB_USER", null, Pattern.compile("\\S{1,32}"), "a MySQL user name");
        String password = password();
        Duration connect = millis("SHOP_DB_CONNECT_TIMEOUT_MS", 1000, 1, 60_000);
        Duration socket = millis("SHOP_DB_SOCKET_TIMEOUT_MS", 3000, 100, 600_000);
        int poolSize = number("SHOP_DB_POOL_SIZE", 10, 1, 1000);
        Duration poolTimeout = millis("SHOP_DB_POOL_TIMEOUT_MS", 1000, SHORTEST_POOL_TIMEOUT_MS, 60_000);
        Duration drain = millis("SHOP_DRAIN_MS", 5000, 0, 3_600_000);
        int dnsTtl = number("SHOP_DNS_TTL_SECONDS", App.DNS_TTL_SECONDS, -1, 86_400);
        refuseUnknownKeys();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        DatabaseSettings database =
                new DatabaseSettings(url, user, new Secret(password), connect, socket, poolSize, poolTimeout);
        return new Settings(bind, port, instanceId, zone, database, reader, dnsTtl, drain);
    }

    private String value(String key, String fallback, String expected) {
        known.add(key);
        String value = environment.getOrDefault(key, fallback);
        if (value == null) {
            problems.add(key + " is missing: expected " + expected);
        }
        return value;
    }

    private String name(String key, String fallback, Pattern pattern, String expected) {
        String value = value(key, fallback, expected);
        if (value != null && !pattern.matcher(value).matches()) {
            problems.add(key + ": expected " + expected + ", found '" + value + "'");
        }
        return value;
    }

    private int number(String key, int fallback, int least, int most) {
        known.add(key);
        String value = environment.get(key);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below, together with numbers out of range
        }
        problems.add(key + ": expected a whole number from " + least + " to " + most + ", found '" + value + "'");
        return fallback;
    }

    private Duration millis(String key, int fallback, int least, int most) {
        return Duration.ofMillis(number(key, fallback, least, most));
    }

    private Optional<String> readerUrl() {
        String key = "SHOP_DB_READER_URL";
        known.add(key);
        return environment.containsKey(key) ? Optional.ofNullable(url(key)) : Optional.empty();
    }

    private String url(String key) {
        String expected = "jdbc:mysql://host:3306/shop";
        String url = value(key, null, expected);
        if (url == null) {
            return null;
        }
        if (url.contains("@") || OWN_PROPERTY.matcher(url).find()) {
            // not printed: it may carry a password
            problems.add(key + ": expected " + expected + " without user, password and time-outs;"
                    + " they have settings of their own (SHOP_DB_USER, SHOP_DB_PASSWORD_FILE, SHOP_DB_*_TIMEOUT_MS)");
        } else if (!URL.matcher(url).matches()) {
            problems.add(key + ": expected " + expected + ", found '" + url + "'");
        }
        return url;
    }

    private String password() {
        String key = "SHOP_DB_PASSWORD_FILE";
        String file = value(key, null, "the path of a file that holds the password");
        if (file == null) {
            return null;
        }
        try {
            String password = Files.readString(Path.of(file)).strip();
            if (password.isEmpty()) {
                problems.add(key + ": expected a password in " + file + ", found an empty file");
            }
            return password;
        } catch (IOException | InvalidPathException e) {
            problems.add(key + ": expected a readable file, found '" + file + "' ("
                    + e.getClass().getSimpleName() + ")");
            return null;
        }
    }

    private void refuseUnknownKeys() {
        for (String key : new TreeSet<>(environment.keySet())) {
            if (key.startsWith("SHOP_") && !known.contains(key)) {
                problems.add(key + " is not a setting of the shop; did you mean " + NearestName.to(key, known) + "?");
            }
        }
    }
}
