package org.balsam.process.project;

import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.DecideProject;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Keeps who decided on a project and refuses the person who requested it. */
@Component
class DecideProjectListener implements TaskListener {

  private final DecideProject decideProject;

  DecideProjectListener(DecideProject decideProject) {
    this.decideProject = decideProject;
  }

  @Override
  public void notify(DelegateTask task) {
    var decision = ProjectVariables.APPROVAL_DECISION.get(task);
    decideProject.handle(
        new DecideProject.Command(
            new ProjectId(task.getExecution().getProcessBusinessKey()),
            decision.equals("approve"),
            ProjectVariables.APPROVAL_REASON.find(task).orElse(null),
            person(task)));
  }

  private static String person(DelegateTask task) {
    var signedIn = task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
    if (signedIn == null || signedIn.getUserId() == null) {
      throw new Forbidden("only a person can decide on a project");
    }
    return signedIn.getUserId();
  }
}
