package org.balsam.platform.registry;

import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.TrainingId;

/**
 * What a training made, to be registered as the next version of its model.
 *
 * @param training whose result it is; its project is the model's
 * @param change what is new against the highest version so far; the first version is 1.0.0
 * @param files the artefact, at least one file
 * @param card the model card, JSON
 */
public record Registration(
    TrainingId training,
    ModelName model,
    ModelVersionId.Change change,
    List<ModelSource> files,
    byte[] card) {

  public Registration {
    files = ModelSource.check(files);
    if (files.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "files", "has no file; a model has at least one");
    }
  }

  /** The project that the model belongs to. */
  public ProjectId project() {
    return training.project();
  }
}
