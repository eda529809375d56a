package org.balsam.usecase.round;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.kernel.RoundId;

/** What rounds asked of their processes. */
final class RecordedProcess implements RoundProcess {

  final List<String> calls = new CopyOnWriteArrayList<>();

  @Override
  public void start(RoundId round, Trigger trigger) {
    calls.add("start " + round + " " + trigger);
  }

  @Override
  public void cancel(RoundId round, String reason) {
    calls.add("cancel " + round + " " + reason);
  }

  @Override
  public void withdraw(RoundId round, String reason) {
    calls.add("withdraw " + round + " " + reason);
  }

  @Override
  public void postpone(RoundId round, Instant releaseAt, String reason) {
    calls.add("postpone " + round + " " + releaseAt + " " + reason);
  }
}
