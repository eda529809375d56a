package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.schedule.ChangeSchedule;
import org.balsam.usecase.schedule.CreateSchedule;
import org.balsam.usecase.schedule.EndSchedule;
import org.balsam.usecase.schedule.PauseSchedule;
import org.balsam.usecase.schedule.ResumeSchedule;
import org.balsam.usecase.schedule.ScheduleId;
import org.balsam.usecase.schedule.ScheduleRules;
import org.balsam.usecase.schedule.ScheduleView;
import org.balsam.usecase.schedule.Schedules;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** When rounds and trainings of a project start by themselves. */
@RestController
@Tag(name = "schedules")
@RequestMapping("/api/v1/projects/{project}/schedules")
class ScheduleController {

  private final Schedules schedules;
  private final CreateSchedule create;
  private final ChangeSchedule change;
  private final PauseSchedule pause;
  private final ResumeSchedule resume;
  private final EndSchedule end;
  private final Creation creation;

  ScheduleController(
      Schedules schedules,
      CreateSchedule create,
      ChangeSchedule change,
      PauseSchedule pause,
      ResumeSchedule resume,
      EndSchedule end,
      Creation creation) {
    this.schedules = schedules;
    this.create = create;
    this.change = change;
    this.pause = pause;
    this.resume = resume;
    this.end = end;
    this.creation = creation;
  }

  /**
   * A schedule to make.
   *
   * @param name one lower-case word, unique in the project for good
   * @param model the model to train, one that the project declares; left out for rounds
   */
  record NewSchedule(
      @NotNull String name, @Nullable ModelName model, @Valid @NotNull ScheduleRulesBody rules) {}

  /** Why, in the caller's words. */
  record OptionalReason(@Nullable String reason) {}

  @Operation(summary = "The project's schedules by id, ended ones included")
  @GetMapping
  Page<ScheduleView> listSchedules(
      @PathVariable ProjectId project,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return schedules.page(project, cursor, limit, actor());
  }

  @Operation(summary = "Make a schedule")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ScheduleView> createSchedule(
      @PathVariable ProjectId project,
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody NewSchedule body) {
    var id = new ScheduleId(project, body.name());
    var path = "/api/v1/projects/" + project + "/schedules";
    return creation.answer(
        key,
        path,
        body,
        () -> {
          create.handle(
              new CreateSchedule.Command(id, body.model(), body.rules().rules(), actor()));
          return path + "/" + id.name();
        },
        location -> schedules.get(id, actor()));
  }

  @Operation(summary = "A schedule; its version is the ETag")
  @GetMapping("/{name}")
  ResponseEntity<ScheduleView> getSchedule(
      @PathVariable ProjectId project, @PathVariable String name) {
    return tagged(schedules.get(new ScheduleId(project, name), actor()));
  }

  @Operation(summary = "Change the rules of a schedule; what is left out stays")
  @PatchMapping("/{name}")
  ResponseEntity<ScheduleView> changeSchedule(
      @PathVariable ProjectId project,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody ScheduleRulesBody body) {
    var now = schedules.get(new ScheduleId(project, name), actor());
    return tagged(
        change.handle(
            new ChangeSchedule.Command(
                now.id(), EntityTag.required(ifMatch), body.over(now.rules()), actor())));
  }

  @Operation(summary = "End a schedule for good; it stays readable")
  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void endSchedule(
      @PathVariable ProjectId project,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String reason) {
    end.handle(new EndSchedule.Command(new ScheduleId(project, name), reason, actor()));
  }

  @Operation(summary = "Start nothing until the schedule is resumed")
  @PostMapping("/{name}/pause")
  ResponseEntity<ScheduleView> pauseSchedule(
      @PathVariable ProjectId project,
      @PathVariable String name,
      @RequestBody(required = false) @Nullable OptionalReason body) {
    return tagged(
        pause.handle(
            new PauseSchedule.Command(new ScheduleId(project, name), reason(body), actor())));
  }

  @Operation(summary = "Start again; starts that passed meanwhile are dropped")
  @PostMapping("/{name}/resume")
  ResponseEntity<ScheduleView> resumeSchedule(
      @PathVariable ProjectId project,
      @PathVariable String name,
      @RequestBody(required = false) @Nullable OptionalReason body) {
    return tagged(
        resume.handle(
            new ResumeSchedule.Command(new ScheduleId(project, name), reason(body), actor())));
  }

  @Operation(summary = "The coming starts, each with its period")
  @GetMapping("/{name}/next")
  List<ScheduleRules.Start> listNextStarts(
      @PathVariable ProjectId project,
      @PathVariable String name,
      @RequestParam(defaultValue = "10") int count) {
    return schedules.next(new ScheduleId(project, name), count, actor());
  }

  private static @Nullable String reason(@Nullable OptionalReason body) {
    return body == null ? null : body.reason();
  }

  private static ResponseEntity<ScheduleView> tagged(ScheduleView view) {
    return ResponseEntity.ok().eTag(EntityTag.of(view.version())).body(view);
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
