package io.failoverlab.math;

import org.junit.jupiter.api.Test;

/** What expressions give. The tables called "published" are those of the CloudWatch User Guide, "Use metric math". */
class MetricMathTest {
    @Test
    void publishedComparisons() {
        MathTable.check("""
                m1 = 30 20 0 0
                m2 = 20 - 20 -
                m1 < m2               -> 0 0 1 0
                m1 >= 30              -> 1 0 0 0
                m1 > 15 AND m2 > 15   -> 1 0 0 0""");
    }

    @Test
    void publishedChoices() {
        MathTable.check("""
                m1 = 1 1 0 0 -
                m2 = 30 - 0 0 30
                m3 = 0 0 20 - 20
                IF(m1, m2, m3)   -> 30 0 20 - -
                IF(m1, 5, m3)    -> 5 5 20 - -
                IF(m1, m2, 5)    -> 30 0 5 5 -""");
    }

    @Test
    void choices() {
        MathTable.check("""
                m1 = 500 300 - 100
                m2 = 1 - 3 4
                IF(m1 < 400, m1)           -> - 300 - 100
                IF(m1 < 400, 10, 2)        -> 2 10 - 10
                IF(m1 > -1, m2)            -> 1 0 - 4
                IF(1, m1, m2)              -> 500 300 - 100
                IF(0, m1, m2)              -> 1 - 3 4
                IF(0, m1)                  -> - - - -
                IF(-0.5, m1, 7)            -> 500 300 - 100
                IF(SUM(m2) > 9, m1, 7)     -> 7 7 7 7
                m1 * IF(SUM(m2) > 5, 2, 3) -> 1000 600 - 200""");
    }

    @Test
    void arithmetic() {
        MathTable.check("""
                m1 = 6 3 - 0
                m2 = 2 - - 0
                m1 + m2              -> 8 3 - 0
                m1 - m2              -> 4 3 - 0
                m2 - m1              -> -4 -3 - 0
                m1 * m2              -> 12 0 - 0
                m1 / m2              -> 3 - - -
                m1 ^ 2               -> 36 9 - 0
                m1 + 1               -> 7 4 - 1
                -m1                  -> -6 -3 - 0
                m1 / 0               -> - - - -
                m1 / (0 * 5)         -> - - - -
                m1 * (1 / 0)         -> - - - -
                100 / [m1, m2]       -> 16.666667 33.333333 - - | 50 - - -
                [m1, m2] - m1        -> 0 0 - 0 | -4 -3 - 0
                m1 - [m1, m2]        -> 0 0 - 0 | 4 3 - 0
                SUM(-[m1, m2])       -> -8 -3 - 0
                METRICS() * 100      -> 600 300 - 0 | 200 - - 0""");
    }

    @Test
    void precedence() {
        MathTable.check("""
                m1 = 2
                m1 + 2 * 3           -> 8
                (m1 + 2) * 3         -> 12
                -m1 ^ 2              -> -4
                (-m1) ^ 2            -> 4
                m1 ^ 3 ^ 2           -> 512
                m1 ^ -1              -> 0.5
                10 - m1 - 3          -> 5
                m1 - -3              -> 5
                16 / m1 / 4          -> 2
                1 + m1 == 3          -> 1
                m1 > 1 || 0 && 0     -> 1
                (m1 > 1 || 0) && 0   -> 0
                m1 != 2 OR m1 <= 2   -> 1""");
    }

    @Test
    void pointByPoint() {
        MathTable.check("""
                m1 = -1.5 - 2.5 100
                m2 = 1 - 0 100
                ABS(m1)              -> 1.5 - 2.5 100
                CEIL(m1)             -> -1 - 3 100
                FLOOR(m1)            -> -2 - 2 100
                LOG10(m1)            -> - - 0.39794 2
                LOG(m2)              -> 0 - - 4.60517
                LOG10([m1, m2])      -> - - 0.39794 2 | 0 - - 2""");
    }

    @Test
    void stepsGoOverGaps() {
        MathTable.check("""
                m1 = 10 70 - 190 130
                DIFF(m1)             -> - 60 - 120 -60
                DIFF_TIME(m1)        -> - 60 - 120 60
                RATE(m1)             -> - 1 - 1 -1
                RUNNING_SUM(m1)      -> 10 80 - 270 400""");
    }

