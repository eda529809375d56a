package org.balsam.process.project;

import java.util.List;
import java.util.Map;
import org.balsam.kernel.ProjectId;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.project.OpenWork;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Finds open work by the engine: whatever goes on in a project is an instance of its tenant. */
@Component
class OpenWorkAdapter implements OpenWork {

  private static final int MOST = 50;
  private static final String CLOSURE = "projectClosure";
  private static final String[] EMBARGO = {"eventGateway_embargo", "timerCatch_embargoEnded"};
  private static final Map<String, String> WORDS =
      Map.of(
          "statisticalRound", "round",
          "mlTraining", "training",
          "modelRollback", "roll-back",
          "exploration", "exploration",
          "roundSchedule", "schedule");

  private final RuntimeService runtime;
  private final EngineAccess engine;

  OpenWorkAdapter(@Lazy RuntimeService runtime, EngineAccess engine) {
    this.runtime = runtime;
    this.engine = engine;
  }

  @Override
  public List<String> of(ProjectId project) {
    return engine.asSystem(
        () -> {
          var embargoed =
              instances(project).activityIdIn(EMBARGO).listPage(0, MOST).stream()
                  .map(ProcessInstance::getId)
                  .toList();
          return instances(project).listPage(0, MOST).stream()
              .map(instance -> words(instance, embargoed.contains(instance.getId())))
              .sorted()
              .toList();
        });
  }

  private ProcessInstanceQuery instances(ProjectId project) {
    return runtime
        .createProcessInstanceQuery()
        .tenantIdIn(project.value())
        .rootProcessInstances()
        .processDefinitionKeyNotIn(CLOSURE)
        .orderByProcessInstanceId()
        .asc();
  }

  private static String words(ProcessInstance instance, boolean embargoed) {
    return WORDS.getOrDefault(instance.getProcessDefinitionKey(), "process")
        + " "
        + instance.getBusinessKey()
        + (embargoed ? " (under embargo)" : "");
  }
}
