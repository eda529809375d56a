package org.balsam.usecase.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.balsam.kernel.TrainingId;

/** What the process of trainings was asked for. */
final class RecordedTrainingProcess implements TrainingProcess {

  final List<String> calls = new CopyOnWriteArrayList<>();

  @Override
  public void start(TrainingId training, TrainingTrigger trigger) {
    calls.add("start " + training + " " + trigger);
  }

  @Override
  public void cancel(TrainingId training, String reason) {
    calls.add("cancel " + training + " " + reason);
  }
}
