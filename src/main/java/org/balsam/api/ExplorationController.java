package org.balsam.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.usecase.lab.ExplorationView;
import org.balsam.usecase.lab.Explorations;
import org.balsam.usecase.lab.RequestEnd;
import org.balsam.usecase.lab.RequestExploration;
import org.balsam.usecase.lab.RequestRenewal;
import org.balsam.usecase.lab.RequestResumption;
import org.balsam.usecase.lab.RequestSuspension;
import org.balsam.usecase.lab.WorkspaceTemplates;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
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

/** Explorations of a project: asked for, renewed, suspended, resumed, ended. */
@RestController
@Tag(name = "explorations")
@RequestMapping("/api/v1/projects/{project}/explorations")
class ExplorationController {

  private final Explorations explorations;
  private final RequestExploration request;
  private final RequestRenewal renew;
  private final RequestSuspension suspend;
  private final RequestResumption resume;
  private final RequestEnd end;
  private final Creation creation;

  ExplorationController(
      Explorations explorations,
      RequestExploration request,
      RequestRenewal renew,
      RequestSuspension suspend,
      RequestResumption resume,
      RequestEnd end,
      Creation creation) {
    this.explorations = explorations;
    this.request = request;
    this.renew = renew;
    this.suspend = suspend;
    this.resume = resume;
    this.end = end;
    this.creation = creation;
  }

  /**
   * An exploration to ask for.
   *
   * @param title one line, 3 to 60 characters
   * @param purpose 10 to 2000 characters
   * @param datasets the dataset versions that it may read; none when left out
   * @param hardware needed unless the template has one size
   * @param templateId what the workspace is made from; Balsam's Jupyter of the size when left out
   * @param parameters of the template, by name; those that are left out have their defaults
   * @param endDate the last day of the workspace, UTC
   */
  record NewExploration(
      @NotNull String title,
      @NotNull String purpose,
      @Nullable List<DatasetVersionId> datasets,
      @Nullable HardwareProfile hardware,
      @Nullable String templateId,
      @Nullable Map<String, JsonNode> parameters,
      @NotNull @Schema(allowableValues = {"offline", "internal", "internet"}) String network,
      @NotNull LocalDate endDate) {}

  /** More time, and why. */
  record Renewal(@NotNull @StandsFor("newEndDate") LocalDate endDate, @NotNull String reason) {}

  /** Why it is suspended. */
  record SuspensionReason(@NotNull String reason) {}

  @Operation(summary = "The project's explorations by id, those that are over included")
  @GetMapping
  Page<ExplorationView> listExplorations(
      @PathVariable ProjectId project,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return explorations.page(project, limit, cursor, actor());
  }

  @Operation(summary = "Ask for a workspace to explore in")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ExplorationView> requestExploration(
      @PathVariable ProjectId project,
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody NewExploration body) {
    var path = "/api/v1/projects/" + project + "/explorations";
    var command =
        new RequestExploration.Command(
            project,
            body.title(),
            body.purpose(),
            body.datasets() == null ? List.of() : body.datasets(),
            new WorkspaceTemplates.Wish(
                body.templateId(),
                body.hardware(),
                body.parameters() == null ? Map.of() : body.parameters()),
            Networks.of(body.network()),
            body.endDate(),
            null,
            actor());
    return creation.answer(
        key,
        path,
        body,
        () -> path + "/" + request.handle(command).exploration(),
        location ->
            explorations.get(
                new ExplorationId(location.substring(location.lastIndexOf('/') + 1)), actor()));
  }

  @Operation(summary = "An exploration")
  @GetMapping("/{exploration}")
  ExplorationView getExploration(
      @PathVariable ProjectId project, @PathVariable ExplorationId exploration) {
    return explorations.get(of(project, exploration), actor());
  }

  @Operation(summary = "Give an exploration more time; an owner may who did not ask for it")
  @PostMapping("/{exploration}/renew")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void renewExploration(
      @PathVariable ProjectId project,
      @PathVariable ExplorationId exploration,
      @Valid @RequestBody Renewal body) {
    renew.handle(
        new RequestRenewal.Command(
            of(project, exploration), body.endDate(), body.reason(), actor()));
  }

  @Operation(summary = "Stop what runs in the workspace; its files are kept")
  @PostMapping("/{exploration}/suspend")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void suspendExploration(
      @PathVariable ProjectId project,
      @PathVariable ExplorationId exploration,
      @Valid @RequestBody SuspensionReason body) {
    suspend.handle(new RequestSuspension.Command(of(project, exploration), body.reason(), actor()));
  }

  @Operation(summary = "Work in a suspended workspace again")
  @PostMapping("/{exploration}/resume")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void resumeExploration(@PathVariable ProjectId project, @PathVariable ExplorationId exploration) {
    resume.handle(new RequestResumption.Command(of(project, exploration), actor()));
  }

  @Operation(
      summary =
          "End an exploration before its date, and its outcome is decided next; one that is only asked for is withdrawn")
  @PostMapping("/{exploration}/end")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void endExploration(@PathVariable ProjectId project, @PathVariable ExplorationId exploration) {
    end.handle(new RequestEnd.Command(of(project, exploration), actor()));
  }

  @Operation(summary = "What people made in the workspace, as a ZIP; there at the end")
  @GetMapping(value = "/{exploration}/archive", produces = "application/zip")
  ResponseEntity<InputStreamResource> getExplorationArchive(
      @PathVariable ProjectId project, @PathVariable ExplorationId exploration) {
    var content = explorations.archive(of(project, exploration), actor());
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(exploration + ".zip").build().toString())
        .body(new InputStreamResource(content));
  }

  static ExplorationId of(ProjectId project, ExplorationId exploration) {
    if (!exploration.project().equals(project)) {
      throw new NotFound("there is no exploration '" + exploration + "'");
    }
    return exploration;
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
