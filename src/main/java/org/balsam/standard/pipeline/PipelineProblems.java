package org.balsam.standard.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.yaml.Shown;

/** Collects what is wrong with a pipeline, by node and field; shows the first 100. */
final class PipelineProblems {

  private static final int LIMIT = 100;

  private final String fileName;
  private final List<Problem> found = new ArrayList<>();

  PipelineProblems(String fileName) {
    this.fileName = fileName;
  }

  void add(String field, String message) {
    found.add(new Problem(fileName + ": " + field, message));
  }

  void add(String label, String field, String message) {
    add("node '" + Shown.of(label) + "', " + field, message);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Refuses the file when anything was found. */
  void raise() {
    if (!found.isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_PROJECT_FILE, found.subList(0, Math.min(LIMIT, found.size())));
    }
  }
}
