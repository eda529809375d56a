package org.balsam.usecase.project;

import java.util.HashMap;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.template.ProjectTemplates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a project's repository from its template and marks the first method version. */
@Component
public class CreateRepository {

  private static final String FIRST_METHOD = "mth/v1.0.0";

  private final ProvisionGuard guard;
  private final ProjectTemplates templates;
  private final Forge forge;
  private final Authors authors;

  CreateRepository(ProvisionGuard guard, ProjectTemplates templates, Forge forge, Authors authors) {
    this.guard = guard;
    this.templates = templates;
    this.forge = forge;
    this.authors = authors;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /**
   * Does it; repeating it changes nothing more.
   *
   * @throws Rejection ALREADY_EXISTS when somebody else made it before, WRONG_STATE unless the
   *     project is provisioning
   */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    var project = guard.begin(id, ProvisionStep.REPOSITORY, () -> exists(id));
    var parameters = new HashMap<>(project.templateParameters());
    parameters.put("project", id.value());
    var author = authors.of(project.requestedBy());
    var files = templates.render(project.template(), parameters);
    var commit = forge.ensureRepository(id, files, author);
    forge.ensureTag(id, FIRST_METHOD, commit, "First version of the method", author);
  }

  private boolean exists(ProjectId id) {
    try {
      return forge.resolve(id, "main").isPresent();
    } catch (NotFound none) {
      return false;
    }
  }
}
