package org.balsam.process.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.balsam.kernel.Classification;
import org.balsam.kernel.DatasetId;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Layer;
import org.balsam.kernel.Period;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.forge.Forge;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.gate.ResourceApproval;
import org.balsam.usecase.dataset.FreezeInputs;
import org.balsam.usecase.dataset.StoreObject;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.lab.Explorations;
import org.balsam.usecase.lab.Outcome;
import org.balsam.usecase.lab.RequestEnd;
import org.balsam.usecase.lab.RequestRenewal;
import org.balsam.usecase.lab.RequestResumption;
import org.balsam.usecase.lab.RequestSuspension;
import org.balsam.usecase.project.ProjectState;
import org.balsam.usecase.project.Projects;
import org.junit.jupiter.api.Test;

/** Explorations from request to end, with the real adapters and real tables. */
class ExplorationProcessTest extends LabTest {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "tests/test_outliers.py", "assert True",
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
                project: %s
              """);

  @Test
  void everydayResourcesAreOpenedAtOnceWithBranchAndGrantedData() throws IOException {
    var project = lab.project(Classification.INTERNAL);
    var data = freeze(project);
    var id = lab.request(project, HardwareProfile.SMALL, NetworkClass.OFFLINE, data);

    var view = lab.view(id);
    assertThat(view.state()).isEqualTo(ExplorationState.ACTIVE);
    assertThat(view.approval()).isEqualTo(ResourceApproval.NONE);
    assertThat(view.branch()).startsWith("lab/urita/price-outliers-");
    assertThat(lab.bean(Forge.class).resolve(project, view.branch())).contains(view.commit());
    var placed =
        lab.folder(id).resolve("in/" + project + "/raw/ces/" + data.label()).resolve("ces.csv");
    assertThat(placed).hasContent("month,nonfarm\n2008-10,1\n");
    assertThat(Files.readString(lab.folder(id).resolve("environment"))).contains(view.branch());
    assertThat(lab.folder(id).resolve("code/balsam.yaml")).exists();
  }

  @Test
  void anUnknownDatasetVersionIsRefusedAndNothingIsMade() {
    var project = lab.project(Classification.INTERNAL);
    var unknown = DatasetVersionId.parse(project + "/raw/ces@2008-q4-r0.7");
    var id = lab.request(project, HardwareProfile.SMALL, NetworkClass.OFFLINE, unknown);

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.REFUSED);
    assertThat(lab.view(id).endReason()).contains("no dataset version", unknown.value());
    lab.assertNothingIsLeft(id);
  }

  @Test
  void confidentialDataOnTheInternetAreRefusedAndItSaysWhy() {
    var id =
        lab.request(
            lab.project(Classification.CONFIDENTIAL), HardwareProfile.SMALL, NetworkClass.INTERNET);

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.REFUSED);
    assertThat(lab.view(id).endReason())
        .contains("Confidential data may not be used where the internet can be reached");
    lab.assertNothingIsLeft(id);
  }

  @Test
  void dearHardwareIsApprovedByAnotherOwnerThanWhoAsked() {
    var id =
        lab.request(
            lab.project(Classification.PUBLIC), HardwareProfile.LARGE, NetworkClass.OFFLINE);
    assertThat(lab.driver().task().getTaskDefinitionKey()).isEqualTo("userTask_approveExploration");
    assertThatThrownBy(() -> lab.complete("rita", Map.of("approvalDecision", "approve")))
        .hasStackTraceContaining("rita");
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.REQUESTED);
    lab.driver().fire("boundaryTimer_approveExplorationOverdue");

    lab.complete("olga", Map.of("approvalDecision", "approve"));

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
    assertThat(lab.view(id).decidedBy()).isEqualTo("olga");
  }

  @Test
  void theStewardMayRejectTheUseOfData() {
    var id =
        lab.request(
            lab.project(Classification.INTERNAL), HardwareProfile.SMALL, NetworkClass.INTERNET);
    assertThat(lab.driver().task().getTaskDefinitionKey()).isEqualTo("userTask_approveDataUse");
    lab.driver().fire("boundaryTimer_approveDataUseOverdue");
    assertThatThrownBy(() -> lab.complete("olga", Map.of("approvalDecision", "approve")))
        .hasStackTraceContaining("'olga' does not have");

    lab.complete(
        "stella", Map.of("approvalDecision", "reject", "approvalReason", "take public data"));

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.REFUSED);
    assertThat(lab.view(id).endReason()).isEqualTo("take public data");
    lab.assertNothingIsLeft(id);
  }

  @Test
  void theSixthExplorationOfAProjectNeedsItsOwner() {
    var project = lab.project(Classification.PUBLIC);
    for (var i = 0; i < 5; i++) {
      assertThat(lab.view(lab.opened(project)).state()).isEqualTo(ExplorationState.ACTIVE);
    }
    var sixth = lab.opened(project);
    assertThat(lab.view(sixth).approval()).isEqualTo(ResourceApproval.OWNER);
    assertThat(lab.view(sixth).approvalReason())
        .contains("The project's quota would be exceeded")
        .contains("workspaces of " + project + " is used up: 5 asked for or in use, 5 allowed")
        .contains("this is one more, of size small", "by the task Approve exploration")
        .contains("PUT /api/v1/projects/" + project + "/workspace-quota")
        .doesNotContain("GPU");
    assertThat(lab.view(sixth).workspace()).endsWith("-6");
  }

  @Test
  void aGpuBeyondTheCountOfWorkspacesIsTheOwnersDecisionAndBeyondTheGpusNobodys() {
    var project = lab.project(Classification.PUBLIC);
    for (var i = 0; i < 5; i++) {
      lab.opened(project);
    }
    var first = lab.request(project, HardwareProfile.GPU, NetworkClass.OFFLINE);
    assertThat(lab.view(first).approval()).isEqualTo(ResourceApproval.OWNER);
    assertThat(lab.view(first).approvalReason())
        .contains("5 asked for or in use, 5 allowed; this is one more, of size gpu")
        .doesNotContain("no GPU left", "with a GPU");

    var second = lab.request(project, HardwareProfile.GPU, NetworkClass.OFFLINE);
    assertThat(lab.view(second).state()).isEqualTo(ExplorationState.REFUSED);
    assertThat(lab.view(second).endReason())
        .contains("no GPU left", "6 asked for or in use, 5 allowed")
        .contains("workspaces with a GPU of " + project + " is used up: 1 asked for or in use")
        .contains("Administrators of the platform raise the quota")
        .doesNotContain("Approve exploration");

    lab.complete("olga", Map.of("approvalDecision", "approve"));
    assertThat(lab.view(first).state()).isEqualTo(ExplorationState.ACTIVE);
  }

  @Test
  void ofTwoThatAreAskedForAtOnceTheFirstHasTheLastPlace() {
    var project = lab.project(Classification.PUBLIC);
    for (var i = 0; i < 4; i++) {
      lab.opened(project);
    }
    var both =
        List.of(
            lab.ask(project, HardwareProfile.SMALL, NetworkClass.OFFLINE),
            lab.ask(project, HardwareProfile.SMALL, NetworkClass.OFFLINE));
    lab.run();

    assertThat(both)
        .map(one -> lab.view(one).approval())
        .containsExactlyInAnyOrder(ResourceApproval.NONE, ResourceApproval.OWNER);
    assertThat(both)
        .map(one -> lab.view(one).approvalReason())
        .anySatisfy(said -> assertThat(said).contains("5 asked for or in use, 5 allowed"));
  }

  @Test
  void anIdleWorkspaceIsSuspendedAfterARestartAndResumedByItsUser() throws IOException {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    var used =
        lab.driver().timer("timerCatch_idleTimeReached").getDuedate().toInstant().minusSeconds(60);
    var file = Files.writeString(lab.folder(id).resolve("out/new.txt"), "x");
    Files.setLastModifiedTime(file, FileTime.from(used));
    lab.restart();

    lab.driver().fire("timerCatch_idleTimeReached");
    assertThat(lab.view(id).state()).as("used a minute ago").isEqualTo(ExplorationState.ACTIVE);
    lab.driver().fire("timerCatch_idleTimeReached");

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.SUSPENDED);
    var workspace = lab.workspaces().find(id.project(), lab.view(id).workspace()).orElseThrow();
    assertThat(workspace.state()).isEqualTo(WorkspaceRuntime.State.SUSPENDED);
    assertThat(workspace.message())
        .contains("nothing happened since " + used.truncatedTo(ChronoUnit.SECONDS));

    lab.bean(RequestResumption.class).handle(new RequestResumption.Command(id, lab.person("rita")));
    lab.driver().runJobs();
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
    assertThat(lab.driver().timer("timerCatch_idleTimeReached")).isNotNull();
  }

  @Test
  void aPersonSuspendsOnceAndResumes() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    var suspend = new RequestSuspension.Command(id, "lunch takes until Monday", lab.person("rita"));
    lab.bean(RequestSuspension.class).handle(suspend);
    lab.driver().runJobs();

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.SUSPENDED);
    assertThatThrownBy(() -> lab.bean(RequestSuspension.class).handle(suspend))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("is suspended; this is possible while it is active");
    var resume = new RequestResumption.Command(id, lab.person("olga"));
    lab.bean(RequestResumption.class).handle(resume);
    assertThatThrownBy(() -> lab.bean(RequestResumption.class).handle(resume))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("cannot do this now")
        .hasMessageNotContaining("balsam.");
    lab.driver().runJobs();
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
    assertThatThrownBy(() -> lab.bean(RequestResumption.class).handle(resume))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("is active; this is possible while it is suspended");
  }

  @Test
  void theOwnerRenewsAfterTheReminderAndNotWhoAsked() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    lab.driver().fire("timerCatch_reminderReached");
    assertThat(lab.driver().task().getTaskDefinitionKey()).isEqualTo("userTask_renewOrEnd");
    lab.driver().fire("boundaryTimer_renewOrEndOverdue");
    var renew =
        Map.<String, Object>of(
            "renewalDecision", "renew",
            "renewalReason", "the question is good",
            "newEndDate", "2027-01-31");
    assertThatThrownBy(() -> lab.complete("rita", renew)).hasStackTraceContaining("rita");
    assertThatThrownBy(
            () ->
                lab.complete(
                    "olga",
                    Map.of(
                        "renewalDecision", "renew",
                        "renewalReason", "for ever",
                        "newEndDate", "2096-01-31")))
        .hasStackTraceContaining("is not allowed");

    lab.complete("olga", renew);

    assertThat(lab.view(id).endDate()).isEqualTo("2027-01-31");
    assertThat(lab.view(id).renewals()).isEqualTo(1);
    assertThat(lab.driver().timer("timerCatch_reminderReached").getDuedate())
        .isEqualTo("2027-01-25T00:00:00Z");
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
  }

  @Test
  void anOwnerRenewsBeforeAnybodyAsks() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    assertThatThrownBy(() -> renew(id, "rita", "2027-02-01")).hasMessageContaining("yourself");
    assertThatThrownBy(() -> renew(id, "olga", "2026-11-20")).isInstanceOf(Invalid.class);
    renew(id, "olga", "2027-02-01");
    lab.driver().runJobs();

    assertThat(lab.driver().timer("timerCatch_reminderReached").getDuedate())
        .isEqualTo("2027-01-26T00:00:00Z");
  }

  private void renew(ExplorationId id, String person, String until) {
    lab.bean(RequestRenewal.class)
        .handle(
            new RequestRenewal.Command(
                id, LocalDate.parse(until), "good work", lab.person(person)));
  }

  @Test
  void withoutAnyAnswerItEndsAtItsDateAndNothingIsLeftButTheArchive() throws IOException {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    Files.writeString(lab.folder(id).resolve("out/result.csv"), "a,b\n");
    Files.writeString(lab.folder(id).resolve("code/notes.md"), "a note that was not pushed");
    lab.driver().fire("timerCatch_reminderReached");
    lab.driver().fire("boundaryTimer_endDateReached");

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.DECIDING);
    assertThat(lab.driver().task().getTaskDefinitionKey()).isEqualTo("userTask_decideOutcome");
    lab.driver().fire("boundaryTimer_decideOutcomeOverdue");
    lab.driver().fire("boundaryTimer_decisionLapsed");

    lab.assertNothingIsLeft(id);
    var view = lab.view(id);
    assertThat(view.state()).isEqualTo(ExplorationState.ENDED);
    assertThat(view.outcome()).isEqualTo(Outcome.STOP);
    assertThat(view.outcomeReason()).contains("nobody decided");
    var forge = lab.bean(Forge.class);
    var tip = forge.resolve(id.project(), view.branch()).orElseThrow();
    assertThat(forge.read(id.project(), tip, "notes.md"))
        .hasValueSatisfying(text -> assertThat(text).asString().contains("not pushed"));
    assertThat(archived(id)).contains("out/result.csv", "code/notes.md", "code/balsam.yaml");
  }

  private static List<String> archived(ExplorationId id) throws IOException {
    var names = new java.util.ArrayList<String>();
    try (var zip =
        new ZipInputStream(lab.bean(Explorations.class).archive(id, lab.person("olga")))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void itIsEndedByAPersonAndStoppedWithAReason() {
    var id = ended();
    assertThatThrownBy(() -> lab.complete("rita", Map.of("outcomeDecision", "stop")))
        .hasStackTraceContaining(
            "a reason is needed for 'Stop: the reason is kept'; fill in 'Reason'");

    lab.complete(
        "rita", Map.of("outcomeDecision", "stop", "outcomeReason", "outliers do not matter"));

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ENDED);
    assertThat(lab.view(id).endReason()).isEqualTo("outliers do not matter");
    assertThat(lab.view(id).outcomeBy()).isEqualTo("rita");
    lab.assertNothingIsLeft(id);
  }

  private ExplorationId ended() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    lab.bean(RequestEnd.class).handle(new RequestEnd.Command(id, lab.person("rita")));
    lab.driver().runJobs();
    return id;
  }

  @Test
  void itContinuesWhenAnotherPersonSaysUntilWhen() {
    var id = ended();
    var goOn =
        Map.<String, Object>of(
            "outcomeDecision", "continue",
            "outcomeReason", "one more month",
            "newEndDate", "2027-01-31");
    assertThatThrownBy(() -> lab.complete("rita", goOn)).hasStackTraceContaining("yourself");

    lab.complete("olga", goOn);

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
    assertThat(lab.view(id).outcome()).isNull();
    assertThat(lab.view(id).endDate()).isEqualTo("2027-01-31");
    assertThat(lab.driver().timer("timerCatch_reminderReached").getDuedate())
        .isEqualTo("2027-01-25T00:00:00Z");
  }

  @Test
  void aTransferNamesWhatIsMissing() {
    var id = ended();
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing()).contains("missing: transfer.yaml");

    lab.push(id, Map.of("transfer.yaml", "tests: tests\nowner: nobody-known\n"));
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing())
        .contains(
            "method version",
            "tests (",
            "card or datasheet",
            "runbook",
            "named production owner",
            "production project");

    lab.push(id, Map.of("transfer.yaml", "surprise: [1"));
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing()).contains("transfer.yaml cannot be used");
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.DECIDING);
  }

  @Test
  void aCompleteTransferStartsAChangeOfTheProductionProject() {
    var production = lab.project(Classification.PUBLIC);
    var id = ended();
    push(id, production.value());

    lab.complete("rita", Map.of("outcomeDecision", "transfer"));

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ENDED);
    assertThat(lab.view(id).transferredTo()).isEqualTo(production.value());
    var forge = lab.bean(Forge.class);
    var change = forge.resolve(production, "work/" + id).orElseThrow();
    assertThat(forge.list(production, change))
        .contains("transfer/RUNBOOK.md", "transfer/tests/test_outliers.py", "balsam.yaml");
    var main = forge.resolve(production, "main").orElseThrow();
    assertThat(forge.list(production, main)).noneMatch(path -> path.startsWith("transfer/"));
    lab.assertNothingIsLeft(id);
  }

  @Test
  void aTransferIntoAProjectThatIsNotThereGoesBackToTheDecision() {
    var id = ended();
    push(id, "lab-nowhere");

    lab.complete("rita", Map.of("outcomeDecision", "transfer"));

    assertThat(lab.missing()).contains("no active project lab-nowhere");
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.DECIDING);
  }

  @Test
  void aCompleteTransferStartsTheOnboardingOfANewProject() {
    var id = ended();
    push(id, id.suffix().replaceAll("[0-9]", "x") + "\n  template: statistical-production");
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing()).contains("name of the new production project");

    var made = new ProjectId("made" + id.suffix().replaceAll("[0-9]", "x"));
    push(id, made + "\n  template: no-such-template\n  name: Outliers");
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing()).contains("transfer.yaml cannot be used");

    push(id, made + "\n  template: statistical-production\n  name: Outliers");
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ENDED);
    var asked = lab.bean(Projects.class).get(made, lab.person("anna"));
    assertThat(asked.state()).isEqualTo(ProjectState.REQUESTED);
    assertThat(asked.requestedBy()).isEqualTo("rita");
    assertThat(asked.owner()).isEqualTo("olga");
    assertThat(asked.purpose()).contains(id.value(), lab.view(id).branch());
    lab.assertNothingIsLeft(id);
  }

  private static void push(ExplorationId id, String production) {
    var files = new java.util.HashMap<>(COMPLETE);
    files.computeIfPresent("transfer.yaml", (path, text) -> text.formatted(production));
    lab.push(id, files);
  }

  private static DatasetVersionId freeze(ProjectId project) {
    var csv = new ByteArrayInputStream("month,nonfarm\n2008-10,1\n".getBytes());
    lab.bean(StoreObject.class)
        .handle(
            new StoreObject.Command(
                new DatasetId(project, Layer.RAW, "ces"),
                new Period("2008-10"),
                0,
                "ces.csv",
                csv,
                lab.person("olga")));
    var commit = lab.bean(Forge.class).resolve(project, "main").orElseThrow();
    lab.bean(FreezeInputs.class)
        .handle(new FreezeInputs.Command(new RoundId(project, new Period("2008-q4"), 0), commit));
    return DatasetVersionId.parse(project + "/raw/ces@2008-q4-r0.1");
  }
}
