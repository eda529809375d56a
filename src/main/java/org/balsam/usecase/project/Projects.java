package org.balsam.usecase.project;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.Actor;
import org.balsam.kernel.Classification;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.StorageQuotas;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads projects: those that the actor is a member of, asked for, or will own; all of them for
 * administrators of the platform.
 */
@Component
@Transactional(readOnly = true)
public class Projects {

  private static final List<ProjectState> ALIVE =
      List.of(
          ProjectState.REQUESTED,
          ProjectState.PROVISIONING,
          ProjectState.ACTIVE,
          ProjectState.CLOSING);

  private final ProjectRepository projects;
  private final StorageQuotas quotas;

  Projects(ProjectRepository projects, StorageQuotas quotas) {
    this.quotas = quotas;
    this.projects = projects;
  }

  /**
   * The projects by id, in every state.
   *
   * @param cursor from the page before, null for the first
   * @param limit 1 to 200
   */
  public Page<ProjectView> page(@Nullable String cursor, int limit, Actor actor) {
    var last = Page.after(cursor, ProjectId::new);
    var after = last == null ? "" : last.value();
    var more = Limit.of(Page.limit(limit) + 1);
    var found =
        actor.isPlatformAdministrator()
            ? projects.findByIdGreaterThanOrderById(after, more)
            : projects.findVisible(after, actor.projects(), actor.id(), more);
    return Page.of(
        found.stream().map(ProjectEntity::view).toList(), limit, view -> view.id().value());
  }

  /**
   * The projects by id that are on their way or ready, all at once.
   *
   * @param onlyMine without those that the actor merely may know
   * @param most how many at most
   */
  public List<ProjectView> alive(boolean onlyMine, int most, Actor actor) {
    var found =
        onlyMine || !actor.isPlatformAdministrator()
            ? projects.findVisible(
                ALIVE, actor.projects(), onlyMine ? "" : actor.id(), Limit.of(most))
            : projects.findByStateInOrderById(ALIVE, Limit.of(most));
    return found.stream().map(ProjectEntity::view).toList();
  }

  /**
   * One project.
   *
   * @throws org.balsam.kernel.NotFound when there is none, or the actor may not know it
   */
  public ProjectView get(ProjectId id, Actor actor) {
    return projects
        .findById(id.value())
        .filter(project -> mayKnow(project, actor))
        .orElseThrow(() -> ProjectRepository.unknown(id))
        .view();
  }

  /**
   * The same with what it stores.
   *
   * @throws org.balsam.kernel.NotFound when there is none, or the actor may not know it
   */
  public ProjectView detail(ProjectId id, Actor actor) {
    return get(id, actor).with(quotas.of(id));
  }

  /** How sensitive a project's data are at most; for processes, which ask for nobody. */
  public Optional<Classification> classification(ProjectId id) {
    return projects.findById(id.value()).map(project -> project.view().classification());
  }

  private static boolean mayKnow(ProjectEntity project, Actor actor) {
    return actor.kind() != Actor.Kind.USER
        || actor.isPlatformAdministrator()
        || actor.isMemberOf(project.id())
        || actor.id().equals(project.requestedBy())
        || actor.id().equals(project.owner());
  }
}
