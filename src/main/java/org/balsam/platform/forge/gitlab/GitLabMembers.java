package org.balsam.platform.forge.gitlab;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.platform.forge.Forge.Access;
import org.balsam.platform.forge.Forge.Members;
import org.gitlab4j.api.models.AccessLevel;
import org.gitlab4j.api.models.Member;
import org.gitlab4j.api.models.User;

/** The direct members of a project's group: its people, and nobody else but accounts of bots. */
final class GitLabMembers {

  private static final Pattern BOT = Pattern.compile("(?:group|project)_\\d+_bot(?:_.*)?");

  private final GitLabServer server;

  GitLabMembers(GitLabServer server) {
    this.server = server;
  }

  Members ensure(long group, Map<String, Access> wanted) {
    var present = present(group);
    var unknown = new HashSet<String>();
    var changed = new HashSet<String>();
    wanted.forEach(
        (person, access) -> {
          var member = Optional.ofNullable(present.remove(person));
          var user = member.map(Member::getId).or(() -> user(person));
          if (user.isEmpty()) {
            unknown.add(person);
          } else if (give(group, user.get(), member, level(access))) {
            changed.add(person);
          }
        });
    changed.addAll(remove(group, present));
    return new Members(Set.copyOf(unknown), Set.copyOf(changed));
  }

  private Map<String, Member> present(long group) {
    var own =
        server.of("look up Balsam's own account", () -> server.api().getUserApi().getCurrentUser());
    var members = new HashMap<String, Member>();
    server
        .all(
            "list the members of group " + group,
            page -> server.api().getGroupApi().getMembers(group, page, GitLabServer.PAGE))
        .stream()
        .filter(member -> !member.getId().equals(own.getId()))
        .filter(member -> !BOT.matcher(member.getUsername()).matches())
        .forEach(member -> members.put(member.getUsername(), member));
    return members;
  }

  /** GitLab ignores capitals in user names, and may answer with somebody who only looks alike. */
  private Optional<Long> user(String person) {
    return server
        .of(
            "look up the user " + person,
            () -> Optional.ofNullable(server.api().getUserApi().getUser(person)))
        .filter(user -> person.equals(user.getUsername()))
        .map(User::getId);
  }

  private boolean give(long group, long user, Optional<Member> member, AccessLevel level) {
    var groups = server.api().getGroupApi();
    if (member.isEmpty()) {
      server.make("add a member to group " + group, () -> groups.addMember(group, user, level));
      return true;
    }
    if (member.get().getAccessLevel() == level) {
      return false;
    }
    server.change(
        "change a member of group " + group, () -> groups.updateMember(group, user, level));
    return true;
  }

  private Set<String> remove(long group, Map<String, Member> others) {
    others
        .values()
        .forEach(
            member ->
                server.find(
                    "remove a member of group " + group,
                    () -> {
                      server.api().getGroupApi().removeMember(group, member.getId());
                      return true;
                    }));
    return others.keySet();
  }

  private static AccessLevel level(Access access) {
    return switch (access) {
      case READ -> AccessLevel.REPORTER;
      case WRITE -> AccessLevel.DEVELOPER;
    };
  }
}
