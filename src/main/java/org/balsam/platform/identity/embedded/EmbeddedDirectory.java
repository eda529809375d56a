package org.balsam.platform.identity.embedded;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.kernel.Actor;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The directory on Balsam's own tables. A disabled person is unknown to it and has no groups. */
public final class EmbeddedDirectory implements Directory {

  private static final String PERSON =
      "select id, display_name, email from balsam.person where not disabled";

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;

  /** A directory on the tables that the migrations made. */
  public EmbeddedDirectory(JdbcClient jdbc, TransactionOperations transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public Optional<Person> person(String id) {
    return EmbeddedPeople.isId(id)
        ? jdbc.sql(PERSON + " and id = ?").param(id).query(Person.class).optional()
        : Optional.empty();
  }

  @Override
  public Map<String, String> names(Collection<String> people) {
    var ids = people.stream().filter(EmbeddedPeople::isId).distinct().toList();
    var names = new HashMap<String, String>();
    if (!ids.isEmpty()) {
      jdbc.sql(PERSON + " and id in (:ids)")
          .param("ids", ids)
          .query(Person.class)
          .list()
          .forEach(person -> names.put(person.id(), person.displayName()));
    }
    return names;
  }

  @Override
  public List<Person> search(String text, int limit) {
    return jdbc.sql(
            PERSON
                + " and (strpos(lower(id), lower(:text)) > 0"
                + " or strpos(lower(display_name), lower(:text)) > 0)"
                + " order by id limit :limit")
        .param("text", text.replace("\0", ""))
        .param("limit", Math.min(Math.max(limit, 1), 200))
        .query(Person.class)
        .list();
  }

  @Override
  public Set<String> groupsOf(String person) {
    if (!EmbeddedPeople.isId(person)) {
      return Set.of();
    }
    return Set.copyOf(
        jdbc.sql(
                """
                select m.project || '/' || m.role from balsam.membership m
                  join balsam.person p on p.id = m.person and not p.disabled
                  where m.person = :person
                union all
                select :administrators from balsam.platform_administrator a
                  join balsam.person p on p.id = a.person and not p.disabled
                  where a.person = :person
                """)
            .param("person", person)
            .param("administrators", Actor.PLATFORM_ADMINISTRATORS)
            .query(String.class)
            .set());
  }

  @Override
  public List<String> membersOf(String group) {
    if (group.equals(Actor.PLATFORM_ADMINISTRATORS)) {
      return jdbc.sql(
              "select a.person from balsam.platform_administrator a join balsam.person p"
                  + " on p.id = a.person and not p.disabled order by a.person collate \"C\"")
          .query(String.class)
          .list();
    }
    var slash = group.lastIndexOf('/');
    return slash < 0 || group.indexOf('\0') >= 0
        ? List.of()
        : jdbc.sql(
                "select m.person from balsam.membership m join balsam.person p"
                    + " on p.id = m.person and not p.disabled"
                    + " where m.project = ? and m.role = ? order by m.person collate \"C\"")
            .params(group.substring(0, slash), group.substring(slash + 1))
            .query(String.class)
            .list();
  }

  @Override
  public List<Membership> members(ProjectId project) {
    var names = new HashMap<String, String>();
    var roles = new LinkedHashMap<String, Set<Role>>();
    jdbc.sql(
            "select m.person, m.role, p.display_name from balsam.membership m join balsam.person p"
                + " on p.id = m.person and not p.disabled"
                + " where m.project = ? order by m.person collate \"C\"")
        .param(project.value())
        .query(
            row -> {
              names.put(row.getString(1), row.getString(3));
              roles
                  .computeIfAbsent(row.getString(1), person -> new TreeSet<>())
                  .add(Role.parse(row.getString(2)));
            });
    return roles.entrySet().stream()
        .map(
            entry ->
                new Membership(
                    entry.getKey(), names.get(entry.getKey()), Set.copyOf(entry.getValue())))
        .toList();
  }

  @Override
  public void ensureGroups(ProjectId project, ProjectKind kind) {
    jdbc.sql("insert into balsam.project_group (project) values (?) on conflict do nothing")
        .param(project.value())
        .update();
  }

  @Override
  public void removeGroups(ProjectId project) {
    jdbc.sql("delete from balsam.project_group where project = ?").param(project.value()).update();
  }

  @Override
  public void setRoles(ProjectId project, String person, Set<Role> roles) {
    transaction.executeWithoutResult(
        status -> {
          lockGroupsOf(project);
          if (person(person).isEmpty()) {
            throw new NotFound("there is no person '" + person + "'");
          }
          jdbc.sql("delete from balsam.membership where project = ? and person = ?")
              .params(project.value(), person)
              .update();
          roles.forEach(
              role ->
                  jdbc.sql("insert into balsam.membership (project, person, role) values (?, ?, ?)")
                      .params(project.value(), person, role.value())
                      .update());
        });
  }

  private void lockGroupsOf(ProjectId project) {
    jdbc.sql("select project from balsam.project_group where project = ? for update")
        .param(project.value())
        .query(String.class)
        .optional()
        .orElseThrow(() -> new NotFound("the project '" + project + "' has no groups"));
  }
}
