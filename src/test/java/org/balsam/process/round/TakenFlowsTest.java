package org.balsam.process.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.balsam.process.round.TakenFlows.Flow;
import org.balsam.usecase.round.RoundCourse.Activity;
import org.junit.jupiter.api.Test;

class TakenFlowsTest {

  private static final List<Flow> MODEL =
      List.of(
          new Flow("toFreeze", "start", "freeze"),
          new Flow("toConfirm", "freeze", "confirm"),
          new Flow("again", "wait", "freeze"),
          new Flow("toWait", "confirm", "wait"),
          new Flow("late", "overdue", "escalate"));

  @Test
  void theWayStraightAhead() {
    var passed = List.of(passed("start", 0, 1), passed("freeze", 1, 4), open("confirm", 4));
    assertThat(TakenFlows.of(passed, MODEL)).containsExactly("toFreeze", "toConfirm");
  }

  @Test
  void aLoopIsTakenOnlyOnceItWasGone() {
    var first = List.of(passed("start", 0, 1), passed("freeze", 1, 4), passed("confirm", 4, 9));
    assertThat(TakenFlows.of(first, MODEL)).doesNotContain("again");
    var looped =
        List.of(
            passed("start", 0, 1),
            passed("freeze", 1, 4),
            passed("confirm", 4, 9),
            passed("wait", 9, 20),
            passed("freeze", 21, 22),
            open("confirm", 22));
    assertThat(TakenFlows.of(looped, MODEL))
        .containsExactly("toFreeze", "toConfirm", "toWait", "again");
  }

  @Test
  void whatGoesOnOrWasCancelledLeadsNowhere() {
    assertThat(TakenFlows.of(List.of(open("start", 0), open("freeze", 1)), MODEL)).isEmpty();
    var cancelled = new Activity("start", null, "x", at(0), at(1), true);
    assertThat(TakenFlows.of(List.of(cancelled, open("freeze", 1)), MODEL)).isEmpty();
  }

  @Test
  void aTimeLimitLeadsFromItsEventWhileTheTaskGoesOn() {
    var passed = List.of(open("confirm", 0), passed("overdue", 5, 5), passed("escalate", 5, 6));
    assertThat(TakenFlows.of(passed, MODEL)).containsExactly("late");
  }

  private static Activity passed(String id, long from, long to) {
    return new Activity(id, null, "x", at(from), at(to), false);
  }

  private static Activity open(String id, long from) {
    return new Activity(id, null, "x", at(from), null, false);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }
}
