package org.balsam.process.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.storage.BucketNames;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.testing.EngineClock;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.lab.RequestEnd;
import org.balsam.usecase.lab.RequestResumption;
import org.balsam.usecase.lab.RequestSuspension;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each service task of an exploration is killed right before its commit, and done again. */
class ExplorationCrashTest {

  @TempDir Path home;

  @Test
  void everyEffectIsThereOnce() throws IOException, org.eclipse.jgit.api.errors.GitAPIException {
    try (var lab = new LabScene(home)) {
      EngineClock.stopAt(LabScene.TODAY);
      var production = lab.project(Classification.INTERNAL);
      var project = lab.project(Classification.INTERNAL);
      lab.killFirstAttempts();
      refuse(lab, project);
      withdraw(lab, project);
      var id = approve(lab, project);
      Files.writeString(lab.folder(id).resolve("code/clean.py"), "print('clean')\n");

      live(lab, id, production);

      assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ENDED);
      assertThat(lab.driver().incidents()).isEmpty();
      lab.assertNothingIsLeft(id);
      assertThat(messages(project, lab.view(id).branch()))
          .containsOnlyOnce("Keep the workspace of " + id)
          .doesNotHaveDuplicates();
      assertThat(messages(production, "work/" + id))
          .filteredOn(message -> message.startsWith("Propose the result"))
          .hasSize(1);
      assertThat(versions(lab, id)).isEqualTo(1);
      assertThat(lab.bean(Forge.class).refs(project).keySet())
          .filteredOn(ref -> ref.startsWith("refs/heads/lab/"))
          .hasSize(1);
      assertThat(
              lab.bean(HistoryService.class)
                  .createHistoricProcessInstanceQuery()
                  .processInstanceBusinessKey(id.value())
                  .finished()
                  .count())
          .isEqualTo(1);
      found(lab, project);
      assertThat(lab.killed()).containsAll(serviceTasks());
      assertThat(lab.driver().incidents()).isEmpty();
    }
  }

  /** One that is too dear for its owner. */
  private static void refuse(LabScene lab, ProjectId project) {
    var id = lab.request(project, HardwareProfile.LARGE, NetworkClass.OFFLINE);
    lab.driver().fireUntilIncident("boundaryTimer_approveExplorationOverdue");
    lab.complete("olga", Map.of("approvalDecision", "reject", "approvalReason", "too dear"));

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.REFUSED);
    assertThat(lab.view(id).endReason()).isEqualTo("too dear");
    lab.assertNothingIsLeft(id);
  }

  /** One that its person takes back. */
  private static void withdraw(LabScene lab, ProjectId project) {
    var id = lab.request(project, HardwareProfile.LARGE, NetworkClass.OFFLINE);
    lab.bean(RequestEnd.class).handle(new RequestEnd.Command(id, lab.person("rita")));
    lab.run();

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.WITHDRAWN);
    lab.assertNothingIsLeft(id);
  }

  /** One whose use of data the steward approves. */
  private static ExplorationId approve(LabScene lab, ProjectId project) {
    EngineClock.stopAt(LabScene.TODAY);
    var id = lab.request(project, HardwareProfile.SMALL, NetworkClass.INTERNET);
    lab.driver().fireUntilIncident("boundaryTimer_approveDataUseOverdue");
    lab.complete("stella", Map.of("approvalDecision", "approve"));
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
    return id;
  }

  /** One whose result founds a project. */
  private static void found(LabScene lab, ProjectId project) {
    EngineClock.stopAt(LabScene.TODAY);
    var id = lab.opened(project);
    lab.bean(RequestEnd.class).handle(new RequestEnd.Command(id, lab.person("rita")));
    lab.run();
    deliver(lab, id, "  project: founded\n  template: exploration\n  name: A new one\n");
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ENDED);
    lab.assertNothingIsLeft(id);
    var founded =
        lab.bean(HistoryService.class)
            .createHistoricProcessInstanceQuery()
            .processInstanceBusinessKey("founded");
    assertThat(founded.count()).as("onboardings of the new project").isEqualTo(1);
  }

  private static void live(LabScene lab, ExplorationId id, ProjectId production) {
    lab.bean(RequestSuspension.class)
        .handle(new RequestSuspension.Command(id, "a break", lab.person("rita")));
    lab.run();
    lab.bean(RequestResumption.class).handle(new RequestResumption.Command(id, lab.person("rita")));
    lab.run();
    lab.driver().fireUntilIncident("timerCatch_reminderReached");
    lab.driver().fireUntilIncident("boundaryTimer_renewOrEndOverdue");
    lab.bean(RequestEnd.class).handle(new RequestEnd.Command(id, lab.person("rita")));
    lab.run();
    lab.driver().fireUntilIncident("boundaryTimer_decideOutcomeOverdue");
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing()).contains("transfer.yaml");
    deliver(lab, id, "  project: " + production + "\n");
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
  }

  private static void deliver(LabScene lab, ExplorationId id, String production) {
    lab.push(
        id,
        Map.of(
            "tests/a.py", "assert True",
            "DATASHEET.md", "What it is",
            "RUNBOOK.md", "How to run it",
            "transfer.yaml",
                """
                method-version: v1.0.0
                tests: tests
                datasheet: DATASHEET.md
                runbook: RUNBOOK.md
                owner: olga
                production:
                """
                    + production));
  }

  private static Set<String> serviceTasks() {
    return Bpmn.readModelFromFile(Path.of("processes/exploration.bpmn").toFile())
        .getModelElementsByType(ServiceTask.class)
        .stream()
        .map(ServiceTask::getId)
        .collect(Collectors.toSet());
  }

  private List<String> messages(ProjectId project, String branch)
      throws IOException, org.eclipse.jgit.api.errors.GitAPIException {
    try (var repositories = Files.walk(home.resolve("git"), 2)) {
      var repository =
          repositories.filter(path -> path.endsWith(project + ".git")).findFirst().orElseThrow();
      try (var git = Git.open(repository.toFile())) {
        var messages = new java.util.ArrayList<String>();
        var tip = git.getRepository().resolve("refs/heads/" + branch);
        git.log().add(tip).call().forEach(commit -> messages.add(commit.getFullMessage()));
        return messages;
      }
    }
  }

  private static long versions(LabScene lab, ExplorationId id) {
    var bucket = lab.bean(BucketNames.class).of(id.project(), "work");
    try (var versions =
        lab.bean(ObjectStore.class).versions(bucket, "lab/" + id + "/workspace.zip")) {
      return versions.count();
    }
  }
}
