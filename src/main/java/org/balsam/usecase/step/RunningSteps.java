package org.balsam.usecase.step;

import java.util.List;
import java.util.Set;
import org.balsam.platform.health.Holdings;
import org.balsam.standard.step.StepState;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Jobs that are submitted: only the runtime that has them knows how they end. */
@Component
class RunningSteps implements Holdings {

  private final StepRepository steps;

  RunningSteps(StepRepository steps) {
    this.steps = steps;
  }

  @Override
  public Set<String> ports() {
    return Set.of("compute");
  }

  @Override
  public List<String> names(int limit) {
    return steps.findByStateOrderByJob(StepState.RUNNING, Limit.of(limit)).stream()
        .map(step -> "running step " + step.job)
        .toList();
  }

  @Override
  public boolean isMovable() {
    return false;
  }

  @Override
  public void adopt(String port) {
    // a step that runs is never brought elsewhere
  }
}
