package org.balsam.process.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ExplorationId;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.testing.EngineClock;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.lab.RequestEnd;
import org.balsam.usecase.lab.RequestRenewal;
import org.balsam.usecase.lab.RequestResumption;
import org.balsam.usecase.lab.RequestSuspension;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Balsam is stopped and started at every place where an exploration can wait. */
class ExplorationRestartTest {

  @TempDir Path home;
  private final Set<String> waited = new TreeSet<>();
  private LabScene lab;

  @BeforeEach
  void start() {
    lab = new LabScene(home);
    EngineClock.stopAt(LabScene.TODAY);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  /** Every element of the model at which an instance waits for people, messages or time. */
  private static Set<String> waits() {
    var model = Bpmn.readModelFromFile(Path.of("processes/exploration.bpmn").toFile());
    return Stream.of(
            model.getModelElementsByType(UserTask.class).stream(),
            model.getModelElementsByType(EventBasedGateway.class).stream(),
            model.getModelElementsByType(IntermediateCatchEvent.class).stream()
                .filter(
                    event ->
                        event.getPreviousNodes().list().stream()
                            .noneMatch(EventBasedGateway.class::isInstance)))
        .flatMap(nodes -> nodes)
        .map(FlowNode::getId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void restart(ExplorationId id) {
    var runtime = lab.bean(RuntimeService.class);
    var instance =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(id.value())
            .singleResult()
            .getId();
    waited.addAll(runtime.getActiveActivityIds(instance));
    lab.restart();
  }

  @Test
  void anExplorationGoesOnWhereItWas() {
    var dear =
        lab.request(
            lab.project(Classification.PUBLIC), HardwareProfile.LARGE, NetworkClass.OFFLINE);
    restart(dear);
    lab.complete("olga", Map.of("approvalDecision", "reject", "approvalReason", "too dear"));
    assertThat(lab.view(dear).endReason()).isEqualTo("too dear");

    var id =
        lab.request(
            lab.project(Classification.INTERNAL), HardwareProfile.SMALL, NetworkClass.INTERNET);
    restart(id);
    lab.complete("stella", Map.of("approvalDecision", "approve"));
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);

    suspendAndResume(id);
    renewBeforeAndAfterTheReminder(id);
    endContinueAndStop(id);

    assertThat(waited).containsAll(waits());
    assertThat(lab.driver().incidents()).isEmpty();
    lab.assertNothingIsLeft(id);
  }

  private void suspendAndResume(ExplorationId id) {
    restart(id);
    lab.bean(RequestSuspension.class)
        .handle(new RequestSuspension.Command(id, "a holiday", lab.person("rita")));
    lab.driver().runJobs();
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.SUSPENDED);
    restart(id);
    lab.bean(RequestResumption.class).handle(new RequestResumption.Command(id, lab.person("rita")));
    lab.driver().runJobs();
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
  }

  private void renewBeforeAndAfterTheReminder(ExplorationId id) {
    renew(id, "2026-12-31");
    lab.driver().fire("timerCatch_reminderReached");
    restart(id);
    renew(id, "2027-01-31");
    lab.driver().fire("timerCatch_reminderReached");
    lab.complete(
        "olga",
        Map.of(
            "renewalDecision", "renew",
            "renewalReason", "once more",
            "newEndDate", "2027-02-28"));
    assertThat(lab.view(id).renewals()).isEqualTo(3);
    assertThat(lab.driver().timer("timerCatch_reminderReached").getDuedate())
        .isEqualTo("2027-02-22T00:00:00Z");
  }

  private void renew(ExplorationId id, String until) {
    lab.bean(RequestRenewal.class)
        .handle(
            new RequestRenewal.Command(
                id, LocalDate.parse(until), "good work", lab.person("olga")));
    lab.driver().runJobs();
  }

  private void endContinueAndStop(ExplorationId id) {
    lab.driver().fire("timerCatch_reminderReached");
    end(id);
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    restart(id);
    assertThat(lab.missing()).contains("missing: transfer.yaml");
    lab.complete(
        "olga",
        Map.of(
            "outcomeDecision", "continue",
            "outcomeReason", "to finish it",
            "newEndDate", "2027-03-31"));
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
    end(id);
    assertThat(lab.missing()).as("what an earlier decision lacked").isNull();
    lab.complete("rita", Map.of("outcomeDecision", "stop", "outcomeReason", "found it"));
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ENDED);
  }

  private void end(ExplorationId id) {
    lab.bean(RequestEnd.class).handle(new RequestEnd.Command(id, lab.person("rita")));
    lab.driver().runJobs();
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.DECIDING);
  }
}
