package org.balsam.usecase.model;

import org.balsam.kernel.ModelName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;

/** What a project declares about its models. */
@Component
class TrainedModels {

  private final ProjectFiles files;

  TrainedModels(ProjectFiles files) {
    this.files = files;
  }

  /** The project file that the training is pinned to. */
  ProjectFile file(TrainingEntity training) {
    return files.at(training.projectId(), training.commit());
  }

  /** The model as the training is pinned to it. */
  ProjectFile.Model of(TrainingEntity training) {
    return in(file(training), training.projectId(), training.modelName());
  }

  ProjectFile.Model at(ProjectId project, String commit, ModelName model) {
    return in(files.at(project, commit), project, model);
  }

  byte[] bytes(TrainingEntity training) {
    return files.bytes(training.projectId(), training.commit());
  }

  private static ProjectFile.Model in(ProjectFile file, ProjectId project, ModelName model) {
    var declared = file.models().get(model.value());
    if (declared == null) {
      throw new NotFound(
          "the balsam.yaml of %s declares no model '%s'; %s"
              .formatted(project, model, declaredIn(file)));
    }
    return declared;
  }

  private static String declaredIn(ProjectFile file) {
    return file.models().isEmpty()
        ? "it declares none: add the model under 'models' first"
        : "it declares: " + String.join(", ", file.models().keySet());
  }
}
