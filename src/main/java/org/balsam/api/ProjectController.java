package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.ChangeProject;
import org.balsam.usecase.project.ProjectView;
import org.balsam.usecase.project.Projects;
import org.balsam.usecase.project.RequestProject;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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

/** Projects: ask for one, read and describe it. */
@RestController
@Tag(name = "projects")
@RequestMapping("/api/v1/projects")
class ProjectController {

  private static final String PATH = "/api/v1/projects";

  private final Projects projects;
  private final RequestProject request;
  private final ChangeProject change;
  private final Creation creation;

  ProjectController(
      Projects projects, RequestProject request, ChangeProject change, Creation creation) {
    this.projects = projects;
    this.request = request;
    this.change = change;
    this.creation = creation;
  }

  /**
   * A project to ask for.
   *
   * @param name shown name, 3 to 100 characters
   * @param purpose what it is for, up to 2000 characters
   * @param template the id of a project template
   * @param templateParameters values of the template's parameters, without {@code project}
   * @param owner the id of the person who will be accountable; the caller unless said
   */
  record NewProject(
      @NotNull ProjectId id,
      @NotNull String name,
      @NotNull String purpose,
      @NotNull String template,
      @Nullable Map<String, String> templateParameters,
      @Nullable String owner,
      @NotNull Classification classification) {}

  /** What to change; what is left out stays. */
  record ProjectChange(
      @Nullable String name,
      @Nullable String purpose,
      @Nullable Classification classification,
      @Nullable String owner) {}

  @Operation(summary = "My projects, by id; all for administrators of the platform")
  @GetMapping
  Page<ProjectView> listProjects(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return projects.page(cursor, limit, actor());
  }

  @Operation(
      summary = "Ask for a project",
      description = "An administrator of the platform approves it, then it is made.")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ProjectView> requestProject(
      @RequestHeader(name = Creation.HEADER, required = false) @Nullable String key,
      @Valid @RequestBody NewProject body) {
    var command =
        new RequestProject.Command(
            body.id(),
            body.name(),
            body.purpose(),
            body.template(),
            body.templateParameters() == null ? Map.of() : body.templateParameters(),
            body.owner() == null ? actor().id() : body.owner(),
            body.classification(),
            actor());
    return creation.answer(
        key,
        PATH,
        body,
        () -> PATH + "/" + request.handle(command).project().id(),
        location -> projects.get(body.id(), actor()));
  }

  @Operation(summary = "A project; its version is the ETag")
  @GetMapping("/{project}")
  ResponseEntity<ProjectView> getProject(@PathVariable ProjectId project) {
    return tagged(projects.get(project, actor()));
  }

  @Operation(summary = "Change how a project is described")
  @PatchMapping("/{project}")
  ResponseEntity<ProjectView> changeProject(
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

  private static ResponseEntity<ProjectView> tagged(ProjectView view) {
    return ResponseEntity.ok().eTag(EntityTag.of(view.version())).body(view);
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
