package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.balsam.kernel.Page;
import org.balsam.kernel.Role;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.template.PolicyBound;
import org.balsam.standard.template.ProjectTemplate;
import org.balsam.standard.template.ProjectTemplates;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What projects can start from. */
@RestController
@Tag(name = "templates")
@RequestMapping("/api/v1/project-templates")
class ProjectTemplateController {

  private final ProjectTemplates templates;

  ProjectTemplateController(ProjectTemplates templates) {
    this.templates = templates;
  }

  /**
   * A template as a choice.
   *
   * @param hardware the sizes of machine that its steps fit into
   * @param network the widest network class of its steps
   * @param roles the roles that somebody must hold
   * @param manuals files of the new repository, or pages of Balsam's documentation
   * @param policy the bounds within which a project may adapt settings
   */
  record ProjectTemplateChoice(
      String id,
      String title,
      String version,
      String description,
      String useCase,
      List<ProjectTemplate.Parameter> parameters,
      List<PlannedStep> steps,
      List<String> hardware,
      String network,
      List<Role> roles,
      List<String> manuals,
      List<PolicyBound> policy) {
    static ProjectTemplateChoice of(ProjectTemplate template) {
      return new ProjectTemplateChoice(
          template.id(),
          template.title(),
          template.version(),
          template.description(),
          template.useCase(),
          template.parameters(),
          template.steps().stream().map(PlannedStep::of).toList(),
          template.hardware().stream().map(HardwareProfile::value).toList(),
          template.network().name().toLowerCase(Locale.ROOT),
          template.roles(),
          template.manuals(),
          template.policy());
    }
  }

  /**
   * A step of a new project.
   *
   * @param kind what runs it, for example {@code sql}
   * @param image the image with its digest; null for the runtime of the machine
   */
  record PlannedStep(String name, String kind, @Nullable String image) {
    static PlannedStep of(ProjectTemplate.PlannedStep step) {
      return new PlannedStep(
          step.name(), step.kind().name().toLowerCase(Locale.ROOT), step.image());
    }
  }

  @Operation(summary = "The project templates, by id")
  @GetMapping
  Page<ProjectTemplateChoice> listProjectTemplates(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return Pages.cut(templates.list(), ProjectTemplate::id, limit, cursor)
        .map(ProjectTemplateChoice::of);
  }
}
