package io.failoverlab.store;

import java.util.List;

/** The tables; PRAGMA user_version counts their versions. The last column of every row is its {@link RowChecksum}. */
final class Schema {
    /**
     * Datapoints are written twice: as they arrive, many in one row of {@code tick}, which costs little; and later, put in order,
     * in {@code chunk}, which is read. One transaction moves them from one to the other. Both hold bytes that only the monitor
     * understands; who wants datapoints asks its API.
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
              resolution INTEGER NOT NULL, -- 1 or 60
              newest INTEGER NOT NULL, -- second of the newest datapoint when it was last saved
              crc INTEGER NOT NULL)""",
            """
            CREATE TABLE tick (
              number INTEGER PRIMARY KEY,
              data BLOB NOT NULL, -- see class Tick
              crc INTEGER NOT NULL)""",
            """
            CREATE TABLE chunk (
              resolution INTEGER NOT NULL, -- in seconds
              start INTEGER NOT NULL, -- second since 1970
              series INTEGER NOT NULL,
              statistics BLOB NOT NULL, -- see class Chunk
              vals BLOB,
              crc INTEGER NOT NULL,
              PRIMARY KEY (resolution, start, series)) WITHOUT ROWID""",
            """
            CREATE TABLE rolled_up (
              resolution INTEGER NOT NULL UNIQUE,
              until INTEGER NOT NULL, -- datapoints before this second are in chunks of the resolution
              crc INTEGER NOT NULL)""",
            """
            CREATE TABLE alarm (
              account TEXT NOT NULL,
              region TEXT NOT NULL,
              name TEXT NOT NULL,
              definition TEXT NOT NULL, -- JSON
              state TEXT NOT NULL,
              reason TEXT NOT NULL,
              reason_data TEXT NOT NULL,
              explanation TEXT NOT NULL, -- why, for people
              since INTEGER NOT NULL, -- milliseconds
              suppression TEXT, -- JSON: what the actions wait for, NULL if they do not
              crc INTEGER NOT NULL,
              PRIMARY KEY (account, region, name))""",
            """
            CREATE TABLE alarm_history (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL UNIQUE,
              account TEXT NOT NULL,
              region TEXT NOT NULL,
              alarm TEXT NOT NULL,
              alarm_type TEXT NOT NULL,
              type TEXT NOT NULL,
              time INTEGER NOT NULL, -- milliseconds
              summary TEXT NOT NULL,
              data TEXT NOT NULL,
              crc INTEGER NOT NULL)""",
            "CREATE INDEX alarm_history_time ON alarm_history (time)",
            """
            CREATE TABLE notification ( -- what receivers are to get
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              body TEXT NOT NULL,
              crc INTEGER NOT NULL)""",
            """
            CREATE TABLE receiver (
              name TEXT PRIMARY KEY,
              delivered INTEGER NOT NULL, -- every notification up to this number
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
