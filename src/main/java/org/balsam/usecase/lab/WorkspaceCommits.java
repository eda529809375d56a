package org.balsam.usecase.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.ContentRules;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.NotebookOutputs;
import org.springframework.stereotype.Component;

/**
 * Keeps changed code of an archived workspace as a commit on its lab branch: files that the branch
 * has, and new files that are source by their name; data, secrets and outputs of notebooks stay out
 * of Git.
 */
@Component
class WorkspaceCommits {

  private static final String CODE = "code/";
  private static final int LARGEST_FILE = 16 << 20;
  private static final long LARGEST_COMMIT = 64 << 20;
  private static final Set<String> SOURCES =
      Set.of(
          "ado", "bpmn", "cfg", "dmn", "do", "ipynb", "java", "jl", "js", "kt", "md", "py", "qmd",
          "r", "rmd", "sas", "scala", "sh", "sql", "stan", "toml", "ts", "yaml", "yml");
  private static final Set<String> SOURCE_NAMES =
      Set.of(".gitignore", "Dockerfile", "Makefile", "renv.lock", "requirements.txt");

  private final Forge forge;

  WorkspaceCommits(Forge forge) {
    this.forge = forge;
  }

  /**
   * Commits what has changed; everything is in the archive, too.
   *
   * @return the tip of the branch, which is made again when somebody removed it
   */
  String commit(ExplorationEntity exploration, Path archive) throws IOException {
    var project = exploration.explorationId().project();
    var tip =
        forge.ensureBranch(
            project, exploration.branch, Objects.requireNonNull(exploration.commitId));
    var changed = changed(project, tip, archive);
    if (changed.isEmpty()) {
      return tip;
    }
    var author =
        new Forge.Author(exploration.requestedBy, exploration.requestedBy + "@users.invalid");
    var message = "Keep the workspace of " + exploration.id;
    return forge.commit(
        project, exploration.branch, new Forge.Change(changed, message, author, false));
  }

  private Map<String, byte[]> changed(ProjectId project, String tip, Path archive)
      throws IOException {
    var changed = new LinkedHashMap<String, byte[]>();
    var there = new TreeSet<>(forge.list(project, tip));
    var bytes = 0L;
    try (var zip = new ZipFile(archive.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        if (!entry.getName().startsWith(CODE)
            || entry.getSize() > LARGEST_FILE
            || bytes + entry.getSize() > LARGEST_COMMIT) {
          continue;
        }
        var path = entry.getName().substring(CODE.length());
        if (clashes(path, there)) {
          continue;
        }
        try (var content = zip.getInputStream(entry)) {
          var kept = change(project, tip, path, content.readAllBytes());
          kept.ifPresent(now -> changed.put(path, now));
          bytes += kept.map(now -> now.length).orElse(0);
        }
      }
    }
    return changed;
  }

  /** Whether the branch has a folder of this name, or a file where this path has a folder. */
  private static boolean clashes(String path, TreeSet<String> there) {
    var inside = there.ceiling(path + "/");
    return inside != null && inside.startsWith(path + "/")
        || IntStream.range(1, path.length())
            .filter(end -> path.charAt(end) == '/')
            .anyMatch(end -> there.contains(path.substring(0, end)));
  }

  private Optional<byte[]> change(ProjectId project, String tip, String path, byte[] found) {
    try {
      var before = forge.read(project, tip, path);
      if (before.isEmpty() && !isSource(path)) {
        return Optional.empty();
      }
      var old = before.flatMap(content -> committable(path, content));
      return committable(path, found)
          .filter(now -> ContentRules.allow(path, now))
          .filter(now -> old.filter(content -> Arrays.equals(content, now)).isEmpty());
    } catch (Invalid notForARepository) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> committable(String path, byte[] content) {
    return path.endsWith(".ipynb") ? NotebookOutputs.strip(content) : Optional.of(content);
  }

  private static boolean isSource(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return SOURCE_NAMES.contains(name) || name.contains(".") && SOURCES.contains(extension);
  }
}
