package org.balsam.platform.compute.workspace;

import java.nio.file.Path;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;

/**
 * Where the code of a workspace comes from.
 *
 * @param checkOut writes the files of one commit
 * @param link makes them a working copy
 */
public record WorkspaceCode(CheckOut checkOut, WorkingCopyLink link) {

  /** Writes files. */
  @FunctionalInterface
  public interface CheckOut {
    /** Writes the files of one commit into an empty folder. */
    void checkOut(ProjectId project, String commit, Path target);
  }

  /** Makes files of a branch a working copy of it. */
  @FunctionalInterface
  public interface WorkingCopyLink {
    /** Puts a {@code .git} beside the files. */
    void link(ProjectId project, String branch, Path files);
  }

  void place(WorkspaceSpec spec, Path target) {
    checkOut.checkOut(spec.project(), spec.commit(), target);
    if (spec.interactive()) {
      link.link(spec.project(), spec.branch(), target);
    }
  }
}
