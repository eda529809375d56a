package org.balsam.platform.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.kernel.TrainingId;
import org.jspecify.annotations.Nullable;

/**
 * One registered version of a model.
 *
 * @param promoted whether it is or ever was champion
 * @param artefact checksum of {@code files}, see {@link ModelFile#checksum}
 * @param evidence checksum of the card and {@code evidenceFiles} together; null until evidence was
 *     attached
 * @param files the artefact, ordered by name
 * @param card the model card, JSON
 * @param evidenceFiles what a reviewer decides on beside the card, ordered by name
 * @param registeredBy who registered it
 */
public record RegisteredModel(
    ProjectId project,
    ModelVersionId id,
    TrainingId training,
    Alias alias,
    boolean promoted,
    Sha256 artefact,
    @Nullable Sha256 evidence,
    List<ModelFile> files,
    ModelFile card,
    List<ModelFile> evidenceFiles,
    Instant registeredAt,
    String registeredBy) {

  public RegisteredModel {
    files = List.copyOf(files);
    evidenceFiles = List.copyOf(evidenceFiles);
  }

  /** The same under another version number. */
  public RegisteredModel withId(ModelVersionId other) {
    return new RegisteredModel(
        project,
        other,
        training,
        alias,
        promoted,
        artefact,
        evidence,
        files,
        card,
        evidenceFiles,
        registeredAt,
        registeredBy);
  }

  /** The file of the artefact with this name. */
  public Optional<ModelFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /**
   * The file of the artefact with this name.
   *
   * @throws NotFound when there is none
   */
  public ModelFile requireFile(String name) {
    return file(name)
        .orElseThrow(
            () ->
                new NotFound(
                    id
                        + " has no such file; it has "
                        + String.join(", ", files.stream().map(ModelFile::name).toList())));
  }
}
