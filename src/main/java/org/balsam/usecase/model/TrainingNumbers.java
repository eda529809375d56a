package org.balsam.usecase.model;

import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.springframework.stereotype.Component;

/** Names trainings. Whoever asks holds the lock of the model until the training is saved. */
@Component
class TrainingNumbers {

  private static final int LENGTH = 6;

  private final TrainingRepository trainings;

  TrainingNumbers(TrainingRepository trainings) {
    this.trainings = trainings;
  }

  /** Lets one transaction at a time start a training of the model. */
  void lock(ProjectId project, ModelName model) {
    trainings.lockName(project + "/" + model);
  }

  /** An id that no training of the project has: six digits of a checksum of its number. */
  TrainingId next(ProjectId project) {
    trainings.lockName(project.value());
    for (var number = trainings.countByProject(project.value()) + 1; ; number++) {
      var id = new TrainingId(project, suffix(project + "/training/" + number));
      if (!trainings.existsById(id.value())) {
        return id;
      }
    }
  }

  /** Six letters and digits that are always the same for the same text. */
  static String suffix(String text) {
    var number = Long.parseLong(Sha256.of(text).value().substring(0, 12), 16);
    var digits = "0".repeat(LENGTH) + Long.toString(number, 36);
    return digits.substring(digits.length() - LENGTH);
  }
}
