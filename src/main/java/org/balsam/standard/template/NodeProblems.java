package org.balsam.standard.template;

import java.util.ArrayList;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.Shown;

/** Collects why nodes of a pipeline cannot be steps; shows the first 100 reasons. */
final class NodeProblems {

  private static final int LIMIT = 100;

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  NodeProblems(String file) {
    this.file = file;
  }

  /** Of one node of the file, by its label. */
  void add(String label, String field, String message) {
    found.add(new Problem("%s: node '%s', %s".formatted(file, Shown.of(label), field), message));
  }

  void addAll(List<Problem> problems) {
    found.addAll(problems);
  }

  /** Refuses the file when anything was found. */
  void raise() {
    if (!found.isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_PROJECT_FILE, found.subList(0, Math.min(LIMIT, found.size())));
    }
  }
}
