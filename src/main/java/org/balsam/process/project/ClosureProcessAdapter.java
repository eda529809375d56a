package org.balsam.process.project;

import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.project.ClosureProcess;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** The instances of {@code projectClosure}. */
@Component
class ClosureProcessAdapter extends ProjectInstances implements ClosureProcess {

  ClosureProcessAdapter(EngineAccess engine, RuntimeService runtime) {
    super(engine, runtime, "projectClosure", "balsam.closureAbandoned", "the closing of ");
  }
}
