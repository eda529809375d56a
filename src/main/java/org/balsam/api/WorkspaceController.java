package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.lab.EndShare;
import org.balsam.usecase.lab.ShareWorkspace;
import org.balsam.usecase.lab.WorkspaceView;
import org.balsam.usecase.lab.Workspaces;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The workspaces of a project's explorations as they are now. */
@RestController
@Tag(name = "workspaces")
@RequestMapping("/api/v1/projects/{project}/workspaces")
class WorkspaceController {

  private final Workspaces workspaces;
  private final ShareWorkspace share;
  private final EndShare endShare;

  WorkspaceController(Workspaces workspaces, ShareWorkspace share, EndShare endShare) {
    this.workspaces = workspaces;
    this.share = share;
    this.endShare = endShare;
  }

  /** Where the service answers, and the token that signs its user in. */
  record SignIn(URI url, String token) {}

  @Operation(summary = "The workspaces of the project's unfinished explorations, by name")
  @GetMapping
  Page<WorkspaceView> listWorkspacesOfProject(
      @PathVariable ProjectId project,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return workspaces.page(project, limit, cursor, actor());
  }

  @Operation(summary = "A workspace: its state in words, its address, its last activity")
  @GetMapping("/{workspace}")
  WorkspaceView getWorkspace(@PathVariable ProjectId project, @PathVariable String workspace) {
    return workspaces.get(project, workspace, actor());
  }

  @Operation(summary = "The end of what the service of the workspace wrote")
  @GetMapping(value = "/{workspace}/logs", produces = MediaType.TEXT_PLAIN_VALUE)
  String getWorkspaceLogs(@PathVariable ProjectId project, @PathVariable String workspace) {
    return workspaces.log(project, workspace, actor());
  }

  @Operation(
      summary =
          "Sign in to the service; for the user of the workspace and whom it is shared with, and recorded")
  @PostMapping("/{workspace}/sign-in")
  ResponseEntity<SignIn> signInToWorkspace(
      @PathVariable ProjectId project, @PathVariable String workspace) {
    var credential = workspaces.credential(project, workspace, actor());
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new SignIn(credential.url(), credential.token()));
  }

  @Operation(summary = "Let another member who explores sign in to my workspace")
  @PutMapping("/{workspace}/shares/{person}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void shareWorkspace(
      @PathVariable ProjectId project,
      @PathVariable String workspace,
      @PathVariable String person) {
    share.handle(new ShareWorkspace.Command(project, workspace, person, actor()));
  }

  @Operation(summary = "Take that back; the service is restarted with another token")
  @DeleteMapping("/{workspace}/shares/{person}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void endShareOfWorkspace(
      @PathVariable ProjectId project,
      @PathVariable String workspace,
      @PathVariable String person) {
    endShare.handle(new EndShare.Command(project, workspace, person, actor()));
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
