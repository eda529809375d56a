package org.balsam.standard.template;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;
import org.springframework.stereotype.Component;

/** Reads {@code balsam.yaml} at pinned commits. */
@Component
public class ProjectFiles {

  private static final String NAME = "balsam.yaml";

  private final Forge forge;
  private final ProjectFileParser parser;

  public ProjectFiles(Forge forge, ProjectFileParser parser) {
    this.forge = forge;
    this.parser = parser;
  }

  /**
   * The project file at a commit of 40 hexadecimal digits.
   *
   * @throws Invalid INVALID_PROJECT_FILE when it or the pipeline that it names is missing or
   *     malformed
   */
  public ProjectFile at(ProjectId project, String commit) {
    var file = parser.parse(bytes(project, commit), NAME);
    return file.pipeline() == null
        ? file
        : PipelineSteps.of(
            file, forge.list(project, commit), path -> forge.read(project, commit, path));
  }

  /**
   * The bytes of the project file at a commit.
   *
   * @throws Invalid INVALID_PROJECT_FILE when it is missing
   */
  public byte[] bytes(ProjectId project, String commit) {
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
                        + "; it belongs into the top folder"));
  }
}
