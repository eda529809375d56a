package org.balsam.process.dataset;

import java.util.Optional;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.dataset.ProjectFacts;
import org.balsam.usecase.project.Projects;
import org.springframework.stereotype.Component;

/** Asks the box of projects. */
@Component
class ProjectFactsAdapter implements ProjectFacts {

  private final Projects projects;

  ProjectFactsAdapter(Projects projects) {
    this.projects = projects;
  }

  @Override
  public Optional<Classification> classification(ProjectId project) {
    return projects.classification(project);
  }
}
