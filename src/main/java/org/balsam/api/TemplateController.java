package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.balsam.kernel.Page;
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
@RequestMapping("/api/v1/templates")
class TemplateController {

  private final ProjectTemplates templates;

  TemplateController(ProjectTemplates templates) {
    this.templates = templates;
  }

  /** A template as a choice. */
  record Template(
      String id,
      String title,
      String version,
      String description,
      List<ProjectTemplate.Parameter> parameters) {
    static Template of(ProjectTemplate template) {
      return new Template(
          template.id(),
          template.title(),
          template.version(),
          template.description(),
          template.parameters());
    }
  }

  @Operation(summary = "The project templates, by id")
  @GetMapping
  Page<Template> listTemplates(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return Pages.cut(templates.list(), ProjectTemplate::id, limit, cursor).map(Template::of);
  }
}
