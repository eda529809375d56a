package org.balsam.kernel;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who does something: a person, Balsam itself, or a schedule.
 *
 * @param id the person's user id, the service's or the schedule's name
 * @param groups the groups at this moment, as {@code project/role}
 */
public record Actor(Kind kind, String id, Set<String> groups) {

  /** What sort of actor. */
  public enum Kind {
    USER,
    SERVICE,
    SCHEDULE
  }

  /** Balsam itself, when it acts for nobody in particular. */
  public static final Actor BALSAM = new Actor(Kind.SERVICE, "balsam", Set.of());

  /** The group of platform administrators. */
  public static final String PLATFORM_ADMINISTRATORS = "platform/administrator";

  /**
   * The group of service accounts: programs that sign in as themselves. Whatever roles they hold,
   * they make no decision that a person has to make.
   */
  public static final String SERVICE_ACCOUNTS = "platform/service";

  /** What the names of groups begin with that are of no project. */
  private static final String PLATFORM = "platform/";

  public Actor {
    groups = Set.copyOf(groups);
  }

  /** A person with their groups at this moment. */
  public static Actor user(String id, Set<String> groups) {
    return new Actor(Kind.USER, id, groups);
  }

  /** A schedule. */
  public static Actor schedule(String id) {
    return new Actor(Kind.SCHEDULE, id, Set.of());
  }

  /** Whether the actor holds {@code role} in {@code project}. */
  public boolean has(ProjectId project, Role role) {
    return groups.contains(role.group(project));
  }

  /** Whether the actor holds any role in {@code project}. */
  public boolean isMemberOf(ProjectId project) {
    return groups.stream().anyMatch(group -> group.startsWith(project + "/"));
  }

  /** The slugs of the projects that the actor is a member of. */
  public Set<String> projects() {
    return groups.stream()
        .filter(group -> !isOfPlatform(group) && group.indexOf('/') > 0)
        .map(group -> group.substring(0, group.indexOf('/')))
        .collect(Collectors.toSet());
  }

  /**
   * Demands membership.
   *
   * @throws NotFound for others, who must not learn that the project exists
   */
  public void requireMemberOf(ProjectId project) {
    if (!isMemberOf(project)) {
      throw new NotFound("there is no project '" + project + "' that you are a member of");
    }
  }

  /**
   * Demands one of {@code roles} in the project. Schedules and Balsam itself pass.
   *
   * @throws NotFound for people outside the project
   * @throws Forbidden for members without any of the roles
   */
  public void requireAny(ProjectId project, Role... roles) {
    if (kind != Kind.USER) {
      return;
    }
    requireMemberOf(project);
    if (Stream.of(roles).noneMatch(role -> has(project, role))) {
      throw new Forbidden(
          "this needs one of the roles "
              + Stream.of(roles).map(Role::value).collect(Collectors.joining(", "))
              + " in "
              + project
              + "; the owner of the project can give it");
    }
  }

  /** Whether the group is of the platform, and not of a project. */
  public static boolean isOfPlatform(String group) {
    return group.startsWith(PLATFORM);
  }

  /**
   * Demands an administrator of the platform.
   *
   * @throws Forbidden for everybody else
   */
  public void requirePlatformAdministrator() {
    if (!isPlatformAdministrator()) {
      throw new Forbidden("this needs an administrator of the platform");
    }
  }

  /** Whether the actor administers the platform. */
  public boolean isPlatformAdministrator() {
    return groups.contains(PLATFORM_ADMINISTRATORS);
  }
}
