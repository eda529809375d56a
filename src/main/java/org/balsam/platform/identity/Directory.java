package org.balsam.platform.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;

/**
 * People and their roles. All calls are safe to repeat and may be made from any thread; a directory
 * that cannot be reached is an {@link org.balsam.kernel.ExternalFailure}.
 */
public interface Directory {

  /** The person with exactly this id. */
  Optional<Person> person(String id);

  /**
   * What these people are called, by id; who is unknown is left out. Asks for each by itself where
   * the directory cannot be asked for all at once.
   */
  default Map<String, String> names(Collection<String> people) {
    var names = new HashMap<String, String>();
    for (var id : Set.copyOf(people)) {
      person(id).ifPresent(person -> names.put(id, person.displayName()));
    }
    return names;
  }

  /**
   * People whose id or name contains {@code text} (all for an empty text), by id.
   *
   * @param limit 1 to 200
   */
  List<Person> search(String text, int limit);

  /**
   * The groups of a person at this moment, as {@code project/role}; empty for an unknown person.
   */
  Set<String> groupsOf(String person);

  /** The ids of all people in a group, sorted. */
  List<String> membersOf(String group);

  /** The project's people with their roles, by person. */
  List<Membership> members(ProjectId project);

  /**
   * Makes sure that the project's groups exist.
   *
   * @param kind where a directory with a tree of groups keeps them
   * @throws org.balsam.kernel.Rejection ALREADY_EXISTS when somebody else made groups of that name
   */
  void ensureGroups(ProjectId project, ProjectKind kind);

  /** Removes the groups that {@link #ensureGroups} made, and all memberships in them. */
  void removeGroups(ProjectId project);

  /**
   * Gives the person exactly these roles in the project; an empty set removes the person.
   *
   * @throws org.balsam.kernel.NotFound for an unknown person or a project without groups
   */
  void setRoles(ProjectId project, String person, Set<Role> roles);

  /**
   * A person.
   *
   * @param id {@code [a-z][a-z0-9._-]{1,31}}
   * @param email may be empty
   */
  record Person(String id, String displayName, String email) {}

  /**
   * A person's roles in a project; never empty.
   *
   * @param name of the person, to be shown
   */
  record Membership(String person, String name, Set<Role> roles) {}
}
