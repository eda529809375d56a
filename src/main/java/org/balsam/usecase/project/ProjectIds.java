package org.balsam.usecase.project;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;

/**
 * Says which id a project gets. The id is kept for the transaction that asked, so that of requests
 * at the same moment each gets its own or is refused.
 */
@Component
class ProjectIds {

  private static final Set<String> RESERVED = Set.of("platform", "balsam");

  private final ProjectRepository projects;

  ProjectIds(ProjectRepository projects) {
    this.projects = projects;
  }

  /**
   * The id that was asked for; or one that is derived from the name, the same each time.
   *
   * @throws Rejection ALREADY_EXISTS, with a free id, when the id is taken, or when a project has
   *     the name from which it would be derived
   * @throws Invalid for an id that names groups of Balsam itself
   */
  ProjectId choose(RequestProject.Command command) {
    return command.isIdDerived() ? derived(command) : asked(command.id());
  }

  private ProjectId asked(ProjectId id) {
    if (RESERVED.contains(id.value())) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "id",
          "'" + id + "' names groups of Balsam itself; choose another id");
    }
    if (holder(id).isPresent()) {
      throw new Rejection(
          ErrorCode.ALREADY_EXISTS,
          "the project id '%s' is taken; choose another one, for example %s"
              .formatted(id, ProjectSlug.alternative(id, this::isTaken)));
    }
    return id;
  }

  private ProjectId derived(RequestProject.Command command) {
    Optional<ProjectId> free = Optional.empty();
    for (var id : List.of(command.id(), ProjectSlug.distinct(command.name()))) {
      var holder = holder(id);
      if (holder.filter(one -> isNamed(one, command.name())).isPresent()) {
        throw nameTaken(command.name());
      }
      if (free.isEmpty() && holder.isEmpty() && !RESERVED.contains(id.value())) {
        free = Optional.of(id);
      }
    }
    return free.orElseThrow(() -> nameTaken(command.name()));
  }

  private Optional<ProjectEntity> holder(ProjectId id) {
    projects.reserve(id.value());
    return projects.findLocked(id.value()).filter(project -> !project.state().leavesIdFree());
  }

  /** A closed project keeps its id, and gives its name free. */
  private static boolean isNamed(ProjectEntity project, String name) {
    return project.state() != ProjectState.CLOSED && project.name().equals(name);
  }

  private boolean isTaken(ProjectId id) {
    return projects.findById(id.value()).filter(p -> !p.state().leavesIdFree()).isPresent();
  }

  private static Rejection nameTaken(String name) {
    return new Rejection(
        ErrorCode.ALREADY_EXISTS, "there is a project '" + name + "'; choose another name");
  }
}
