package org.balsam.api;

import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/** Whose events a person may read. */
final class ReadableProjects {

  private ReadableProjects() {}

  /**
   * The slugs to look in; null for all, and events of no project.
   *
   * @param wanted null for all that the actor may read
   * @throws NotFound when the actor is not a member of the wanted one
   */
  static @Nullable Set<String> of(Actor actor, @Nullable ProjectId wanted) {
    if (wanted != null) {
      if (!actor.isPlatformAdministrator()) {
        actor.requireMemberOf(wanted);
      }
      return Set.of(wanted.value());
    }
    return actor.isPlatformAdministrator() ? null : actor.projects();
  }

  static boolean includes(Actor actor, @Nullable String project) {
    return actor.isPlatformAdministrator() || project != null && actor.projects().contains(project);
  }
}
