package org.balsam.usecase.project;

import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.springframework.stereotype.Component;

/** Refuses to close a project in which something goes on. */
@Component
class WorkCheck {

  private final OpenWork work;

  WorkCheck(OpenWork work) {
    this.work = work;
  }

  /**
   * Passes when nothing goes on.
   *
   * @throws Rejection WRONG_STATE, with all that does
   */
  void requireNone(ProjectId project) {
    var open = work.of(project);
    if (!open.isEmpty()) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the project %s cannot be closed while work is open: %s; end or cancel it first"
              .formatted(project, String.join(", ", open)));
    }
  }
}
