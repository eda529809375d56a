package org.balsam.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.balsam.kernel.ExternalFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

class HealthWatchTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ProbeFixture database = new ProbeFixture("database");
  private final ProbeFixture storage = new ProbeFixture("storage");
  private final Examination examination =
      new Examination(List.of(database, storage), Duration.ofSeconds(30), Clock.systemUTC());
  private final HealthWatch watch = new HealthWatch(examination, SECOND);
  private final AdapterHealth health = new AdapterHealth(watch);

  @AfterEach
  void end() {
    watch.stop();
    examination.close();
  }

  @Test
  void triesEverythingFirstAndThenAsksCheaply() {
    for (var i = 0; i < 21; i++) {
      watch.round();
    }
    assertThat(storage.checks).hasValue(1);
    assertThat(storage.glances).hasValue(20);
    watch.round();
    assertThat(storage.checks).hasValue(2);
  }

  @Test
  void whatDoesNotWorkIsTriedEndToEndUntilItDoes() {
    watch.round();
    fail(storage);
    watch.round();
    watch.round();
    assertThat(storage.glances).hasValue(1);
    assertThat(storage.checks).hasValue(2);
    storage.service = () -> {};
    watch.round();
    assertThat(watch.latest("storage")).get().matches(Finding::isUp);
    watch.round();
    assertThat(storage.glances).hasValue(2);
  }

  @Test
  void withoutItsDatabaseANodeIsDownAndWithoutAnotherServiceItIsDegraded() {
    assertThat(health.status()).isEqualTo(Status.UP);
    fail(storage);
    watch.round();
    assertThat(health.status()).isEqualTo(AdapterHealth.DEGRADED);
    fail(database);
    watch.round();
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).as("anybody may ask").isEmpty();
    storage.service = () -> {};
    database.service = () -> {};
    watch.round();
    assertThat(health.status()).isEqualTo(Status.UP);
  }

  @Test
  void whoAsksForTheStateMakesNoCalls() {
    watch.round();
    for (var i = 0; i < 1000; i++) {
      health.health();
    }
    assertThat(storage.checks.get() + storage.glances.get()).isEqualTo(1);
  }

  @Test
  void looksByItselfOnceStarted() throws Exception {
    watch.start();
    while (storage.checks.get() == 0 || storage.glances.get() == 0) {
      Thread.sleep(20);
    }
    assertThat(watch.isRunning()).isTrue();
    watch.stop();
    assertThat(watch.isRunning()).isFalse();
  }

  private static void fail(ProbeFixture probe) {
    probe.service =
        () -> {
          throw new ExternalFailure(probe.port(), true, "no answer", null);
        };
  }
}
