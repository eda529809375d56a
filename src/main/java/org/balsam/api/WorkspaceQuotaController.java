package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.lab.WorkspaceQuotas;
import org.balsam.usecase.project.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How many workspaces a project may have. */
@RestController
@Tag(name = "workspaces")
@RequestMapping("/api/v1/projects/{project}/workspace-quota")
class WorkspaceQuotaController {

  private final WorkspaceQuotas quotas;
  private final Projects projects;

  WorkspaceQuotaController(WorkspaceQuotas quotas, Projects projects) {
    this.quotas = quotas;
    this.projects = projects;
  }

  /**
   * How many a project may have at once; both null for what all projects have.
   *
   * @param workspaces 1 to 1000
   * @param gpus how many of them may use a GPU, 0 to 1000
   */
  record WorkspaceQuota(@Nullable Integer workspaces, @Nullable Integer gpus) {}

  @Operation(summary = "How many workspaces are asked for or in use, and how many may be")
  @GetMapping
  WorkspaceQuotas.Standing getWorkspaceQuota(@PathVariable ProjectId project) {
    return quotas.get(project, actor());
  }

  @Operation(
      summary = "Set how many workspaces a project may have",
      description = "For administrators of the platform.")
  @PutMapping
  WorkspaceQuotas.Standing setWorkspaceQuota(
      @PathVariable ProjectId project, @Valid @RequestBody WorkspaceQuota body) {
    var known = projects.get(project, actor()).id();
    return quotas.set(new WorkspaceQuotas.Command(known, body.workspaces(), body.gpus(), actor()));
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
