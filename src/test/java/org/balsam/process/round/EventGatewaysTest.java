package org.balsam.process.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.balsam.process.round.TakenFlows.Flow;
import org.balsam.usecase.round.RoundCourse.Activity;
import org.junit.jupiter.api.Test;

class EventGatewaysTest {

  private static final List<Flow> MODEL =
      List.of(
          new Flow("toEmbargo", "announce", "embargo"),
          new Flow("toEnded", "embargo", "ended"),
          new Flow("toPostponed", "embargo", "postponed"),
          new Flow("again", "postponed", "embargo"));

  @Test
  void theEventThatCameEndsTheWait() {
    var passed = List.of(passed("announce", 0, 1), gateway(1, 60), passed("ended", 60, 60));
    var ended = EventGateways.ended(passed, MODEL);
    assertThat(ended).noneMatch(Activity::cancelled);
    assertThat(TakenFlows.of(ended, MODEL)).containsExactly("toEmbargo", "toEnded");
  }

  @Test
  void aWaitThatSomethingElseEndedIsCancelled() {
    var passed =
        List.of(
            gateway(1, 20), passed("postponed", 20, 21), gateway(21, 40), passed("end", 40, 41));
    assertThat(EventGateways.ended(passed, MODEL))
        .extracting(Activity::cancelled)
        .containsExactly(false, false, true, false);
  }

  @Test
  void othersStayAsTheyAre() {
    var task = new Activity("embargo", null, "userTask", at(1), at(60), true);
    var passed = List.of(task, passed("ended", 60, 60));
    assertThat(EventGateways.ended(passed, MODEL)).isEqualTo(passed);
  }

  private static Activity gateway(long from, long to) {
    return new Activity("embargo", "Embargo begun", "eventBasedGateway", at(from), at(to), true);
  }

  private static Activity passed(String id, long from, long to) {
    return new Activity(id, null, "x", at(from), at(to), false);
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }
}
