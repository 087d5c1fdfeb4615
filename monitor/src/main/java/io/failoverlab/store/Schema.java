package io.failoverlab.store;

import java.util.List;

/** The tables; PRAGMA user_version counts their versions. The last column of every row is its {@link RowChecksum}. */
final class Schema {
    /**
     * A datapoint's row is never changed: what arrives later for the same second is a row of a later batch, and reading adds them
     * up. So a batch is only ever appended, and whether it was committed decides about it as a whole.
     */
    static final List<String> VERSION_3 = List.of(
            """
            CREATE TABLE series (
              id INTEGER PRIMARY KEY,
              account TEXT NOT NULL,
              region TEXT NOT NULL,
              namespace TEXT NOT NULL,
              name TEXT NOT NULL,
              dimensions TEXT NOT NULL, -- a JSON object, its keys sorted
              unit TEXT NOT NULL,
              UNIQUE (account, region, namespace, name, dimensions, unit))""",
            """
            CREATE TABLE datapoint (
              series INTEGER NOT NULL REFERENCES series,
              second INTEGER NOT NULL, -- since 1970
              batch INTEGER NOT NULL,
              samples REAL NOT NULL,
              sum REAL NOT NULL,
              minimum REAL NOT NULL,
              maximum REAL NOT NULL,
              PRIMARY KEY (series, second, batch)) WITHOUT ROWID""",
            """
            CREATE TABLE distribution ( -- the values of a datapoint, where they differ and are known
              series INTEGER NOT NULL REFERENCES series,
              second INTEGER NOT NULL,
              batch INTEGER NOT NULL,
              data BLOB NOT NULL,
              PRIMARY KEY (series, second, batch)) WITHOUT ROWID""",
            "CREATE TABLE last_batch (number INTEGER NOT NULL)",
            "INSERT INTO last_batch VALUES (0)",
            """
            CREATE TABLE alarm (
              account TEXT NOT NULL,
              region TEXT NOT NULL,
              name TEXT NOT NULL,
              definition TEXT NOT NULL, -- JSON
              state TEXT NOT NULL,
              reason TEXT NOT NULL,
              reason_data TEXT NOT NULL,
              since INTEGER NOT NULL, -- milliseconds
              crc INTEGER NOT NULL,
              PRIMARY KEY (account, region, name))""",
            """
            CREATE TABLE alarm_history (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL UNIQUE,
              account TEXT NOT NULL,
              region TEXT NOT NULL,
              alarm TEXT NOT NULL,
              type TEXT NOT NULL,
              time INTEGER NOT NULL, -- milliseconds
              summary TEXT NOT NULL,
              data TEXT NOT NULL,
              notification TEXT, -- what receivers are to get, NULL if nobody is told
              crc INTEGER NOT NULL)""",
            "CREATE INDEX alarm_history_time ON alarm_history (time)",
            """
            CREATE TABLE webhook (
              url TEXT PRIMARY KEY,
              delivered INTEGER NOT NULL, -- every notification up to this number of alarm_history
              crc INTEGER NOT NULL)""",
            """
            CREATE TABLE event (
              number INTEGER PRIMARY KEY,
              time INTEGER NOT NULL, -- microseconds
              source TEXT NOT NULL,
              detail_type TEXT NOT NULL,
              body TEXT NOT NULL,
              crc INTEGER NOT NULL)""",
            "CREATE INDEX event_time ON event (time)",
            """
            CREATE TABLE dashboard (
              account TEXT NOT NULL,
              name TEXT NOT NULL,
              body TEXT NOT NULL, -- JSON
              modified INTEGER NOT NULL, -- milliseconds
              crc INTEGER NOT NULL,
              PRIMARY KEY (account, name))""",
            """
            CREATE TABLE tag (
              arn TEXT NOT NULL,
              key TEXT NOT NULL,
              value TEXT NOT NULL,
              crc INTEGER NOT NULL,
              PRIMARY KEY (arn, key))""");

    private Schema() {}
}
