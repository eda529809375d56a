package org.balsam.process.model;

import static org.balsam.process.model.MlTrainingVariables.RESOURCE_APPROVAL;
import static org.balsam.process.model.MlTrainingVariables.RESOURCE_REQUEST;
import static org.balsam.process.model.MlTrainingVariables.training;

import org.balsam.kernel.Actor;
import org.balsam.process.engine.UseCaseDelegate;
import org.balsam.usecase.model.CheckResources;
import org.balsam.usecase.project.Projects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Asks who approves the resources of the training. */
@Component
class CheckResourcesDelegate extends UseCaseDelegate {

  private final CheckResources checkResources;
  private final Projects projects;

  CheckResourcesDelegate(CheckResources checkResources, Projects projects) {
    this.checkResources = checkResources;
    this.projects = projects;
  }

  @Override
  protected void perform(DelegateExecution execution) {
    var id = training(execution);
    var classification = projects.get(id.project(), Actor.BALSAM).classification();
    var result = checkResources.handle(new CheckResources.Command(id, classification));
    RESOURCE_APPROVAL.set(execution, result.approval());
    RESOURCE_REQUEST.set(execution, text(result.request()));
  }
}
