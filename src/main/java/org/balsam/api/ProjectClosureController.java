package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.GiveUpClosure;
import org.balsam.usecase.project.ProjectArchives;
import org.balsam.usecase.project.ProjectClosure;
import org.balsam.usecase.project.RequestClosure;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The end of a project, and what is kept of it. */
@RestController
@Tag(name = "projects")
@RequestMapping("/api/v1/projects/{project}")
class ProjectClosureController {

  private final RequestClosure request;
  private final GiveUpClosure giveUp;
  private final ProjectArchives archives;

  ProjectClosureController(RequestClosure request, GiveUpClosure giveUp, ProjectArchives archives) {
    this.request = request;
    this.giveUp = giveUp;
    this.archives = archives;
  }

  /** Why; kept for good. */
  record ClosureReason(@NotNull String reason) {}

  @Operation(
      summary = "Ask that a project be closed",
      description =
          "For owners and administrators of the platform; another one of them approves it. Refused"
              + " with 409 while a round, training, exploration, schedule or embargo is open, which"
              + " are named.")
  @PostMapping("/close")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ProjectClosure closeProject(
      @PathVariable ProjectId project, @Valid @RequestBody ClosureReason body) {
    request.handle(new RequestClosure.Command(project, body.reason(), actor()));
    return archives.closure(project, actor());
  }

  @Operation(summary = "How the closing of a project stands, and its archive")
  @GetMapping("/closure")
  ProjectClosure getProjectClosure(@PathVariable ProjectId project) {
    return archives.closure(project, actor());
  }

  @Operation(
      summary = "Give up closing a project; it goes on with everything it had",
      description = "For who asked for it, owners, and administrators of the platform.")
  @PostMapping("/closure/give-up")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void giveUpProjectClosure(
      @PathVariable ProjectId project, @Valid @RequestBody ClosureReason body) {
    giveUp.handle(new GiveUpClosure.Command(project, body.reason(), actor()));
  }

  @Operation(
      summary = "A file that a closed project keeps: released data, evidence, archive",
      description =
          "For administrators of the platform and those who owned or audited the project when it"
              + " was closed. Without a key the archive's manifest, which names the files.")
  @GetMapping("/closure/files")
  ResponseEntity<Resource> getClosedProjectFile(
      @PathVariable ProjectId project,
      @Parameter(description = "rel or prov") @RequestParam(defaultValue = "rel") String bucket,
      @RequestParam(required = false) @Nullable String key) {
    var content =
        key == null
            ? archives.manifest(project, actor())
            : archives.open(project, bucket, key, actor());
    var name = key == null ? "manifest.json" : key.substring(key.lastIndexOf('/') + 1);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header("X-Content-Type-Options", "nosniff")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(new InputStreamResource(content));
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
