package org.balsam.platform.messaging;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.identity.Directory;
import org.balsam.platform.messaging.Messenger.Notice;

/** Whom a notice is for, as the directory knows it at this moment. */
public final class Recipients {

  private final Directory directory;

  Recipients(Directory directory) {
    this.directory = directory;
  }

  /** The ids of everybody who is told, sorted. */
  public List<String> persons(Notice notice) {
    return notice.groups().isEmpty()
        ? members(notice.project())
        : notice.groups().stream()
            .flatMap(group -> directory.membersOf(group).stream())
            .distinct()
            .sorted()
            .toList();
  }

  /** The ids of a project's people, sorted. */
  public List<String> members(ProjectId project) {
    return directory.members(project).stream()
        .map(Directory.Membership::person)
        .distinct()
        .sorted()
        .toList();
  }

  /** The person's address for mail; empty when there is none. */
  public Optional<String> address(String person) {
    return directory
        .person(person)
        .map(Directory.Person::email)
        .filter(address -> !address.isBlank());
  }

  /** Whether the person is still among those who are told. */
  boolean isTold(String person, Notice notice) {
    var groups = directory.groupsOf(person);
    var prefix = notice.project() + "/";
    return notice.groups().isEmpty()
        ? groups.stream().anyMatch(group -> group.startsWith(prefix))
        : notice.groups().stream().anyMatch(groups::contains);
  }
}
