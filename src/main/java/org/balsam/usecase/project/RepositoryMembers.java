package org.balsam.usecase.project;

import java.util.Map;
import java.util.stream.Collectors;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.springframework.stereotype.Component;

/** Gives a project's people access to its repository by their roles: who writes code may push. */
@Component
class RepositoryMembers {

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
                Collectors.toMap(
                    Directory.Membership::person, member -> Forge.Access.of(member.roles())));
    forge.ensureMembers(project, members);
  }
}
