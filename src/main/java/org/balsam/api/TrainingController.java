package org.balsam.api;

import static org.springframework.http.HttpHeaders.CONTENT_DISPOSITION;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Set;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditLog;
import org.balsam.audit.AuditQuery;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.JobId;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.TrainingId;
import org.balsam.usecase.model.ReproduceTraining;
import org.balsam.usecase.model.RequestTrainingCancel;
import org.balsam.usecase.model.StartTraining;
import org.balsam.usecase.model.TrainingFigures;
import org.balsam.usecase.model.TrainingMetrics;
import org.balsam.usecase.model.TrainingState;
import org.balsam.usecase.model.TrainingSummary;
import org.balsam.usecase.model.TrainingTrigger;
import org.balsam.usecase.model.TrainingView;
import org.balsam.usecase.model.Trainings;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

/** Trainings of models: start, watch, cancel and reproduce them, with the proof of a promotion. */
@RestController
@Tag(name = "trainings")
@RequestMapping("/api/v1/projects/{project}/trainings")
class TrainingController {

  private final StartTraining startTraining;
  private final ReproduceTraining reproduceTraining;
  private final RequestTrainingCancel cancel;
  private final Trainings trainings;
  private final TrainingMetrics metrics;
  private final TrainingFigures figures;
  private final Creation creation;
  private final AuditLog log;
  private final AuditTrail trail;

  TrainingController(
      StartTraining startTraining,
      ReproduceTraining reproduceTraining,
      RequestTrainingCancel cancel,
      Trainings trainings,
      TrainingMetrics metrics,
      TrainingFigures figures,
      Creation creation,
      AuditLog log,
      AuditTrail trail) {
    this.startTraining = startTraining;
    this.reproduceTraining = reproduceTraining;
    this.cancel = cancel;
    this.trainings = trainings;
    this.metrics = metrics;
    this.figures = figures;
    this.creation = creation;
    this.log = log;
    this.trail = trail;
  }

  /**
   * A training to start.
   *
   * @param period the reference period; data are known up to its end
   * @param parameters values that differ from those that the model declares
   * @param seed left out for the one that the model declares
   */
  record NewTraining(
      @NotNull ModelName model,
      @NotNull Period period,
      @Nullable Map<String, String> parameters,
      @Nullable Long seed) {}

  /** Why; kept for good. */
  record CancelReason(@NotNull String reason) {}

  @Operation(summary = "The project's trainings, newest first")
  @GetMapping
  Page<TrainingSummary> listTrainings(
      @PathVariable ProjectId project,
      @RequestParam(required = false) @Nullable ModelName model,
      @RequestParam(required = false) @Nullable Set<TrainingState> state,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    actor().requireMemberOf(project);
    var states = state == null ? Set.<TrainingState>of() : state;
    return trainings.page(project, new Trainings.Filter(model, states, limit), cursor);
  }

  @Operation(summary = "Train a model for a period")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<TrainingView> startTraining(
      @PathVariable ProjectId project,
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody NewTraining body) {
    var command =
        new StartTraining.Command(
            project,
            body.model(),
            body.period(),
            body.parameters() == null ? Map.of() : body.parameters(),
            body.seed(),
            TrainingTrigger.PERSON,
            actor());
    return creation.answer(
        key,
        path(project),
        body,
        () -> path(startTraining.handle(command).training()),
        location -> trainings.get(idIn(location)));
  }

  @Operation(summary = "A training: state, pins, runs, steps, checks, waivers, decisions")
  @GetMapping("/{training}")
  TrainingView getTraining(@PathVariable ProjectId project, @PathVariable TrainingId training) {
    return trainings.get(readable(project, training));
  }

  @Operation(summary = "The measures of the newest run of training, also while it runs")
  @GetMapping("/{training}/metrics")
  TrainingMetrics.Metrics getMetrics(
      @PathVariable ProjectId project, @PathVariable TrainingId training) {
    return metrics
        .read(readable(project, training))
        .orElseThrow(() -> new NotFound("training " + training + " has not written metrics yet"));
  }

  @Operation(summary = "The figures of the candidate beside the champion's")
  @GetMapping("/{training}/evaluation")
  TrainingFigures.Figures getEvaluation(
      @PathVariable ProjectId project, @PathVariable TrainingId training) {
    return figures
        .read(readable(project, training))
        .orElseThrow(() -> new NotFound("training " + training + " is not evaluated yet"));
  }

  @Operation(summary = "Everything that was recorded about a training, newest first")
  @GetMapping("/{training}/timeline")
  Page<AuditController.Event> getTrainingTimeline(
      @PathVariable ProjectId project,
      @PathVariable TrainingId training,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    trainings.get(readable(project, training));
    var query = AuditQuery.ofProject(project.value()).about(training.value());
    return log.find(query, cursor, limit).map(AuditController.Event::of);
  }

  @Operation(summary = "The log of one step of a training")
  @GetMapping(path = "/{training}/steps/{job}/log", produces = "text/plain;charset=UTF-8")
  String getTrainingLog(
      @PathVariable ProjectId project, @PathVariable TrainingId training, @PathVariable JobId job) {
    return trainings.log(readable(project, training), job);
  }

  @Operation(summary = "End a training before its promotion")
  @PostMapping("/{training}/cancel")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void cancelTraining(
      @PathVariable ProjectId project,
      @PathVariable TrainingId training,
      @Valid @RequestBody CancelReason body) {
    cancel.handle(
        new RequestTrainingCancel.Command(readable(project, training), body.reason(), actor()));
  }

  @Operation(summary = "Make a training again from its record and compare the artefact")
  @PostMapping("/{training}/reproduce")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<TrainingView> reproduceTraining(
      @PathVariable ProjectId project,
      @PathVariable TrainingId training,
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key) {
    var command = new ReproduceTraining.Command(readable(project, training), actor());
    return creation.answer(
        key,
        path(training) + "/reproduce",
        training.value(),
        () -> path(reproduceTraining.handle(command).training()),
        location -> trainings.get(idIn(location)));
  }

  @Operation(summary = "Download the evidence of a promotion (zip)")
  @GetMapping("/{training}/evidence")
  ResponseEntity<Resource> getTrainingEvidence(
      @PathVariable ProjectId project, @PathVariable TrainingId training) {
    var evidence = trainings.evidence(readable(project, training));
    trail.recordSeparately(
        AuditEntry.done("evidence.read", project.value(), training.value())
            .with("sha256", evidence.sha256().value()));
    return ResponseEntity.ok()
        .contentType(new MediaType("application", "zip"))
        .contentLength(evidence.size())
        .eTag(evidence.sha256().value())
        .header(CONTENT_DISPOSITION, "attachment; filename=\"" + evidence.fileName() + "\"")
        .body(new InputStreamResource(evidence.content()));
  }

  private static String path(ProjectId project) {
    return "/api/v1/projects/" + project + "/trainings";
  }

  private static String path(TrainingId training) {
    return path(training.project()) + "/" + training;
  }

  private static TrainingId idIn(String path) {
    return TrainingId.parse(path.substring(path.lastIndexOf('/') + 1));
  }

  /** The training's id, once it is clear that the caller may know it. */
  static TrainingId readable(ProjectId project, TrainingId training) {
    actor().requireMemberOf(project);
    if (!training.project().equals(project)) {
      throw new NotFound("there is no training " + training + " in " + project);
    }
    return training;
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
