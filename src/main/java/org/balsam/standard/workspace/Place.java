package org.balsam.standard.workspace;

import java.util.List;
import java.util.Set;

/** Where in a manifest a text stands, which decides what may stand there. */
enum Place {
  /** The value of a container's environment variable. */
  ENVIRONMENT("in an environment variable"),
  /** What a container runs. */
  COMMAND("on a command line"),
  /** What is written about an object. */
  ANNOTATION("in an annotation"),
  /** A file of settings. */
  DATA("in a ConfigMap"),
  /** A URL, wherever it stands. */
  ADDRESS("in a URL"),
  /** What objects are called and found by. */
  NAME("in a name"),
  /** Anything else, for example a path. */
  OTHER("here");

  private static final Set<String> NAMES = Set.of("name", "claimName", "secretName", "serviceName");
  private static final Set<String> NAMED =
      Set.of("labels", "matchLabels", "selector", "nodeSelector");

  private final String words;

  Place(String words) {
    this.words = words;
  }

  /** "in an annotation". */
  String words() {
    return words;
  }

  /**
   * The place of a text.
   *
   * @param path the keys and indices from the top of the manifest
   */
  static Place of(List<String> path, String text) {
    var last = key(path, 1);
    var above = key(path, 2);
    if (above.equals("command") || above.equals("args")) {
      return COMMAND;
    }
    if (text.contains("://") && !path.get(0).equals("data")) {
      return ADDRESS;
    }
    if (last.equals("value") && key(path, 3).equals("env")) {
      return ENVIRONMENT;
    }
    if (above.equals("annotations")) {
      return ANNOTATION;
    }
    if (path.get(0).equals("data")) {
      return DATA;
    }
    return NAMED.contains(above) || NAMES.contains(last) && !key(path, 3).equals("env")
        ? NAME
        : OTHER;
  }

  private static String key(List<String> path, int fromEnd) {
    return path.size() < fromEnd ? "" : path.get(path.size() - fromEnd);
  }
}
