package org.balsam.usecase.model;

import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.standard.step.StepBook;
import org.springframework.stereotype.Component;

/** Lets go of what a training that ends without a promotion holds. */
@Component
class TrainingEnd {

  private final StepBook book;
  private final ModelRegistry registry;

  TrainingEnd(StepBook book, ModelRegistry registry) {
    this.book = book;
    this.registry = registry;
  }

  /** Stops its jobs and gives its candidate up. */
  void release(TrainingEntity training) {
    book.stop(training.id);
    if (training.candidate != null) {
      registry.archive(training.projectId(), training.candidateId());
    }
  }

  static String link(TrainingId training) {
    return "/api/v1/projects/" + training.project() + "/trainings/" + training;
  }
}
