package org.balsam.process.project;

import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.project.OnboardingProcess;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** The instances of {@code projectOnboarding}. */
@Component
class OnboardingProcessAdapter extends ProjectInstances implements OnboardingProcess {

  OnboardingProcessAdapter(EngineAccess engine, RuntimeService runtime) {
    super(engine, runtime, "projectOnboarding", "balsam.onboardingAbandoned", "the onboarding of ");
  }
}
