package org.balsam.usecase.project;

import java.io.InputStream;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads how a project was closed and what it keeps. A closed project has no groups any more: those
 * who owned or audited it when it was frozen read it, and administrators of the platform.
 */
@Component
@Transactional(readOnly = true)
public class ProjectArchives {

  private static final Set<String> READABLE = Set.of("rel", "prov");
  private static final Set<Role> READERS = Set.of(Role.OWNER, Role.AUDITOR);

  private final ClosureLedger closures;
  private final ProjectRepository projects;
  private final ObjectStore store;
  private final BucketNames buckets;

  ProjectArchives(
      ClosureLedger closures, ProjectRepository projects, ObjectStore store, BucketNames buckets) {
    this.closures = closures;
    this.projects = projects;
    this.store = store;
    this.buckets = buckets;
  }

  /**
   * The newest closing.
   *
   * @throws NotFound when there is none, or the actor may not know it
   */
  public ProjectClosure closure(ProjectId project, Actor actor) {
    var closure = closures.find(project).orElse(null);
    if (!mayKnow(project, closure, actor)) {
      throw ProjectRepository.unknown(project);
    }
    if (closure == null) {
      throw new NotFound("nobody has asked to close the project '" + project + "'");
    }
    return closure;
  }

  /**
   * The newest version of what a closed project released, or of its evidence and archive; the
   * caller closes the stream.
   *
   * @param kind {@code rel} or {@code prov}
   * @throws NotFound when there is none, the project is not closed, or the actor may not know it
   */
  public InputStream open(ProjectId project, String kind, String key, Actor actor) {
    if (closure(project, actor).stage() != ClosureStage.CLOSED) {
      throw new NotFound("the project '" + project + "' is not closed: read it by its own routes");
    }
    if (!READABLE.contains(kind)) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "bucket", "is rel or prov");
    }
    var bucket = buckets.of(project, kind);
    var found =
        store
            .find(bucket, key)
            .orElseThrow(() -> new NotFound("the project keeps no such file in " + kind));
    return store.open(bucket, key, found.versionId());
  }

  /**
   * The manifest of a closed project's archive; the caller closes the stream.
   *
   * @throws NotFound when the project is not closed, or the actor may not know it
   */
  public InputStream manifest(ProjectId project, Actor actor) {
    var closure = closure(project, actor);
    return open(project, "prov", ClosureArchive.key(closure, ClosureArchive.MANIFEST), actor);
  }

  private boolean mayKnow(ProjectId project, @Nullable ProjectClosure closure, Actor actor) {
    return actor.isPlatformAdministrator()
        || actor.isMemberOf(project)
        || closure != null && isReader(project, closure, actor);
  }

  private boolean isReader(ProjectId project, ProjectClosure closure, Actor actor) {
    return projects.findById(project.value()).filter(p -> p.owner().equals(actor.id())).isPresent()
        || closure.members().getOrDefault(actor.id(), Set.of()).stream()
            .anyMatch(READERS::contains);
  }
}
