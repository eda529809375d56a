package org.balsam.process.project;

import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.process.engine.EngineAccess;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;

/**
 * Starts and ends the instances of a process about a whole project, one at a time for each. Their
 * tenant is the project, so that nobody outside sees them; administrators see every tenant.
 */
abstract class ProjectInstances {

  private final EngineAccess engine;
  private final RuntimeService runtime;
  private final String model;
  private final String abandoned;
  private final String what;

  /**
   * The instances of one model.
   *
   * @param abandoned the message that makes an instance undo what it has done
   * @param what the process in words
   */
  ProjectInstances(
      EngineAccess engine, RuntimeService runtime, String model, String abandoned, String what) {
    this.engine = engine;
    this.runtime = runtime;
    this.model = model;
    this.abandoned = abandoned;
    this.what = what;
  }

  public void start(ProjectId project, String summary) {
    Map<String, Object> variables = Map.of(ProjectVariables.REQUEST_SUMMARY.name(), summary);
    engine.asSystem(
        () -> {
          runtime.startProcessInstanceByKey(model, project.value(), variables);
        });
  }

  public void giveUp(ProjectId project, String reason) {
    try {
      engine.asSystem(
          () ->
              runtime
                  .createMessageCorrelation(abandoned)
                  .processInstanceBusinessKey(project.value())
                  .setVariable(ProjectVariables.ABANDON_REASON.name(), reason)
                  .correlate());
    } catch (MismatchingMessageCorrelationException notRunning) {
      throw new Rejection(
          ErrorCode.WRONG_STATE, what + project + " has ended or is being undone already");
    }
  }
}
