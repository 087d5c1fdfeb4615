package io.failoverlab.simulator;

/** Which lab fails a simulated database over; all but the first are wrong, for the tests. */
enum FailoverLab {
    REAL,
    /** Semi-synchronous replication falls back after a time-out, and the old primary is left as it is. */
    FALLS_BACK_AND_DOES_NOT_FENCE,
    TAKES_THE_OLD_PRIMARY_BACK,
    RELEASES_WRITES_UNTOLD,
    LEAVES_WRITES_WAITING,
    COPIES_WHILE_WRITES_WAIT,
    TELLS_WHO_WAITS_BEFORE_IT_COPIES,
    TELLS_WHO_WAITS_WHEN_IT_REOPENS,
    /** Orders have no numbers and are carried out to their end, and its end is taken for that of one like it. */
    TAKES_A_LATE_ORDER_FOR_ONE_LIKE_IT,
    TAKES_A_RESTARTED_STANDBY_FOR_ONE,
    TAKES_A_SHUT_PRIMARY_FOR_OPEN
}
