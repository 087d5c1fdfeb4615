package io.failoverlab.engine;

/**
 * One line of {@code lab doctor}.
 *
 * @param fix what to do about it; empty if all is well
 */
public record DoctorFinding(Level level, String subject, String found, String fix) {
    /** How bad it is. */
    public enum Level {
        OK,
        /** The lab works, something in it does not. */
        WARN,
        /** The lab does not work. */
        FAIL
    }

    static DoctorFinding ok(String subject, String found) {
        return new DoctorFinding(Level.OK, subject, found, "");
    }

    static DoctorFinding warn(String subject, String found, String fix) {
        return new DoctorFinding(Level.WARN, subject, found, fix);
    }

    static DoctorFinding fail(String subject, String found, String fix) {
        return new DoctorFinding(Level.FAIL, subject, found, fix);
    }

    @Override
    public String toString() {
        return String.format("%-4s  %-10s  %s%s", level, subject, found, fix.isEmpty() ? "" : "; " + fix);
    }
}
