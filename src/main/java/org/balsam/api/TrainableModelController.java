package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.model.TrainableModels;
import org.balsam.usecase.model.TrainableModels.TrainableModel;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a training may name: the models that a project declares. */
@RestController
@Tag(name = "trainings")
class TrainableModelController {

  private final TrainableModels models;

  TrainableModelController(TrainableModels models) {
    this.models = models;
  }

  @Operation(summary = "The models that the project's newest method declares, by name")
  @GetMapping("/api/v1/projects/{project}/trainable-models")
  List<TrainableModel> listTrainableModels(@PathVariable ProjectId project) {
    return models.of(project, CallContext.current().actor());
  }
}
