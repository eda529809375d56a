package org.balsam.kernel;

import java.util.List;

/** What the caller sent is malformed. Carries every problem found, not only the first. */
public final class Invalid extends BalsamException {

  /**
   * One thing that is wrong.
   *
   * @param where a JSON pointer, a form field, or {@code file:line}
   * @param message what is wrong and what is allowed
   */
  public record Problem(String where, String message) {
    @Override
    public String toString() {
      return where.isEmpty() ? message : where + ": " + message;
    }
  }

  private final List<Problem> problems;

  public Invalid(ErrorCode code, String where, String message) {
    this(code, List.of(new Problem(where, message)));
  }

  public Invalid(ErrorCode code, List<Problem> problems) {
    super(code, String.join("\n", problems.stream().map(Problem::toString).toList()), null);
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order in which they were met; never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
