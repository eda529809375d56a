package org.balsam.process.project;

import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.project.CreateBuckets;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** <i>Create buckets</i>. */
@Component
class CreateBucketsDelegate extends UseCaseDelegate {

  private final CreateBuckets createBuckets;

  CreateBucketsDelegate(CreateBuckets createBuckets) {
    this.createBuckets = createBuckets;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var project = new ProjectId(execution.getProcessBusinessKey());
    createBuckets.handle(new CreateBuckets.Command(project));
  }
}
