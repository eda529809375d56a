package org.balsam.platform.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.springframework.transaction.support.TransactionOperations;

/** Records every change of groups and roles in the transaction of the change. */
final class AuditedDirectory implements Directory {

  private final Directory directory;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  AuditedDirectory(Directory directory, AuditTrail audit, TransactionOperations transaction) {
    this.directory = directory;
    this.audit = audit;
    this.transaction = transaction;
  }

  @Override
  public Optional<Person> person(String id) {
    return directory.person(id);
  }

  @Override
  public Map<String, String> names(Collection<String> people) {
    return directory.names(people);
  }

  @Override
  public List<Person> search(String text, int limit) {
    return directory.search(text, limit);
  }

  @Override
  public Set<String> groupsOf(String person) {
    return directory.groupsOf(person);
  }

  @Override
  public List<String> membersOf(String group) {
    return directory.membersOf(group);
  }

  @Override
  public List<Membership> members(ProjectId project) {
    return directory.members(project);
  }

  @Override
  public void ensureGroups(ProjectId project, ProjectKind kind) {
    change(
        () -> {
          directory.ensureGroups(project, kind);
          audit.record(AuditEntry.done("groups.ensured", project.value(), project.value()));
        });
  }

  @Override
  public void removeGroups(ProjectId project) {
    change(
        () -> {
          directory.removeGroups(project);
          audit.record(AuditEntry.done("groups.removed", project.value(), project.value()));
        });
  }

  @Override
  public void setRoles(ProjectId project, String person, Set<Role> roles) {
    change(
        () -> {
          var before = directory.groupsOf(person);
          directory.setRoles(project, person, roles);
          audit.record(
              AuditEntry.done("member.changed", project.value(), person)
                  .with("before", sorted(before, project))
                  .with("after", roles.stream().map(Role::value).sorted().toList()));
        });
  }

  /** A refusal, which changed nothing, must not doom the transaction around it. */
  private void change(Runnable work) {
    var refusal =
        transaction.execute(
            status -> {
              try {
                work.run();
                return null;
              } catch (Rejection no) {
                return no;
              }
            });
    if (refusal != null) {
      throw refusal;
    }
  }

  private static List<String> sorted(Set<String> groups, ProjectId project) {
    var prefix = project + "/";
    return new TreeSet<>(groups)
        .stream()
            .filter(group -> group.startsWith(prefix))
            .map(group -> group.substring(prefix.length()))
            .toList();
  }
}
