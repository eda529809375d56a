package org.balsam.standard.gate;

import java.util.ArrayList;
import java.util.List;
import org.balsam.kernel.Invalid.Problem;

/** Collects the faults of malformed tables, the first {@value #LIMIT} of them. */
final class TableProblems {

  static final int LIMIT = 20;

  private final List<Problem> problems = new ArrayList<>();

  void add(String where, String message) {
    if (!isFull()) {
      problems.add(new Problem(where, message));
    }
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  boolean isFull() {
    return problems.size() >= LIMIT;
  }

  List<Problem> list() {
    return List.copyOf(problems);
  }
}
