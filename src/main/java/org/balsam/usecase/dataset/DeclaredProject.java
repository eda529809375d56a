package org.balsam.usecase.dataset;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.template.ProjectFile;
import org.balsam.standard.template.ProjectFileParser;
import org.springframework.stereotype.Component;

/** Reads what a project declares about its data at one commit. */
@Component
class DeclaredProject {

  private static final String FILE = "balsam.yaml";

  private final Forge forge;
  private final ProjectFileParser parser;

  DeclaredProject(Forge forge, ProjectFileParser parser) {
    this.forge = forge;
    this.parser = parser;
  }

  ProjectFile at(ProjectId project, String commit) {
    return forge
        .read(project, commit, FILE)
        .map(yaml -> parser.parse(yaml, FILE))
        .orElseThrow(
            () ->
                new Rejection(
                    ErrorCode.INVALID_PROJECT_FILE,
                    "there is no " + FILE + " at commit " + commit + " of " + project));
  }
}
