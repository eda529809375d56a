package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.RemoveBuckets;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Remove buckets</i>. */
@Component
class RemoveBucketsDelegate extends UndoDelegate {

  private final RemoveBuckets removeBuckets;

  RemoveBucketsDelegate(RemoveBuckets removeBuckets) {
    this.removeBuckets = removeBuckets;
  }

  @Override
  void undo(ProjectId project, DelegateExecution execution) {
    removeBuckets.handle(new RemoveBuckets.Command(project));
  }
}
