package org.balsam.process.project;

import org.balsam.kernel.Forbidden;
import org.balsam.kernel.ProjectId;
import org.balsam.usecase.project.DecideClosure;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Keeps who decided on the closing of a project and refuses the person who asked for it. */
@Component
class DecideClosureListener implements TaskListener {

  private final DecideClosure decideClosure;

  DecideClosureListener(DecideClosure decideClosure) {
    this.decideClosure = decideClosure;
  }

  @Override
  public void notify(DelegateTask task) {
    var decision = ProjectVariables.APPROVAL_DECISION.get(task);
    decideClosure.handle(
        new DecideClosure.Command(
            new ProjectId(task.getExecution().getProcessBusinessKey()),
            decision.equals("approve"),
            ProjectVariables.APPROVAL_REASON.find(task).orElse(null),
            person(task)));
  }

  private static String person(DelegateTask task) {
    var signedIn = task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
    if (signedIn == null || signedIn.getUserId() == null) {
      throw new Forbidden("only a person can decide on the closing of a project");
    }
    return signedIn.getUserId();
  }
}
