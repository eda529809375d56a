package org.balsam.usecase.project;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;

/** Gives a project's people access to its repository by their roles: who writes code may push. */
@Component
class RepositoryMembers {

  private static final Set<Role> WRITERS =
      EnumSet.of(Role.OWNER, Role.METHODOLOGY, Role.PRODUCTION);

  private final Directory directory;
  private final Forge forge;

  RepositoryMembers(Directory directory, Forge forge) {
    this.directory = directory;
    this.forge = forge;
  }

  /** Makes the access what the directory says at this moment. */
  void ensure(ProjectId project) {
    Map<String, Forge.Access> members =
        directory.members(project).stream()
            .collect(
                Collectors.toMap(Directory.Membership::person, member -> access(member.roles())));
    forge.ensureMembers(project, members);
  }

  private static Forge.Access access(Set<Role> roles) {
    return roles.stream().anyMatch(WRITERS::contains) ? Forge.Access.WRITE : Forge.Access.READ;
  }
}
