package org.balsam.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Probe;
import org.junit.jupiter.api.Test;

class ExaminationTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ProbeFixture storage = new ProbeFixture("storage");
  private final ProbeFixture forge = new ProbeFixture("forge");

  @Test
  void looksAtAllOfThemAtTheSameTime() {
    var together = new CyclicBarrier(2);
    storage.service = () -> await(together);
    forge.service = () -> await(together);
    try (var examination = examination(LONG)) {
      assertThat(examination.whole()).allMatch(Finding::isUp).hasSize(2);
    }
  }

  @Test
  void tellsWhatEachLacksInItsOwnWords() {
    storage.service = () -> fail("the access key lacks a right");
    try (var examination = examination(LONG)) {
      var findings = examination.whole();
      assertThat(findings.get(0).problem()).isEqualTo("storage: the access key lacks a right");
      assertThat(findings.get(0).target()).isEqualTo("fixture storage");
      assertThat(findings.get(1).isUp()).isTrue();
    }
  }

  @Test
  void tellsNothingOfAnErrorInside() {
    storage.service =
        () -> {
          throw new IllegalArgumentException("password=top-secret");
        };
    try (var examination = examination(LONG)) {
      assertThat(examination.whole().get(0).problem())
          .isEqualTo("an error inside Balsam (IllegalArgumentException); the log says more");
    }
  }

  @Test
  void waitsNoLongerThanTheLimitAndInterruptsWhatHangs() throws Exception {
    var interrupted = new CountDownLatch(1);
    storage.service = () -> hang(new CountDownLatch(1), interrupted);
    try (var examination = examination(Duration.ofSeconds(2))) {
      var findings = examination.whole();
      assertThat(findings.get(0).problem()).isEqualTo("gave no answer within PT2S");
      assertThat(findings.get(0).took()).isBetween(Duration.ofMillis(1990), LONG);
      assertThat(findings.get(1).isUp()).isTrue();
      assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatHangsWithoutEndIsNotBegunOnceMore() {
    var never = new CountDownLatch(1);
    storage.service = () -> ignoreInterrupts(never);
    try (var examination = examination(Duration.ofSeconds(1))) {
      for (var i = 0; i < 5; i++) {
        assertThat(examination.whole().get(0).isUp()).isFalse();
      }
      assertThat(storage.checks).hasValue(1);
      assertThat(forge.checks).hasValue(5);
    } finally {
      never.countDown();
    }
  }

  @Test
  void manyWhoAskAtOnceGetTheSameFinding() throws Exception {
    var release = new CountDownLatch(1);
    storage.service = () -> hang(release, new CountDownLatch(1));
    try (var examination = examination(LONG)) {
      var answers = new CopyOnWriteArrayList<List<Finding>>();
      var people =
          Stream.generate(() -> new Thread(() -> answers.add(examination.whole())))
              .limit(16)
              .toList();
      people.forEach(Thread::start);
      while (storage.checks.get() == 0
          || !people.stream().allMatch(one -> one.getState() == Thread.State.WAITING)) {
        Thread.onSpinWait();
      }
      assertThat(storage.checks).hasValue(1);
      release.countDown();
      for (var person : people) {
        person.join(LONG.toMillis());
      }
      assertThat(answers).hasSize(16).allMatch(found -> found.stream().allMatch(Finding::isUp));
      assertThat(storage.checks).hasValue(1);
    }
  }

  private Examination examination(Duration limit) {
    return new Examination(List.<Probe>of(storage, forge), limit, Clock.systemUTC());
  }

  private static void fail(String problem) {
    throw new ExternalFailure("storage", false, problem, null);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception alone) {
      throw new IllegalStateException(alone);
    }
  }

  private static void hang(CountDownLatch release, CountDownLatch interrupted) {
    try {
      release.await();
    } catch (InterruptedException stopped) {
      interrupted.countDown();
    }
  }

  private static void ignoreInterrupts(CountDownLatch release) {
    while (release.getCount() > 0) {
      hang(release, new CountDownLatch(1));
    }
  }
}
