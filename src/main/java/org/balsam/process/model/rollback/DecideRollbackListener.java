package org.balsam.process.model.rollback;

import org.balsam.kernel.Forbidden;
import org.balsam.process.engine.ElementProperties;
import org.balsam.usecase.model.DecideRollback;
import org.balsam.usecase.model.RollbackId;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Keeps who decided what on a roll-back, and refuses who asked for it. */
@Component
class DecideRollbackListener implements TaskListener {

  private final DecideRollback decideRollback;

  DecideRollbackListener(DecideRollback decideRollback) {
    this.decideRollback = decideRollback;
  }

  @Override
  public void notify(DelegateTask task) {
    var properties = new ElementProperties(task.getExecution());
    var reason = task.getVariable(properties.find("reason").orElseThrow());
    decideRollback.handle(
        new DecideRollback.Command(
            RollbackId.parse(task.getExecution().getProcessBusinessKey()),
            String.valueOf(task.getVariable(properties.find("decision").orElseThrow())),
            reason == null || reason.toString().isBlank() ? null : reason.toString(),
            person(task)));
  }

  private static String person(DelegateTask task) {
    var signedIn = task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
    if (signedIn == null || signedIn.getUserId() == null) {
      throw new Forbidden("only a person can decide on a roll-back");
    }
    return signedIn.getUserId();
  }
}
