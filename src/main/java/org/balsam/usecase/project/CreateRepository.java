package org.balsam.usecase.project;

import java.util.HashMap;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.template.Beginning;
import org.balsam.standard.template.ProjectTemplates;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes a project's repository from its template, and that of a library if one was named, and marks
 * the first method version.
 */
@Component
public class CreateRepository {

  private static final String FIRST_METHOD = "mth/v1.0.0";

  private final ProvisionGuard guard;
  private final ProjectTemplates templates;
  private final Forge forge;
  private final Authors authors;
  private final Beginnings beginnings;

  CreateRepository(
      ProvisionGuard guard,
      ProjectTemplates templates,
      Forge forge,
      Authors authors,
      Beginnings beginnings) {
    this.beginnings = beginnings;
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
    var first = forge.ensureRepository(id, files, author);
    var commit = beginnings.of(id).map(found -> begin(id, found, author)).orElse(first);
    forge.ensureTag(id, FIRST_METHOD, commit, "First version of the method", author);
    beginnings.forget(id);
  }

  private String begin(ProjectId id, Beginning beginning, Forge.Author author) {
    return forge.commit(
        id, "main", new Forge.Change(beginning.files(), beginning.message(), author, true));
  }

  private boolean exists(ProjectId id) {
    try {
      return forge.resolve(id, "main").isPresent();
    } catch (NotFound none) {
      return false;
    }
  }
}
