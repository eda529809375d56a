package org.balsam.usecase.step;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.NotFound;
import org.balsam.platform.compute.JobSpec;
import org.balsam.standard.step.StepRecord;
import org.balsam.standard.step.SteppedWork;
import org.springframework.stereotype.Component;

/** Finds the work that a step is part of. */
@Component
class KindsOfWork {

  private final List<SteppedWork> kinds;

  KindsOfWork(List<SteppedWork> kinds) {
    this.kinds = kinds;
  }

  SteppedWork.Run run(String id) {
    return kinds.stream()
        .map(kind -> kind.run(id))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> noRun(id));
  }

  JobSpec spec(StepRecord step) {
    return kinds.stream()
        .filter(kind -> kind.run(step.run()).isPresent())
        .findFirst()
        .orElseThrow(() -> noRun(step.run()))
        .spec(step);
  }

  private static NotFound noRun(String id) {
    return new NotFound("there is no run " + id);
  }
}
