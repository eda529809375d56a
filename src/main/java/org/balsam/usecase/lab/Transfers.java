package org.balsam.usecase.lab;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads from a commit of a lab branch what is transferred where. */
@Component
public class Transfers {

  private final ExplorationRepository explorations;
  private final Forge forge;
  private final Directory directory;

  Transfers(ExplorationRepository explorations, Forge forge, Directory directory) {
    this.explorations = explorations;
    this.forge = forge;
    this.directory = directory;
  }

  /**
   * A transfer with everything that it needs.
   *
   * @param project the production project
   * @param isNew whether it must be made first
   * @param template of a new project; else empty
   * @param name of a new project; else empty
   * @param owner the named production owner
   * @param decidedBy who decided on the transfer
   */
  public record Transfer(
      ProjectId project,
      boolean isNew,
      String template,
      String name,
      String owner,
      String branch,
      String title,
      String decidedBy) {}

  /**
   * The transfer that the commit describes.
   *
   * @throws Rejection DELIVERABLES_MISSING, naming each that is not there
   */
  @Transactional(readOnly = true, noRollbackFor = Rejection.class)
  public Transfer of(ExplorationId id, String commit) {
    var exploration = explorations.get(id);
    var yaml =
        forge
            .read(id.project(), commit, Deliverables.FILE)
            .orElseThrow(() -> missing(exploration, List.of(Deliverables.FILE)));
    try {
      var read = Deliverables.read(yaml);
      var missing =
          read.missing(
              forge.list(id.project(), commit),
              path -> hasText(id.project(), commit, path),
              person -> directory.person(person).isPresent());
      if (!missing.isEmpty()) {
        throw missing(exploration, missing);
      }
      return transfer(exploration, read);
    } catch (Invalid malformed) {
      throw new Rejection(
          ErrorCode.DELIVERABLES_MISSING,
          Deliverables.FILE + " cannot be used: " + malformed.getMessage());
    }
  }

  private boolean hasText(ProjectId project, String commit, String path) {
    return forge
        .read(project, commit, path)
        .filter(content -> !new String(content, StandardCharsets.UTF_8).isBlank())
        .isPresent();
  }

  private static Transfer transfer(ExplorationEntity exploration, Deliverables read) {
    var production = Objects.requireNonNull(read.production());
    return new Transfer(
        new ProjectId(Objects.requireNonNull(production.project())),
        production.isNew(),
        Objects.requireNonNullElse(production.template(), ""),
        Objects.requireNonNullElse(production.name(), ""),
        Objects.requireNonNull(read.owner()),
        exploration.branch,
        exploration.title,
        Objects.requireNonNull(exploration.outcomeBy));
  }

  private static Rejection missing(ExplorationEntity exploration, List<String> what) {
    return new Rejection(
        ErrorCode.DELIVERABLES_MISSING,
        "the branch %s cannot be transferred; missing: %s"
            .formatted(exploration.branch, String.join("; ", what)));
  }
}
