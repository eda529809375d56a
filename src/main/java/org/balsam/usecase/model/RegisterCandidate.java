package org.balsam.usecase.model;

import java.util.List;
import java.util.Optional;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.registry.ModelRegistry;
import org.balsam.platform.registry.ModelSource;
import org.balsam.platform.registry.RegisteredModel;
import org.balsam.platform.registry.Registration;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.template.ProjectFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Registers what a training made as the next version of its model, with its card. */
@Component
public class RegisterCandidate {

  private final TrainingRows rows;
  private final TrainedModels models;
  private final CandidateCard card;
  private final StepBook book;
  private final ModelRegistry registry;
  private final AuditTrail trail;

  RegisterCandidate(
      TrainingRows rows,
      TrainedModels models,
      CandidateCard card,
      StepBook book,
      ModelRegistry registry,
      AuditTrail trail) {
    this.rows = rows;
    this.models = models;
    this.card = card;
    this.book = book;
    this.registry = registry;
    this.trail = trail;
  }

  /** Whose result to register. */
  public record Command(TrainingId training) {}

  /**
   * What was registered.
   *
   * @param candidate {@code damage@1.2.0}
   * @param reproductionAsked whether the training has to be made again and was not yet
   */
  public record Result(String candidate, boolean reproductionAsked) {}

  /**
   * Registers it, once; a candidate is one training, and another artefact is another training.
   *
   * @throws Rejection DATA_CHANGED when the artefact was changed in storage, INPUTS_MISSING when
   *     the project has no model card, ALREADY_EXISTS when the training registered another artefact
   */
  @Transactional(noRollbackFor = Rejection.class)
  public Result handle(Command command) {
    var training = rows.lock(command.training);
    var model = models.of(training);
    var registered = register(training, model);
    training.candidate = registered.id().value();
    return new Result(training.candidate, model.reproduce() && training.reproduction == null);
  }

  private RegisteredModel register(TrainingEntity training, ProjectFile.Model model) {
    List<ModelSource> files =
        CollectTraining.files(book.outputs(rows.trainRun(training)), model).stream()
            .map(output -> ModelSource.stored(output.file(), output.content()))
            .toList();
    var written = card.of(training, "the version registered by " + training.id).json();
    var change = change(training, model);
    var registered =
        registry.register(
            new Registration(training.trainingId(), training.modelName(), change, files, written));
    trail.record(
        AuditEntry.done("training.candidate.registered", training.project, training.id)
            .with("candidate", registered.id().value())
            .with("change", change.name())
            .with("artefact", registered.artefact().value()));
    return registered;
  }

  /** Major: other classes or target. Minor: other features or method. Patch: other data. */
  private ModelVersionId.Change change(TrainingEntity training, ProjectFile.Model model) {
    return newest(training)
        .map(
            before -> {
              if (!before.target().equals(model.target())
                  || !before.classes().equals(model.classes())) {
                return ModelVersionId.Change.MAJOR;
              }
              return before.features().equals(model.features())
                      && before.method().equals(model.method())
                  ? ModelVersionId.Change.PATCH
                  : ModelVersionId.Change.MINOR;
            })
        .orElse(ModelVersionId.Change.PATCH);
  }

  private Optional<ProjectFile.Model> newest(TrainingEntity training) {
    return registry.versions(training.projectId(), training.modelName(), 1, null).items().stream()
        .findFirst()
        .map(version -> models.of(rows.training(version.training())));
  }
}
