package org.balsam.standard.pipeline;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.balsam.kernel.Invalid;
import org.balsam.platform.compute.NodePaths;
import org.balsam.standard.pipeline.Pipeline.Node;
import org.balsam.standard.yaml.Shown;

/** Finds the files of the repository that a node needs. */
public final class NodeFiles {

  private static final int MOST = 2000;

  private NodeFiles() {}

  /**
   * The notebook or script and its dependencies, by their path in the node's folder. Files and
   * folders that begin with a dot are found by their name only.
   *
   * @param pipeline path of the pipeline, for messages
   * @param repository the paths of all files
   * @throws Invalid INVALID_PROJECT_FILE when the notebook or script, or a dependency that is no
   *     pattern, is not there
   */
  public static Map<String, String> of(String pipeline, Node node, Collection<String> repository) {
    var problems = new PipelineProblems(pipeline);
    var files = new TreeMap<String, String>();
    if (!repository.contains(node.file())) {
      problems.add(
          node.label(), "filename", "'" + Shown.of(node.file()) + "' is not in the repository");
    }
    files.put(node.file().substring(node.folder().length()), node.file());
    for (var dependency : node.dependencies()) {
      var before = files.size();
      var found = false;
      for (var file : repository) {
        if (file.startsWith(node.folder()) && matches(dependency, node, file)) {
          files.put(file.substring(node.folder().length()), file);
          found = true;
        }
      }
      if (!found && !NodePaths.isPattern(dependency)) {
        problems.add(
            node.label(),
            "dependencies",
            "'%s' is not in the repository's folder '%s'"
                .formatted(Shown.of(dependency), Shown.of(node.folder())));
      }
      if (files.size() > MOST && before <= MOST) {
        problems.add(node.label(), "dependencies", "are more than " + MOST + " files");
      }
    }
    if (files.keySet().stream().anyMatch(file -> file.startsWith("in/"))) {
      problems.add(
          node.label(),
          "dependencies",
          "there is a folder 'in' among them, where the node finds the round's inputs; rename it");
    }
    problems.raise();
    return files;
  }

  private static boolean matches(String dependency, Node node, String file) {
    var path = file.substring(node.folder().length());
    if (!NodePaths.isPattern(dependency)) {
      return path.equals(dependency) || path.startsWith(dependency + "/");
    }
    if (("/" + path).contains("/.")) {
      return false;
    }
    var everywhere = node.subdirectories() && dependency.indexOf('/') < 0;
    var subject = everywhere ? path.substring(path.lastIndexOf('/') + 1) : path;
    return NodePaths.matches(dependency, subject);
  }
}