    @Test
    void reductions() {
        MathTable.check("""
                m1 = 2 - 4 6
                m2 = 5 - - 1
                TIME_SERIES(SUM(m1))             -> 12 12 12 12
                TIME_SERIES(AVG(m1))             -> 3 3 3 3
                TIME_SERIES(MIN(m1))             -> 2 2 2 2
                TIME_SERIES(MAX(m1))             -> 6 6 6 6
                TIME_SERIES(STDDEV(m2))          -> 2 2 2 2
                TIME_SERIES(DATAPOINT_COUNT(m1)) -> 3 3 3 3
                TIME_SERIES(METRIC_COUNT(METRICS())) -> 2 2 2 2
                TIME_SERIES(PERIOD(m1))          -> 60 60 60 60
                SUM([m1, m2])                    -> 7 - 4 7
                AVG([m1, m2])                    -> 3.5 - 2 3.5
                MIN([m1, m2])                    -> 2 - 4 1
                MAX([m1, m2])                    -> 5 - 4 6
                STDDEV([m1, m2])                 -> 1.5 - 0 2.5
                DATAPOINT_COUNT([m1, m2])        -> 2 - 1 2
                m1 / SUM(m1)                     -> 0.166667 - 0.333333 0.5""");
    }

    @Test
    void whatIsEmptyReducesToNothing() {
        MathTable.check("""
                m1 = - -
                m2 = 1 2
                m2 + MAX(m1)                     -> - -
                TIME_SERIES(SUM(m1))             -> 0 0
                SUM([m1, m1])                    -> - -
                REMOVE_EMPTY(METRICS())          -> 1 2
                FIRST(METRICS("nothing"))        -> - -
                METRICS("nothing")               ->""");
    }

    @Test
    void filling() {
        MathTable.check("""
                m1 = - 10 - - 40 -
                m2 = 1 2 3 - 5 6
                FILL(m1, 0)          -> 0 10 0 0 40 0
                FILL(m1, REPEAT)     -> - 10 10 10 40 40
                FILL(m1, LINEAR)     -> - 10 20 30 40 -
                FILL(m1, m2)         -> 1 10 3 - 40 6
                FILL(m1, MIN(m1))    -> 10 10 10 10 40 10
                FILL(METRICS(), 7)   -> 7 10 7 7 40 7 | 1 2 3 7 5 6
                FILL(METRICS(), m2)  -> 1 10 3 - 40 6 | 1 2 3 - 5 6""");
    }

    @Test
    void calendar() {
        MathTable.check("""
                m1 = 1 - 1
                MINUTE(m1)           -> 4 5 6
                HOUR(m1)             -> 3 3 3
                DAY(m1)              -> 5 5 5
                DATE(m1)             -> 2 2 2
                MONTH(m1)            -> 1 1 1
                YEAR(m1)             -> 2026 2026 2026
                EPOCH(m1)            -> 1767323040 1767323100 1767323160
                IF(DAY(m1) < 6, m1)  -> 1 0 1""");
    }

    @Test
    void arraysAreSortedAndCut() {
        MathTable.check("""
                a = 1 9
                b = 6 6
                c = - 2
                d = - -
                SORT(METRICS(), AVG, DESC)        -> 6 6 | 1 9 | - 2 | - -
                SORT(METRICS(), MAX, DESC)        -> 1 9 | 6 6 | - 2 | - -
                SORT(METRICS(), MIN, ASC)         -> 1 9 | - 2 | 6 6 | - -
                SORT(METRICS(), SUM, ASC, 2)      -> - 2 | 1 9
                FIRST(SORT(METRICS(), SUM, DESC)) -> 6 6
                LAST(METRICS())                   -> - -
                SLICE(METRICS(), 1)               -> 6 6 | - 2 | - -
                SLICE(METRICS(), 1, 3)            -> 6 6 | - 2
                SLICE(METRICS(), 3, 2)            ->
                [METRICS("a"), METRICS("c")]      -> 1 9 | - 2""");
    }
}
