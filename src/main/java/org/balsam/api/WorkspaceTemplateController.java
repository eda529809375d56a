package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.lab.TemplateView;
import org.balsam.usecase.lab.WorkspaceTemplates;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What workspaces can be made from. */
@RestController
@Tag(name = "workspaces")
@RequestMapping("/api/v1/templates")
class WorkspaceTemplateController {

  private final WorkspaceTemplates templates;

  WorkspaceTemplateController(WorkspaceTemplates templates) {
    this.templates = templates;
  }

  /**
   * A template that cannot be used.
   *
   * @param template the name of its folder; empty for a source that could not be read at all
   */
  record RefusedTemplate(String source, String template, List<String> reasons) {}

  @Operation(
      operationId = "ListTemplates",
      summary = "What I can make a workspace from, in a project or in any of mine")
  @GetMapping
  List<TemplateView> listTemplates(@RequestParam(required = false) @Nullable ProjectId projectId) {
    return templates.list(projectId, CallContext.current().actor());
  }

  @Operation(
      summary =
          "Templates that cannot be used, with the reasons; for administrators of the platform")
  @GetMapping("/refused")
  List<RefusedTemplate> listRefusedTemplates() {
    return templates.refused(CallContext.current().actor()).stream()
        .map(one -> new RefusedTemplate(one.source(), one.template(), one.reasons()))
        .toList();
  }
}
