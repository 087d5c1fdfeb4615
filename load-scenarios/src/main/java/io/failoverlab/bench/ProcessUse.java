package io.failoverlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has used so far of the processors, and now of memory, as Linux tells: user and system time of all its threads from
 * {@code /proc/PID/stat}, pages from {@code /proc/PID/smaps_rollup}.
 *
 * @param cpuSeconds since its start, in steps of 10 ms
 * @param rssBytes resident pages, those shared with other processes included
 * @param pssBytes resident pages, each divided by the number of processes that share it
 */
record ProcessUse(double cpuSeconds, long rssBytes, long pssBytes) {
    /** USER_HZ: what the kernel counts in towards programs, on every architecture that has a JDK (proc(5)). */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final Pattern KILOBYTES = Pattern.compile("(?m)^(Rss|Pss):\\s+(\\d+) kB$");

    ProcessUse {
        if (!(cpuSeconds >= 0) || rssBytes < 0 || pssBytes < 0) {
            throw new IllegalArgumentException("expected nothing below zero, found " + cpuSeconds + " s, " + rssBytes
                    + " and " + pssBytes + " bytes");
        }
    }

    /** @throws BenchFailed where it cannot be read: the process has ended, or this is no Linux */
    static ProcessUse of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return parse(Files.readString(process.resolve("stat")), Files.readString(process.resolve("smaps_rollup")));
        } catch (IOException failure) {
            throw new BenchFailed(
                    "expected to read what process " + pid + " uses from " + process
                            + ", which takes Linux 4.14 or later and a process that lives; found " + failure,
                    failure);
        }
    }

    static ProcessUse parse(String stat, String smapsRollup) {
        // The second field is the name in parentheses, which may hold blanks and parentheses itself.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        double ticks = Double.parseDouble(fields[USER_TIME]) + Double.parseDouble(fields[SYSTEM_TIME]);
        long rss = -1;
        long pss = -1;
        Matcher line = KILOBYTES.matcher(smapsRollup);
        while (line.find()) {
            long bytes = Long.parseLong(line.group(2)) * 1024;
            if (line.group(1).equals("Rss")) {
                rss = bytes;
            } else {
                pss = bytes;
            }
        }
        return new ProcessUse(ticks / TICKS_PER_SECOND, rss, pss);
    }
}
