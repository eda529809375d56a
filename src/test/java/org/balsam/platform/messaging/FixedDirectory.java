package org.balsam.platform.messaging;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ProjectKind;
import org.balsam.kernel.Role;
import org.balsam.platform.identity.Directory;

/** People with one group each, in memory. */
final class FixedDirectory implements Directory {

  final Map<String, String> groups = new TreeMap<>();
  final Map<String, String> addresses = new TreeMap<>();

  FixedDirectory with(String person, String group) {
    groups.put(person, group);
    addresses.put(person, person + "@nsi.example");
    return this;
  }

  @Override
  public Optional<Person> person(String id) {
    return Optional.ofNullable(addresses.get(id)).map(address -> new Person(id, id, address));
  }

  @Override
  public List<Person> search(String text, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> groupsOf(String person) {
    return groups.containsKey(person) ? Set.of(groups.get(person)) : Set.of();
  }

  @Override
  public List<String> membersOf(String group) {
    return groups.keySet().stream().filter(person -> groups.get(person).equals(group)).toList();
  }

  @Override
  public List<Membership> members(ProjectId project) {
    return groups.entrySet().stream()
        .filter(entry -> entry.getValue().startsWith(project + "/"))
        .map(entry -> new Membership(entry.getKey(), entry.getKey(), Set.of(Role.OWNER)))
        .collect(Collectors.toList());
  }

  @Override
  public void ensureGroups(ProjectId project, ProjectKind kind) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeGroups(ProjectId project) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setRoles(ProjectId project, String person, Set<Role> roles) {
    throw new UnsupportedOperationException();
  }
}
