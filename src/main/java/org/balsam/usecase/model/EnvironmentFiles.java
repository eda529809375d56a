package org.balsam.usecase.model;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.registry.RegisteredModel;
import org.springframework.stereotype.Component;

/** Keeps in the project's repository which version of a model an environment uses. */
@Component
class EnvironmentFiles {

  static final Forge.Author BALSAM = new Forge.Author("Balsam", "balsam@balsam.invalid");

  /** The commit's subject and who wrote it. */
  record Why(String subject, Forge.Author author) {}

  private final Forge forge;

  EnvironmentFiles(Forge forge) {
    this.forge = forge;
  }

  /**
   * Writes {@code environments/<environment>/<model>.yaml} on main; repeating it changes nothing.
   */
  String set(TrainingEntity training, String environment, ModelVersionId version, Sha256 artefact) {
    return set(
        training.projectId(),
        environment,
        version,
        artefact,
        training.id,
        new Why("Use " + version + " in " + environment, BALSAM));
  }

  /** The same for a version that is there already. */
  String set(RegisteredModel model, String environment, Why why) {
    return set(
        model.project(), environment, model.id(), model.artefact(), model.training().value(), why);
  }

  private String set(
      ProjectId project,
      String environment,
      ModelVersionId version,
      Sha256 artefact,
      String training,
      Why why) {
    var path = "environments/" + environment + "/" + version.model() + ".yaml";
    var content =
        """
        model: %s
        version: %s
        artefact: sha256:%s
        training: %s
        """
            .formatted(version.model(), version.label(), artefact, training);
    return forge.commit(
        project,
        "main",
        new Forge.Change(
            Map.of(path, content.getBytes(StandardCharsets.UTF_8)),
            why.subject(),
            why.author(),
            true));
  }
}
