package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactTest {
    @Test
    void aHostThatRefusesIsThere() {
        assertThat(Contact.reaches("127.0.0.1", Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void bothAreNeededWhereThePrimaryWaitsForTheOther() {
        Contact alone = new Contact("db-1", Optional.empty(), "db-1"::equals);
        Contact withoutStandby = new Contact("db-1", Optional.of("db-2"), "db-1"::equals);
        Contact withoutPrimary = new Contact("db-1", Optional.of("db-2"), "db-2"::equals);

        assertThat(alone.isThere()).isTrue();
        assertThat(withoutStandby.isThere()).isFalse();
        assertThat(withoutStandby.withPrimary()).isTrue();
        assertThat(withoutPrimary.isThere()).isFalse();
        assertThat(withoutPrimary.withPrimary()).isFalse();
    }
}
