package org.balsam.usecase.model;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Sha256;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;

/** Keeps in the project's repository which version of a model an environment uses. */
@Component
class EnvironmentFiles {

  static final Forge.Author BALSAM = new Forge.Author("Balsam", "balsam@balsam.invalid");

  private final Forge forge;

  EnvironmentFiles(Forge forge) {
    this.forge = forge;
  }

  /**
   * Writes {@code environments/<environment>/<model>.yaml} on main; repeating it changes nothing.
   */
  String set(TrainingEntity training, String environment, ModelVersionId version, Sha256 artefact) {
    var path = "environments/" + environment + "/" + version.model() + ".yaml";
    var content =
        """
        model: %s
        version: %s
        artefact: sha256:%s
        training: %s
        """
            .formatted(version.model(), version.label(), artefact, training.id);
    return forge.commit(
        training.projectId(),
        "main",
        new Forge.Change(
            Map.of(path, content.getBytes(StandardCharsets.UTF_8)),
            "Use " + version + " in " + environment,
            BALSAM,
            true));
  }
}
