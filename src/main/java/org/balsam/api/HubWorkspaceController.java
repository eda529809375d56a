package org.balsam.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.usecase.lab.BranchWorkspace;
import org.balsam.usecase.lab.BranchWorkspaces;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.lab.RequestEnd;
import org.balsam.usecase.lab.RequestExploration;
import org.balsam.usecase.lab.WorkspaceTemplates;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Workspaces of branches. Each is one exploration. */
@RestController
@Tag(name = "workspaces")
@RequestMapping("/api/v1")
class HubWorkspaceController {

  private static final String PATH = "/api/v1/workspaces";
  private static final int MOST = 200;
  private static final int DAYS = 30;

  private final BranchWorkspaces workspaces;
  private final RequestExploration request;
  private final RequestEnd end;
  private final HubProjects hub;
  private final Creation creation;
  private final Clock clock;

  HubWorkspaceController(
      BranchWorkspaces workspaces,
      RequestExploration request,
      RequestEnd end,
      HubProjects hub,
      Creation creation,
      Clock clock) {
    this.workspaces = workspaces;
    this.request = request;
    this.end = end;
    this.hub = hub;
    this.creation = creation;
    this.clock = clock;
  }

  /**
   * A workspace to ask for.
   *
   * @param name one line, 3 to 60 characters
   * @param purpose 10 to 2000 characters; made from the rest when left out
   * @param network offline unless said
   * @param hardware where the template has several sizes
   * @param parameters of the template, by name; those that are left out have their defaults
   * @param datasets the dataset versions that it may read; none when left out
   * @param endDate its last day, UTC; in 30 days when left out
   */
  record NewWorkspace(
      @NotNull @StandsFor("title") String name,
      @NotNull String templateId,
      @NotNull ProjectId projectId,
      @NotNull String branchId,
      @Nullable String purpose,
      @Nullable @Schema(allowableValues = {"offline", "internal", "internet"}) String network,
      @Nullable HardwareProfile hardware,
      @Nullable Map<String, JsonNode> parameters,
      @Nullable List<DatasetVersionId> datasets,
      @Nullable LocalDate endDate) {}

  /**
   * A workspace.
   *
   * @param url what its user opens; while no service runs, where its state is read
   * @param templateVersion of the template when it was asked for; null, as the digest of the
   *     template's files, of one from before there was a catalogue
   * @param owner the person whose workspace it is
   */
  record Workspace(
      String id,
      String name,
      String templateId,
      @Nullable String templateVersion,
      @Nullable String templateDigest,
      ProjectId projectId,
      String branchId,
      String url,
      String owner,
      ExplorationId exploration,
      ExplorationState state) {}

  @Operation(
      operationId = "CreateWorkspace",
      summary = "Ask for a workspace on a branch; its state tells when it can be opened")
  @PostMapping("/workspaces")
  ResponseEntity<Workspace> createWorkspace(
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody NewWorkspace body) {
    hub.requireActive(body.projectId(), actor());
    var command = command(body);
    return creation.answerOk(
        key,
        PATH,
        body,
        () -> explorations(body.projectId()) + request.handle(command).exploration(),
        location ->
            shown(
                workspaces.get(
                    new ExplorationId(location.substring(location.lastIndexOf('/') + 1)),
                    actor())));
  }

  @Operation(
      operationId = "ListWorkspaces",
      summary = "Workspaces of my projects, at most 200; with all=false only my own")
  @GetMapping("/workspaces")
  List<Workspace> listWorkspaces(
      @RequestParam(required = false) @Nullable ProjectId projectId,
      @RequestParam(required = false) @Nullable String branchId,
      @RequestParam(defaultValue = "true") boolean all) {
    return workspaces
        .list(new BranchWorkspaces.Filter(projectId, branchId, !all), MOST, actor())
        .stream()
        .map(HubWorkspaceController::shown)
        .toList();
  }

  @Operation(
      operationId = "DeleteWorkspace",
      summary =
          "End a workspace: its files are archived, then it is removed; one that is only asked for is withdrawn")
  @DeleteMapping("/workspaces/{workspace}")
  void deleteWorkspace(
      @PathVariable String workspace,
      @RequestParam ProjectId projectId,
      @RequestParam String branchId) {
    end.handle(
        new RequestEnd.Command(
            workspaces.exploration(projectId, branchId, workspace, actor()), actor()));
  }

  private RequestExploration.Command command(NewWorkspace body) {
    return new RequestExploration.Command(
        body.projectId(),
        body.name(),
        body.purpose() == null
            ? "Work in %s on the branch %s".formatted(body.name(), body.branchId())
            : body.purpose(),
        body.datasets() == null ? List.of() : body.datasets(),
        new WorkspaceTemplates.Wish(
            body.templateId(),
            body.hardware(),
            body.parameters() == null ? Map.of() : body.parameters()),
        body.network() == null ? NetworkClass.OFFLINE : Networks.of(body.network()),
        Objects.requireNonNullElseGet(
            body.endDate(), () -> LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(DAYS)),
        body.branchId(),
        actor());
  }

  private static Workspace shown(BranchWorkspace workspace) {
    var state = "/api/v1/projects/" + workspace.project() + "/workspaces/" + workspace.id();
    var url = workspace.url();
    return new Workspace(
        workspace.id(),
        workspace.name(),
        workspace.template(),
        workspace.templateVersion(),
        workspace.templateDigest(),
        workspace.project(),
        workspace.branch(),
        url == null
            ? ServletUriComponentsBuilder.fromCurrentContextPath().path(state).toUriString()
            : url.toString(),
        workspace.owner(),
        workspace.exploration(),
        workspace.state());
  }

  private static String explorations(ProjectId project) {
    return "/api/v1/projects/" + project + "/explorations/";
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
