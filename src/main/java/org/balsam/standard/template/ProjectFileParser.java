package org.balsam.standard.template;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.yaml.LineProblems;
import org.balsam.standard.yaml.YamlTree;
import org.springframework.stereotype.Component;

/**
 * Reads {@code balsam.yaml}, version 1 ({@code docs/project-file.md}). The text is taken as
 * hostile: at most 256 KiB, no anchors, tags or duplicate keys. May be called from any thread.
 */
@Component
public class ProjectFileParser {

  private final ProjectSchema schema = new ProjectSchema();

  /**
   * Reads a project file.
   *
   * @param fileName the name to use in messages, for example {@code balsam.yaml}
   * @throws Invalid with code {@code INVALID_PROJECT_FILE} and every problem found, each at {@code
   *     balsam.yaml:LINE} with what is allowed
   */
  public ProjectFile parse(byte[] yaml, String fileName) {
    var problems = new LineProblems(fileName);
    var tree = YamlTree.read(yaml, problems);
    if (!tree.root().isMissingNode()) {
      for (var violation : schema.violations(tree.root())) {
        problems.add(tree.line(violation.pointer()), violation.message());
      }
      var reported = problems.lines();
      for (var violation : new ProjectFileRules(tree.root()).violations()) {
        var line = tree.line(violation.pointer());
        if (!reported.contains(line)) {
          problems.add(line, violation.message());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw problems.invalid(ErrorCode.INVALID_PROJECT_FILE);
    }
    return new ProjectFileReader(tree.root()).read();
  }
}
