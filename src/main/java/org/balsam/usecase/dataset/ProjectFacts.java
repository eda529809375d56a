package org.balsam.usecase.dataset;

import java.util.Optional;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ProjectId;

/** What datasets need to know of their project. */
public interface ProjectFacts {

  /** How sensitive the project's data are at most; empty when there is no such project. */
  Optional<Classification> classification(ProjectId project);
}
