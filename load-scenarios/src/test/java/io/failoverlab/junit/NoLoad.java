package io.failoverlab.junit;

import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.experiment.Underway;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A load of nothing. */
class NoLoad implements Underway, LoadRun.Awaiting {
    @Override
    public void await(Duration sinceStart) {}

    @Override
    public ActiveFault inject(Fault fault, String where, Optional<Duration> limit) {
        throw new UnsupportedOperationException("nothing is there to be hurt");
    }

    @Override
    public void injectAsPlanned() {}

    @Override
    public RunOutcome finish(Map<String, String> expectations) {
        throw new UnsupportedOperationException("nothing was measured");
    }

    @Override
    public void close() {}

    @Override
    public String alarm(String name, String wanted, Duration limit) {
        return wanted;
    }

    @Override
    public String outOfService(Duration limit) {
        return "";
    }
}
