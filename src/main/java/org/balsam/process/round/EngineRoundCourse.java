package org.balsam.process.round;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.RoundId;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.round.RoundCourse;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What the engine's history has of the process of a round. */
@Component
class EngineRoundCourse implements RoundCourse {

  private static final int MOST = 2_000;

  private final HistoryService history;
  private final RepositoryService repository;
  private final EngineAccess engine;

  EngineRoundCourse(
      @Lazy HistoryService history, @Lazy RepositoryService repository, EngineAccess engine) {
    this.history = history;
    this.repository = repository;
    this.engine = engine;
  }

  @Override
  public String bpmn(RoundId round) {
    return engine.asSystem(
        () -> {
          var definition = instance(round).getProcessDefinitionId();
          try (var model = repository.getProcessModel(definition)) {
            return new String(model.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
          }
        });
  }

  @Override
  public Course of(RoundId round) {
    return engine.asSystem(
        () -> {
          var instance = instance(round);
          var flows = flows(instance.getProcessDefinitionId());
          var activities = EventGateways.ended(activities(instance.getId()), flows);
          return new Course(
              instance.getProcessDefinitionKey() + ":" + instance.getProcessDefinitionVersion(),
              activities,
              TakenFlows.of(activities, flows));
        });
  }

  private HistoricProcessInstance instance(RoundId round) {
    return history
        .createHistoricProcessInstanceQuery()
        .processDefinitionKey(RoundProcessAdapter.DEFINITION)
        .processInstanceBusinessKey(round.value())
        .orderByProcessInstanceStartTime()
        .desc()
        .listPage(0, 1)
        .stream()
        .findFirst()
        .orElseThrow(() -> new NotFound("the engine keeps no process of round " + round));
  }

  private List<Activity> activities(String instance) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .orderByHistoricActivityInstanceStartTime()
        .asc()
        .orderPartiallyByOccurrence()
        .asc()
        .listPage(0, MOST)
        .stream()
        .map(EngineRoundCourse::activity)
        .toList();
  }

  private Collection<TakenFlows.Flow> flows(String definition) {
    return repository
        .getBpmnModelInstance(definition)
        .getModelElementsByType(SequenceFlow.class)
        .stream()
        .map(
            flow ->
                new TakenFlows.Flow(
                    flow.getId(), flow.getSource().getId(), flow.getTarget().getId()))
        .toList();
  }

  private static Activity activity(HistoricActivityInstance passage) {
    return new Activity(
        passage.getActivityId(),
        passage.getActivityName(),
        passage.getActivityType(),
        passage.getStartTime().toInstant(),
        passage.getEndTime() == null ? null : passage.getEndTime().toInstant(),
        passage.isCanceled());
  }
}
