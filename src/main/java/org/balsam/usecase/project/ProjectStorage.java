package org.balsam.usecase.project;

import org.balsam.kernel.Actor;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.storage.StorageQuotas;
import org.balsam.platform.storage.StorageStanding;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How much each project stores; for administrators of the platform. */
@Component
public class ProjectStorage {

  private final Projects projects;
  private final StorageQuotas quotas;

  ProjectStorage(Projects projects, StorageQuotas quotas) {
    this.projects = projects;
    this.quotas = quotas;
  }

  /** A project and what it stores. */
  public record Stored(
      ProjectId project, String name, ProjectState state, StorageStanding storage) {}

  /**
   * The projects by id, in every state.
   *
   * @param cursor from the page before, null for the first
   * @param limit 1 to 200
   * @throws org.balsam.kernel.Forbidden for anybody but administrators of the platform
   */
  @Transactional(readOnly = true)
  public Page<Stored> page(@Nullable String cursor, int limit, Actor actor) {
    actor.requirePlatformAdministrator();
    var page = projects.page(cursor, limit, actor);
    var standings = quotas.of(page.items().stream().map(ProjectView::id).toList());
    return page.map(
        view -> new Stored(view.id(), view.name(), view.state(), standings.get(view.id())));
  }
}
