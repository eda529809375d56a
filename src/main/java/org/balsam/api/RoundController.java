package org.balsam.api;

import static org.springframework.http.HttpHeaders.CONTENT_DISPOSITION;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Set;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditLog;
import org.balsam.audit.AuditQuery;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.JobId;
import org.balsam.kernel.Layer;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.usecase.round.RoundState;
import org.balsam.usecase.round.RoundSummary;
import org.balsam.usecase.round.RoundView;
import org.balsam.usecase.round.Rounds;
import org.balsam.usecase.round.StartRound;
import org.balsam.usecase.round.StepLogs;
import org.balsam.usecase.round.Trigger;
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

/** Rounds: start and read them, with what happened and the proof of it. */
@RestController
@Tag(name = "rounds")
@RequestMapping("/api/v1/projects/{project}/rounds")
class RoundController {

  private final StartRound startRound;
  private final Rounds rounds;
  private final StepLogs logs;
  private final Creation creation;
  private final AuditLog log;
  private final AuditTrail trail;

  RoundController(
      StartRound startRound,
      Rounds rounds,
      StepLogs logs,
      Creation creation,
      AuditLog log,
      AuditTrail trail) {
    this.startRound = startRound;
    this.rounds = rounds;
    this.logs = logs;
    this.creation = creation;
    this.log = log;
    this.trail = trail;
  }

  /**
   * A round to start.
   *
   * @param plannedRelease the moment in the release calendar; nothing is released before it
   */
  record NewRound(@NotNull Period period, @Nullable Instant plannedRelease) {}

  @Operation(summary = "The project's rounds, newest period and revision first")
  @GetMapping
  Page<RoundSummary> listRounds(
      @PathVariable ProjectId project,
      @RequestParam(required = false) @Nullable Period period,
      @RequestParam(required = false) @Nullable Set<RoundState> state,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    actor().requireMemberOf(project);
    var states = state == null ? Set.<RoundState>of() : state;
    return rounds.page(project, new Rounds.Filter(period, states, limit), cursor);
  }

  @Operation(summary = "Start the first release of a period")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<RoundView> startRound(
      @PathVariable ProjectId project,
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody NewRound body) {
    var command =
        new StartRound.Command(
            project, body.period(), null, Trigger.PERSON, actor(), body.plannedRelease());
    return creation.answer(
        key,
        path(project),
        body,
        () -> path(startRound.handle(command).round()),
        location -> rounds.get(idIn(location)));
  }

  @Operation(summary = "A round: state, code, inputs, runs, steps, checks, decisions, release")
  @GetMapping("/{round}")
  RoundView getRound(@PathVariable ProjectId project, @PathVariable RoundId round) {
    return rounds.get(readable(project, round));
  }

  @Operation(summary = "Everything that was recorded about a round, newest first")
  @GetMapping("/{round}/timeline")
  Page<AuditController.Event> getTimeline(
      @PathVariable ProjectId project,
      @PathVariable RoundId round,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    rounds.get(readable(project, round));
    var query = AuditQuery.ofProject(project.value()).about(round.value());
    return log.find(query, cursor, limit).map(AuditController.Event::of);
  }

  @Operation(summary = "The log of one step of a round")
  @GetMapping(path = "/{round}/steps/{job}/log", produces = "text/plain;charset=UTF-8")
  String getStepLog(
      @PathVariable ProjectId project, @PathVariable RoundId round, @PathVariable JobId job) {
    return logs.read(readable(project, round), job);
  }

  @Operation(summary = "One output of the newest run, to look at before the release")
  @GetMapping("/{round}/outputs/{layer}/{name}/{file}")
  ResponseEntity<Resource> getOutput(
      @PathVariable ProjectId project,
      @PathVariable RoundId round,
      @PathVariable String layer,
      @PathVariable String name,
      @PathVariable String file) {
    var dataset = new DatasetId(project, Layer.parse(layer), name);
    var output =
        rounds.output(
            readable(project, round), dataset.layer().value() + "/" + dataset.name(), file);
    trail.recordSeparately(
        AuditEntry.done("output.read", project.value(), round.value())
            .with("file", file)
            .with("sha256", output.sha256().value()));
    return download(output, MediaType.APPLICATION_OCTET_STREAM);
  }

  @Operation(summary = "Download the evidence of a released round (zip)")
  @GetMapping("/{round}/evidence")
  ResponseEntity<Resource> getEvidence(
      @PathVariable ProjectId project, @PathVariable RoundId round) {
    var evidence = rounds.evidence(readable(project, round));
    trail.recordSeparately(
        AuditEntry.done("evidence.read", project.value(), round.value())
            .with("sha256", evidence.sha256().value()));
    return download(evidence, new MediaType("application", "zip"));
  }

  private static ResponseEntity<Resource> download(Rounds.Download file, MediaType type) {
    return ResponseEntity.ok()
        .contentType(type)
        .contentLength(file.size())
        .eTag(file.sha256().value())
        .header(CONTENT_DISPOSITION, "attachment; filename=\"" + file.fileName() + "\"")
        .body(new InputStreamResource(file.content()));
  }

  static String path(ProjectId project) {
    return "/api/v1/projects/" + project + "/rounds";
  }

  static String path(RoundId round) {
    return path(round.project()) + "/" + round;
  }

  static RoundId idIn(String path) {
    return RoundId.parse(path.substring(path.lastIndexOf('/') + 1));
  }

  /** The round's id, once it is clear that the caller may know it. */
  static RoundId readable(ProjectId project, RoundId round) {
    actor().requireMemberOf(project);
    if (!round.project().equals(project)) {
      throw new NotFound("there is no round " + round + " in " + project);
    }
    return round;
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
