package org.balsam.usecase.round;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFileParser;
import org.springframework.stereotype.Component;

/** Reads {@code balsam.yaml} at pinned commits. */
@Component
class ProjectFiles {

  static final String NAME = "balsam.yaml";

  private final Forge forge;
  private final ProjectFileParser parser;

  ProjectFiles(Forge forge, ProjectFileParser parser) {
    this.forge = forge;
    this.parser = parser;
  }

  ProjectFile at(ProjectId project, String commit) {
    return parser.parse(bytes(project, commit), NAME);
  }

  byte[] bytes(ProjectId project, String commit) {
    return forge
        .read(project, commit, NAME)
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_PROJECT_FILE,
                    NAME,
                    "is not in the repository of "
                        + project
                        + " at commit "
                        + commit
                        + "; a round needs it in the top folder"));
  }
}
