package org.balsam.platform.compute.local;

import java.nio.file.Path;
import java.util.Map;
import org.balsam.platform.compute.CodeRepository;
import org.balsam.platform.compute.workspace.WorkspaceCode;
import org.balsam.platform.forge.CodeCheckout;
import org.balsam.platform.forge.git.WorkingCopy;

/** The code of workspaces in a repository of a folder. */
final class WorkspaceCodeFixture {

  private WorkspaceCodeFixture() {}

  static WorkspaceCode of(CodeRepository code) {
    return new WorkspaceCode(
        (project, commit, target) -> CodeCheckout.of(Map.of()).fetch(code.uri(), commit, target),
        (project, branch, files) ->
            WorkingCopy.link(Path.of(code.uri()), code.uri(), branch, files));
  }
}
