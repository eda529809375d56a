package org.balsam.platform.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.balsam.testing.MovableClock;
import org.junit.jupiter.api.Test;

class FreshAnswersTest {

  private final MovableClock clock = new MovableClock();
  private final FreshAnswers<Integer> answers = new FreshAnswers<>(Duration.ofSeconds(10), clock);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void anAnswerIsBelievedForItsTimeAndNoLonger() {
    assertThat(ask()).isEqualTo(1);
    clock.pass(Duration.ofSeconds(9));
    assertThat(ask()).isEqualTo(1);
    clock.pass(Duration.ofSeconds(2));
    assertThat(ask()).isEqualTo(2);
  }

  @Test
  void withoutATimeEveryQuestionIsAsked() {
    var never = new FreshAnswers<Integer>(Duration.ZERO, clock);
    assertThat(never.get("ann", asked::incrementAndGet)).isEqualTo(1);
    assertThat(never.get("ann", asked::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void aFailureIsNotKept() {
    assertThatThrownBy(
            () ->
                answers.get(
                    "ann",
                    () -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ask()).isEqualTo(1);
  }

  @Test
  void anAnswerToAnOlderQuestionIsNotKeptAfterAChange() {
    var old =
        answers.get(
            "ann",
            () -> {
              answers.forget();
              return asked.incrementAndGet();
            });
    assertThat(old).isEqualTo(1);
    assertThat(ask()).isEqualTo(2);
    assertThat(ask()).isEqualTo(2);
  }

  private int ask() {
    return answers.get("ann", asked::incrementAndGet);
  }
}
