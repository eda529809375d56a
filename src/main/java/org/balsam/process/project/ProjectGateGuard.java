package org.balsam.process.project;

import java.util.Set;
import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.StartGuard;
import org.balsam.usecase.project.ProjectGate;
import org.springframework.stereotype.Component;

/** Lets no process but those of its own life begin in a project that is being closed. */
@Component
class ProjectGateGuard implements StartGuard {

  private static final Set<String> OWN = Set.of("projectOnboarding", "projectClosure");

  private final ProjectGate gate;

  ProjectGateGuard(ProjectGate gate) {
    this.gate = gate;
  }

  @Override
  public void starting(String process, ProjectId project) {
    if (!OWN.contains(process)) {
      gate.requireOpen(project);
    }
  }
}
