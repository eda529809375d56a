package org.balsam.platform.identity.keycloak;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Installation;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.keycloak.RealmAdmin.Group;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The groups {@code /organisation/kind/project/role}. A group means a role only if Balsam made it:
 * it has the id that was recorded then, and is still where it was. Names alone mean nothing, so
 * look-alikes and nested groups give no rights.
 */
final class ProjectGroups {

  /** The attribute of a group that names its installation of Balsam and its project. */
  static final String LABEL = "balsam";

  private static final Set<String> KINDS =
      Arrays.stream(ProjectKind.values())
          .map(ProjectKind::value)
          .collect(Collectors.toUnmodifiableSet());

  private final RealmAdmin realm;
  private final JdbcClient jdbc;
  private final Installation installation;

  ProjectGroups(RealmAdmin realm, JdbcClient jdbc, Installation installation) {
    this.realm = realm;
    this.jdbc = jdbc;
    this.installation = installation;
  }

  /** A recorded group. */
  private record Recorded(String id, String path, String meaning) {}

  /** What the groups mean in Balsam, as {@code project/role}. */
  Set<String> meaningOf(Collection<Group> groups) {
    var paths = groups.stream().collect(Collectors.toMap(Group::id, Group::path, (a, b) -> a));
    return paths.isEmpty()
        ? Set.of()
        : jdbc
            .sql(
                "select id, path, project || '/' || role as meaning from balsam.keycloak_group"
                    + " where id in (:ids)")
            .param("ids", paths.keySet())
            .query(Recorded.class)
            .list()
            .stream()
            .filter(recorded -> recorded.path().equals(paths.get(recorded.id())))
            .map(Recorded::meaning)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The id of the group with this meaning. */
  Optional<String> idOf(String project, String role) {
    return jdbc.sql("select id from balsam.keycloak_group where project = ? and role = ?")
        .params(project, role)
        .query(String.class)
        .optional();
  }

  /** The ids of the project's groups, by role; empty for a project without groups. */
  Map<Role, String> of(ProjectId project) {
    return jdbc
        .sql("select role, id from balsam.keycloak_group where project = ?")
        .param(project.value())
        .query((row, number) -> Map.entry(Role.parse(row.getString(1)), row.getString(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Whether a group is where that of the platform's administrators is. */
  boolean isPathOfAdministrators(String path) {
    return path.equals("/" + installation.organisation() + "/platform/administrator");
  }

  /** The id of the group of the platform's administrators, where there is one. */
  Optional<String> administrators() {
    return realm
        .child(null, installation.organisation())
        .flatMap(top -> realm.child(top.id(), "platform"))
        .flatMap(platform -> realm.child(platform.id(), "administrator"))
        .map(Group::id);
  }

  /**
   * Makes what is missing and records all of it; repeating it changes nothing.
   *
   * @throws Rejection ALREADY_EXISTS when a group of that name is not Balsam's
   */
  void ensure(ProjectId project, ProjectKind kind) {
    var path = "/" + installation.organisation() + "/" + kind.value();
    var above =
        ensure(ensure(null, installation.organisation(), null, path), kind.value(), null, path);
    path = path + "/" + project;
    var group = ensure(above, project.value(), project, path);
    var existing =
        realm.children(group, "").stream()
            .collect(Collectors.toMap(Group::name, Function.identity()));
    for (var role : Role.values()) {
      var rolePath = path + "/" + role.value();
      var found = Optional.ofNullable(existing.get(role.value()));
      record(ensure(found, group, role.value(), project, rolePath), project, role, rolePath);
    }
  }

  /** Removes the project's group, and those below it, where it carries Balsam's label. */
  void remove(ProjectId project) {
    realm.child(null, installation.organisation()).stream()
        .flatMap(top -> realm.children(top.id(), "").stream())
        .filter(above -> KINDS.contains(above.name()))
        .flatMap(above -> realm.child(above.id(), project.value()).stream())
        .filter(group -> isLabelled(group, project))
        .forEach(group -> realm.delete(group.id()));
    jdbc.sql("delete from balsam.keycloak_group where project = ?").param(project.value()).update();
  }

  private String ensure(
      @Nullable String parent, String name, @Nullable ProjectId project, String path) {
    return ensure(realm.child(parent, name), parent, name, project, path);
  }

  /** A group of the organisation has no project and is shared with whoever uses the realm. */
  private String ensure(
      Optional<Group> known,
      @Nullable String parent,
      String name,
      @Nullable ProjectId project,
      String path) {
    var found = known;
    if (found.isEmpty()) {
      Map<String, List<String>> label =
          project == null ? Map.of() : Map.of(LABEL, List.of(label(project)));
      var made = realm.create(parent, name, label);
      if (made.isPresent()) {
        return made.get();
      }
      found = realm.child(parent, name);
    }
    return found
        .filter(group -> project == null || isLabelled(group, project))
        .map(Group::id)
        .orElseThrow(
            () ->
                new Rejection(
                    ErrorCode.ALREADY_EXISTS,
                    "the group '"
                        + path
                        + "' exists at Keycloak and was not made by this Balsam; remove it, or give"
                        + " it the attribute "
                        + LABEL
                        + " = "
                        + label(project)));
  }

  private void record(String id, ProjectId project, Role role, String path) {
    jdbc.sql(
            "insert into balsam.keycloak_group (id, project, role, path) values (?, ?, ?, ?)"
                + " on conflict (project, role) do update set id = excluded.id, path = excluded.path")
        .params(id, project.value(), role.value(), path)
        .update();
  }

  private boolean isLabelled(Group group, ProjectId project) {
    return group.attributes() != null
        && group.attributes().getOrDefault(LABEL, List.of()).contains(label(project));
  }

  private String label(ProjectId project) {
    return installation.organisation() + "/" + installation.environment() + "/" + project;
  }
}
