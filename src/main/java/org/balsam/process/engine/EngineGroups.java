package org.balsam.process.engine;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.balsam.kernel.Actor;

/** What a person's groups in the directory mean in the engine. */
final class EngineGroups {

  /** Everybody who has a role in any project; carries the minimum of authorisations. */
  static final String MEMBERS = "balsam/member";

  private EngineGroups() {}

  /** The directory's groups and, for members of any project, {@link #MEMBERS}; sorted. */
  static List<String> inEngine(Collection<String> groups) {
    var all = new TreeSet<>(groups);
    if (!tenants(groups).isEmpty()) {
      all.add(MEMBERS);
    }
    return List.copyOf(all);
  }

  /** The projects that the groups belong to; each is a tenant of the engine. Sorted. */
  static List<String> tenants(Collection<String> groups) {
    var projects = new TreeSet<String>();
    for (var group : groups) {
      if (!Actor.isOfPlatform(group) && !group.equals(MEMBERS)) {
        projects.add(group.substring(0, group.indexOf('/')));
      }
    }
    return List.copyOf(projects);
  }
}
