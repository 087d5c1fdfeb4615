package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.time.Instant;

/**
 * Processes that the lab runs in an instance. Each ends by itself at its time limit, also if the lab is gone by then.
 *
 * @param file in the instance, with their ids
 */
record Workers(Ec2Instance instance, String file) {
    /** Whoever is neither gone nor a zombie counts. */
    private static final String RUNNING = """
            running() {
                n=0
                for p in $(cat "$1" 2>/dev/null); do
                    case "$(sed -n 's/^State:[^A-Z]*\\([A-Z]\\).*/\\1/p' "/proc/$p/status" 2>/dev/null)" in
                        '' | Z) ;;
                        *) n=$((n + 1)) ;;
                    esac
                done
                echo $n
            }
            """;

    private static final String START = """
            n=0
            while [ $n -lt "$1" ]; do
                timeout -k 2 "$2" sh -c "$3" worker $n > /dev/null 2>&1 &
                echo $! >> "$4"
                n=$((n + 1))
            done
            """;

    private static final String END = RUNNING + """
            kill $(cat "$1" 2>/dev/null) 2>/dev/null
            tries=0
            while [ "$(running "$1")" != 0 ] && [ $tries -lt 50 ]; do
                sleep 0.1
                tries=$((tries + 1))
            done
            running "$1"
            """;

    /** @param what they do, one word */
    static Workers of(Ec2Instance instance, String what, Instant now) {
        return new Workers(instance, "/tmp/lab-" + what + "-" + now.toEpochMilli());
    }

    /**
     * Starts that many.
     *
     * @param script of the shell, its first argument the worker's number
     * @return why it could not be done; empty if it could
     */
    String start(int number, Duration limit, String script) {
        ExecResult started = instance.run(
                "sh",
                "-c",
                START,
                "start",
                Integer.toString(number),
                Long.toString(Math.max(1, limit.toSeconds())),
                script,
                file);
        return started.exitCode() == 0 ? "" : started.stderr().strip();
    }

    int running() {
        return count(instance.run("sh", "-c", RUNNING + "running \"$1\"", "count", file));
    }

    /** Ends them, and returns how many run on. */
    int end() {
        return count(instance.run("sh", "-c", END, "end", file));
    }

    /** An instance without a shell has none of them. */
    private static int count(ExecResult counted) {
        String text = counted.stdout().strip();
        return text.matches("\\d+") ? Integer.parseInt(text) : 0;
    }
}
