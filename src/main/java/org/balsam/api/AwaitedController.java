package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.TrainingId;
import org.balsam.usecase.lab.Explorations;
import org.balsam.usecase.model.ModelCatalogue;
import org.balsam.usecase.model.RollbackId;
import org.balsam.usecase.model.Trainings;
import org.balsam.usecase.task.AwaitedTasks;
import org.balsam.usecase.task.AwaitedTasks.Awaited;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whom trainings, roll-backs and explorations wait for; the course of a round has it, too. */
@RestController
@RequestMapping("/api/v1/projects/{project}")
class AwaitedController {

  private final AwaitedTasks awaited;
  private final Trainings trainings;
  private final ModelCatalogue models;
  private final Explorations explorations;

  AwaitedController(
      AwaitedTasks awaited, Trainings trainings, ModelCatalogue models, Explorations explorations) {
    this.awaited = awaited;
    this.trainings = trainings;
    this.models = models;
    this.explorations = explorations;
  }

  @Tag(name = "trainings")
  @Operation(summary = "The open tasks of a training with who may do them, oldest first")
  @GetMapping("/trainings/{training}/awaited")
  List<Awaited> getAwaitedOfTraining(
      @PathVariable ProjectId project, @PathVariable TrainingId training) {
    var known = trainings.get(TrainingController.readable(project, training));
    return awaited.about(project, known.id().value());
  }

  @Tag(name = "models")
  @Operation(summary = "The open tasks of a roll-back with who may do them, oldest first")
  @GetMapping("/models/{model}/rollbacks/{rollback}/awaited")
  List<Awaited> getAwaitedOfRollback(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @PathVariable RollbackId rollback) {
    var known = ModelRollbackController.of(model, models.rollback(project, rollback, actor()));
    return awaited.about(project, known.id().value());
  }

  @Tag(name = "explorations")
  @Operation(summary = "The open tasks of an exploration with who may do them, oldest first")
  @GetMapping("/explorations/{exploration}/awaited")
  List<Awaited> getAwaitedOfExploration(
      @PathVariable ProjectId project, @PathVariable ExplorationId exploration) {
    var known = explorations.get(ExplorationController.of(project, exploration), actor());
    return awaited.about(project, known.id().value());
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
