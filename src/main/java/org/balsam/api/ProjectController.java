package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.StorageStanding;
import org.balsam.usecase.project.ChangeProject;
import org.balsam.usecase.project.GiveUpProject;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.ProjectView;
import org.balsam.usecase.project.Projects;
import org.balsam.usecase.project.RequestClosure;
import org.balsam.usecase.project.RequestProject;
import org.balsam.usecase.project.SetStorageQuota;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Projects: ask for one, read and describe it, take it back. */
@RestController
@Tag(name = "projects")
@RequestMapping("/api/v1/projects")
class ProjectController {

  private static final String PATH = "/api/v1/projects";
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 1000;

  private final Projects projects;
  private final RequestProject request;
  private final ChangeProject change;
  private final SetStorageQuota quota;
  private final GiveUpProject giveUp;
  private final RequestClosure close;
  private final Creation creation;
  private final HubProjects hub;

  ProjectController(
      Projects projects,
      RequestProject request,
      ChangeProject change,
      GiveUpProject giveUp,
      RequestClosure close,
      SetStorageQuota quota,
      Creation creation,
      HubProjects hub) {
    this.quota = quota;
    this.projects = projects;
    this.request = request;
    this.change = change;
    this.giveUp = giveUp;
    this.close = close;
    this.creation = creation;
    this.hub = hub;
  }

  /**
   * Projects.
   *
   * @param items a page of them, in every state
   * @param projects all that are on their way or ready, at most 1000; null when a page was asked
   *     for by {@code limit} or {@code cursor}
   */
  record ProjectList(
      List<HubProject> items, @Nullable String next, @Nullable List<HubProject> projects) {}

  /** What to change; what is left out stays. */
  record ProjectChange(
      @Nullable String name,
      @Nullable String purpose,
      @Nullable Classification classification,
      @Nullable String owner) {}

  @Operation(
      operationId = "ListProjects",
      summary = "My projects, by id; all for administrators of the platform",
      description =
          "With limit or cursor a page as of every list; without, all that are on their way or"
              + " ready in projects, as clients of the BALSAM hub expect it.")
  @GetMapping
  ProjectList listProjects(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "true") boolean all) {
    var page = projects.page(cursor, limit == null ? DEFAULT_LIMIT : limit, actor());
    var isPaged = limit != null || cursor != null;
    return new ProjectList(
        hub.withOwners(page.items()),
        page.next(),
        isPaged ? null : hub.of(projects.alive(!all, MOST, actor())));
  }

  @Operation(
      operationId = "CreateProject",
      summary = "Ask for a project",
      description =
          "An administrator of the platform approves it, then it is made. With branchName, as"
              + " clients of the BALSAM hub ask, everything but the name may be left out and the"
              + " answer is 200; without, it is 201.")
  @PostMapping
  ResponseEntity<HubProject> requestProject(
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody NewProject body) {
    var command = body.command(actor());
    Supplier<String> create = () -> PATH + "/" + request.handle(command).project().id();
    Function<String, HubProject> read =
        location ->
            hub.of(
                projects.get(new ProjectId(location.substring(PATH.length() + 1)), actor()),
                actor());
    return body.branchName() == null
        ? creation.answer(key, PATH, body, create, read)
        : creation.answerOk(key, PATH, body, create, read);
  }

  @Operation(operationId = "GetProject", summary = "A project; its version is the ETag")
  @GetMapping("/{project}")
  ResponseEntity<HubProject> getProject(@PathVariable ProjectId project) {
    return tagged(projects.detail(project, actor()));
  }

  @Operation(
      operationId = "DeleteProject",
      summary = "Take back a project that is not active yet, or ask that an active one be closed",
      description =
          "Of a project that is not active yet nothing is left. Of an active one this asks for its"
              + " closing like POST …/close: another owner or an administrator approves it.")
  @DeleteMapping("/{project}")
  void deleteProject(@PathVariable ProjectId project) {
    var by = " by " + actor().id() + " over the API";
    if (projects.get(project, actor()).state() == ProjectState.ACTIVE) {
      close.handle(new RequestClosure.Command(project, "deleted" + by, actor()));
    } else {
      var reason = "taken back" + by + " before it was ready";
      giveUp.handle(new GiveUpProject.Command(project, reason, actor()));
    }
  }

  @Operation(summary = "Change how a project is described")
  @PatchMapping("/{project}")
  ResponseEntity<HubProject> changeProject(
      @PathVariable ProjectId project,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @Valid @RequestBody ProjectChange body) {
    projects.get(project, actor());
    return tagged(
        change.handle(
            new ChangeProject.Command(
                project,
                EntityTag.required(ifMatch),
                body.name(),
                body.purpose(),
                body.classification(),
                body.owner(),
                actor())));
  }

  /** How much a project may store, in bytes; null for what all projects have. */
  record StorageQuota(@Nullable Long bytes) {}

  @Operation(
      summary = "Set how much a project may store",
      description = "For administrators of the platform. All versions of all files count.")
  @PutMapping("/{project}/storage-quota")
  StorageStanding setStorageQuota(
      @PathVariable ProjectId project, @Valid @RequestBody StorageQuota body) {
    return quota.handle(new SetStorageQuota.Command(project, body.bytes(), actor()));
  }

  private ResponseEntity<HubProject> tagged(ProjectView view) {
    return ResponseEntity.ok().eTag(EntityTag.of(view.version())).body(hub.of(view, actor()));
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
