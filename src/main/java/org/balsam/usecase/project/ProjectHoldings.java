package org.balsam.usecase.project;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.health.Holdings;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** What projects have in other systems since their onboarding. */
@Component
class ProjectHoldings implements Holdings {

  private static final List<ProjectState> MADE =
      List.of(
          ProjectState.PROVISIONING,
          ProjectState.ACTIVE,
          ProjectState.CLOSING,
          ProjectState.CLOSED);

  private final ProjectRepository projects;
  private final ObjectStore store;
  private final BucketNames buckets;
  private final WorkspaceRuntime runtime;
  private final Directory directory;

  ProjectHoldings(
      ProjectRepository projects,
      ObjectStore store,
      BucketNames buckets,
      WorkspaceRuntime runtime,
      Directory directory) {
    this.projects = projects;
    this.store = store;
    this.buckets = buckets;
    this.runtime = runtime;
    this.directory = directory;
  }

  @Override
  public Set<String> ports() {
    return Set.of("storage", "forge", "compute", "identity");
  }

  @Override
  public List<String> names(int limit) {
    return projects.findByStateInOrderById(MADE, Limit.of(limit)).stream()
        .map(project -> "project " + project.getId())
        .toList();
  }

  @Override
  public boolean isMovable() {
    return true;
  }

  @Override
  public void adopt(String port) {
    switch (port) {
      case "storage" -> each((id, project) -> ensureBuckets(id));
      case "compute" -> each((id, project) -> runtime.ensureSpace(id));
      case "identity" -> each((id, project) -> directory.ensureGroups(id, project.kind()));
      default -> {
        // repositories are brought over whole
      }
    }
  }

  private void ensureBuckets(ProjectId project) {
    BucketKinds.ALL.forEach(kind -> store.ensureBucket(buckets.of(project, kind), project));
  }

  private void each(BiConsumer<ProjectId, ProjectEntity> ensured) {
    projects
        .findByStateInOrderById(List.of(ProjectState.ACTIVE), Limit.unlimited())
        .forEach(project -> ensured.accept(new ProjectId(project.getId()), project));
  }
}
