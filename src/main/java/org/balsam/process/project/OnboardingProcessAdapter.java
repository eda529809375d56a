package org.balsam.process.project;

import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.project.OnboardingProcess;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/**
 * Starts and ends the instances of {@code projectOnboarding}. Their tenant is the project that is
 * being made, so that nobody outside sees the request; administrators see every tenant.
 */
@Component
class OnboardingProcessAdapter implements OnboardingProcess {

  private final EngineAccess engine;
  private final RuntimeService runtime;

  OnboardingProcessAdapter(EngineAccess engine, RuntimeService runtime) {
    this.engine = engine;
    this.runtime = runtime;
  }

  @Override
  public void start(ProjectId project, String summary) {
    Map<String, Object> variables =
        Map.of(ProjectOnboardingVariables.REQUEST_SUMMARY.name(), summary);
    engine.asSystem(
        () -> {
          runtime.startProcessInstanceByKey("projectOnboarding", project.value(), variables);
        });
  }

  @Override
  public void giveUp(ProjectId project, String reason) {
    try {
      engine.asSystem(
          () ->
              runtime
                  .createMessageCorrelation("balsam.onboardingAbandoned")
                  .processInstanceBusinessKey(project.value())
                  .setVariable(ProjectOnboardingVariables.ABANDON_REASON.name(), reason)
                  .correlate());
    } catch (MismatchingMessageCorrelationException notRunning) {
      throw new Rejection(
          ErrorCode.WRONG_STATE,
          "the onboarding of " + project + " has ended or is being undone already");
    }
  }
}
