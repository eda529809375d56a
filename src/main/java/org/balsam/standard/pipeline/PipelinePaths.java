package org.balsam.standard.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths that a pipeline names. */
final class PipelinePaths {

  static final String ALLOWED =
      "; allowed: a relative path of at most 300 characters that stays inside the %s, without '\\',"
          + " '[' and control characters";

  private static final int LONGEST = 300;

  private PipelinePaths() {}

  /**
   * The path without {@code .} and {@code ..}.
   *
   * @param folder what the path is relative to: empty, or ending with a slash
   * @return empty for a path that is malformed or leads out of the repository
   */
  static Optional<String> inside(String folder, String path) {
    if (path.isEmpty()
        || path.length() > LONGEST
        || path.startsWith("/")
        || path.indexOf('\\') >= 0
        || path.indexOf('[') >= 0
        || path.chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    var parts = new ArrayList<String>();
    for (var part : (folder + path).split("/", -1)) {
      if (part.equals("..") && parts.isEmpty()) {
        return Optional.empty();
      } else if (part.equals("..")) {
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
  }

  /** The folders and the name. */
  static List<String> parts(String path) {
    return List.of(path.split("/"));
  }
}
