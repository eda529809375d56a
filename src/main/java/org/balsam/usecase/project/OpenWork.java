package org.balsam.usecase.project;

import java.util.List;
import org.balsam.kernel.ProjectId;

/** What goes on in a project and stands against closing it. */
public interface OpenWork {

  /**
   * Each piece in words, for example {@code round lfs-2026-q3-r0 (under embargo)}; at most 50. What
   * begins at the same moment is seen, or refused by {@link ProjectGate}, when the caller holds the
   * project's row lock.
   */
  List<String> of(ProjectId project);
}
