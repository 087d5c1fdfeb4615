package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.topology.Redundancy;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandbyLookTest {
    @ParameterizedTest
    @CsvSource({"COLD, cold", "COLD_SNAPSHOT, cold-snapshot"})
    void aStandbyThatIsStoppedOnPurposeIsNotCalledSilent(Redundancy kind, String label) {
        assertThatThrownBy(() -> StandbyLook.gap(new StoppedStandby(), kind, Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("db-2 is stopped on purpose, as a " + label
                        + " standby is; it is started only for a primary that failed");
    }

    /** db-1 runs, db-2 does not, and nobody may ask or change either. */
    private static final class StoppedStandby implements MultiAzServers {
        @Override
        public String primary() {
            return "db-1";
        }

        @Override
        public String standby() {
            return "db-2";
        }

        @Override
        public boolean knows(String server) {
            return server.equals("db-1") || server.equals("db-2");
        }

        @Override
        public boolean hasEnded(String server) {
            return server.equals("db-2");
        }

        @Override
        public boolean isConnected(String server) {
            return true;
        }

        @Override
        public boolean mayRun(String server) {
            return true;
        }

        @Override
        public ServerAgent agent(String server) {
            throw new AssertionError("asked " + server);
        }

        @Override
        public void primaryIs(String server) {
            throw unwanted(server);
        }

        @Override
        public void fence(String server) {
            throw unwanted(server);
        }

        @Override
        public void lead(String server) {
            throw unwanted(server);
        }

        @Override
        public void start(String server) {
            throw unwanted(server);
        }

        @Override
        public void stop(String server) {
            throw unwanted(server);
        }

        @Override
        public void snapshot() {
            throw unwanted("db-1");
        }

        @Override
        public void restore(String server) {
            throw unwanted(server);
        }

        @Override
        public void replace(String server) {
            throw unwanted(server);
        }

        private static AssertionError unwanted(String server) {
            return new AssertionError("changed " + server);
        }
    }
}
