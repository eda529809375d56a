package org.balsam.usecase.project;

import java.util.Map;
import org.balsam.kernel.ModelName;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.template.ProjectFiles;
import org.balsam.standard.template.ProjectPolicies;
import org.balsam.standard.template.ProjectTemplates;
import org.springframework.stereotype.Component;

/** Looks up which template a project was made from. */
@Component
class PolicyOfTemplate implements ProjectPolicies {

  private final ProjectRepository projects;
  private final ProjectFiles files;
  private final ProjectTemplates templates;

  PolicyOfTemplate(ProjectRepository projects, ProjectFiles files, ProjectTemplates templates) {
    this.projects = projects;
    this.files = files;
    this.templates = templates;
  }

  @Override
  public void require(ProjectId project, String commit) {
    var template = template(project);
    templates.requireAllowed(template, files.bytes(project, commit));
    templates.requireAllowed(template, files.at(project, commit));
  }

  @Override
  public void requireParameters(
      ProjectId project, ModelName model, Map<String, String> parameters) {
    templates.requireAllowedParameters(template(project), model, parameters);
  }

  private String template(ProjectId project) {
    return projects
        .findById(project.value())
        .orElseThrow(() -> ProjectRepository.unknown(project))
        .template();
  }
}
