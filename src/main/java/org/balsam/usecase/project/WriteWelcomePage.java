package org.balsam.usecase.project;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes {@code WELCOME.md} into a project's repository: what it has and how to begin. */
@Component
public class WriteWelcomePage {

  private final ProjectRepository projects;
  private final IdentifierLedger identifiers;
  private final Forge forge;
  private final Authors authors;

  WriteWelcomePage(
      ProjectRepository projects, IdentifierLedger identifiers, Forge forge, Authors authors) {
    this.projects = projects;
    this.identifiers = identifiers;
    this.forge = forge;
    this.authors = authors;
  }

  /** What to do. */
  public record Command(ProjectId project) {}

  /** Does it; repeating it changes nothing more. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var id = command.project();
    var project = projects.locked(id);
    project.require(ProjectState.PROVISIONING);
    var page = page(project).getBytes(StandardCharsets.UTF_8);
    forge.commit(
        id,
        "main",
        new Forge.Change(
            Map.of("WELCOME.md", page),
            "docs: welcome the people of " + id,
            authors.of(project.requestedBy()),
            true));
  }

  private String page(ProjectEntity project) {
    var names =
        identifiers.derive(project.id(), project.kind()).entrySet().stream()
            .map(name -> "| %s | `%s` |".formatted(name.getKey(), name.getValue()))
            .collect(Collectors.joining("\n"));
    return """
        # %s

        %s

        Accountable: %s. Classification of the data: %s.

        | system | name |
        |---|---|
        %s

        To begin: the owner gives people their roles; raw data go to the raw bucket; `balsam.yaml`
        says what a round does. Change it on a branch, and mark a new version of the method with a
        tag `mth/v1.1.0`.
        """
        .formatted(
            project.name(),
            project.purpose(),
            project.owner(),
            project.classification().value(),
            names);
  }
}
