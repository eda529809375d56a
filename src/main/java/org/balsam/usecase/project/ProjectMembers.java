package org.balsam.usecase.project;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The people of a project and their roles. */
@Component
public class ProjectMembers {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectMembers.class);

  private final ProjectRepository projects;
  private final Directory directory;
  private final RepositoryMembers repository;

  ProjectMembers(ProjectRepository projects, Directory directory, RepositoryMembers repository) {
    this.projects = projects;
    this.directory = directory;
    this.repository = repository;
  }

  /**
   * The project's people, by id.
   *
   * @throws NotFound for people outside the project who do not administer the platform
   */
  public List<Directory.Membership> list(ProjectId project, Actor actor) {
    if (!actor.isPlatformAdministrator()) {
      actor.requireMemberOf(project);
    }
    return directory.members(project);
  }

  /** What a person is called; the id where the directory does not know the person. */
  public String nameOf(String person) {
    return directory.person(person).map(Directory.Person::displayName).orElse(person);
  }

  /**
   * What people are called, by id; without those whom the directory does not know, and empty while
   * it does not answer: a name is no reason to show nothing at all.
   */
  public Map<String, String> namesOf(Collection<String> people) {
    try {
      return directory.names(people);
    } catch (ExternalFailure away) {
      LOG.warn("people are shown by their ids: {}", away.getMessage());
      return Map.of();
    }
  }

  /** Sets roles; the lock keeps two owners from removing each other. */
  void setRoles(ProjectId id, String person, Set<Role> roles, Actor actor) {
    if (!actor.isPlatformAdministrator()) {
      actor.requireAny(id, Role.OWNER);
    }
    projects.locked(id).require(ProjectState.ACTIVE);
    if (directory.person(person).isEmpty()) {
      throw new NotFound("there is no person '" + printable(person) + "' in the directory");
    }
    if (!roles.contains(Role.OWNER)
        && directory.membersOf(Role.OWNER.group(id)).equals(List.of(person))) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          person + " is the last owner of " + id + "; make somebody else owner first");
    }
    directory.setRoles(id, person, roles);
    repository.ensure(id);
  }

  static void requireSomeRole(Set<Role> roles) {
    if (roles.isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "roles",
          "at least one role is needed; to take all roles from a person, remove the member");
    }
  }

  private static String printable(String text) {
    var shortened = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return shortened.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }
}
