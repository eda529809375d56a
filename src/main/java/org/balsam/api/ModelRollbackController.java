package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ModelVersionId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.model.ModelCatalogue;
import org.balsam.usecase.model.RequestRollback;
import org.balsam.usecase.model.RollbackId;
import org.balsam.usecase.model.RollbackView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Roll-backs of a model: ask for one, and read how far it is. */
@RestController
@Tag(name = "models")
@RequestMapping("/api/v1/projects/{project}/models/{model}")
class ModelRollbackController {

  private final RequestRollback request;
  private final ModelCatalogue catalogue;
  private final Creation creation;

  ModelRollbackController(RequestRollback request, ModelCatalogue catalogue, Creation creation) {
    this.request = request;
    this.catalogue = catalogue;
    this.creation = creation;
  }

  /**
   * A roll-back to ask for.
   *
   * @param reason kept for good
   * @param target a former champion; left out, the one that the champion's promotion named
   * @param emergency true moves the alias at once and asks for the approval afterwards
   */
  record NewRollback(
      @NotNull String reason, @Nullable ModelVersionId target, @Nullable Boolean emergency) {}

  @Operation(summary = "Ask for the model to go back to a former champion")
  @PostMapping("/rollback")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<RollbackView> requestRollback(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody NewRollback body) {
    var command =
        new RequestRollback.Command(
            project,
            model,
            body.target(),
            body.reason(),
            Boolean.TRUE.equals(body.emergency()),
            actor());
    var path = "/api/v1/projects/" + project + "/models/" + model;
    return creation.answer(
        key,
        path + "/rollback",
        body,
        () -> path + "/rollbacks/" + request.handle(command).rollback(),
        location ->
            getRollback(
                project,
                model,
                RollbackId.parse(location.substring(location.lastIndexOf('/') + 1))));
  }

  @Operation(summary = "The roll-backs of a model, latest first")
  @GetMapping("/rollbacks")
  Page<RollbackView> listRollbacks(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return catalogue.rollbacks(project, model, limit, cursor, actor());
  }

  @Operation(summary = "A roll-back: state, decisions, outcome")
  @GetMapping("/rollbacks/{rollback}")
  RollbackView getRollback(
      @PathVariable ProjectId project,
      @PathVariable ModelName model,
      @PathVariable RollbackId rollback) {
    return of(model, catalogue.rollback(project, rollback, actor()));
  }

  static RollbackView of(ModelName model, RollbackView view) {
    if (!view.model().equals(model)) {
      throw new NotFound("there is no roll-back '" + view.id() + "'");
    }
    return view;
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
