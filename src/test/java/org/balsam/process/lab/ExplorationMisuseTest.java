package org.balsam.process.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.balsam.kernel.Classification;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.lab.Explorations;
import org.balsam.usecase.lab.Outcome;
import org.balsam.usecase.lab.RequestEnd;
import org.balsam.usecase.lab.RequestExploration;
import org.balsam.usecase.lab.RequestRenewal;
import org.balsam.usecase.lab.RequestSuspension;
import org.balsam.usecase.lab.Workspaces;
import org.junit.jupiter.api.Test;

/** What people must not reach with an exploration, by whom, when, and with which words. */
class ExplorationMisuseTest extends LabTest {

  private static void end(ExplorationId id, String person) {
    lab.bean(RequestEnd.class).handle(new RequestEnd.Command(id, lab.person(person)));
  }

  private static void renew(ExplorationId id, String person) {
    lab.bean(RequestRenewal.class)
        .handle(
            new RequestRenewal.Command(
                id, LocalDate.parse("2027-01-31"), "because", lab.person(person)));
  }

  private static void suspend(ExplorationId id, String person) {
    lab.bean(RequestSuspension.class)
        .handle(new RequestSuspension.Command(id, "because", lab.person(person)));
  }

  private static ExplorationId ended() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    end(id, "rita");
    lab.driver().runJobs();
    return id;
  }

  private static RequestExploration.Command command(
      ProjectId project, String title, String purpose, List<DatasetVersionId> data, String person) {
    return new RequestExploration.Command(
        project,
        title,
        purpose,
        data,
        HardwareProfile.SMALL,
        NetworkClass.OFFLINE,
        LocalDate.parse("2026-12-01"),
        lab.person(person));
  }

  @Test
  void whoIsInAnotherProjectLearnsAndChangesNothing() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    var other = lab.project(Classification.PUBLIC);
    lab.bean(Directory.class)
        .setRoles(other, "mallory", Set.of(Role.OWNER, Role.SUBJECT, Role.STEWARD));
    var mallory = lab.person("mallory");
    var workspace = lab.view(id).workspace();

    assertThatThrownBy(() -> lab.bean(Explorations.class).get(id, mallory))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> lab.bean(Explorations.class).archive(id, mallory))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> lab.bean(Workspaces.class).credential(other, workspace, mallory))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> lab.bean(Workspaces.class).get(other, workspace, mallory))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> end(id, "mallory")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> renew(id, "mallory")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> suspend(id, "mallory")).isInstanceOf(NotFound.class);
    var foreign = DatasetVersionId.parse(id.project() + "/raw/ces@2008-q4-r0.1");
    assertThatThrownBy(
            () ->
                lab.bean(RequestExploration.class)
                    .handle(
                        command(
                            other, "Their data", "Look at theirs", List.of(foreign), "mallory")))
        .isInstanceOf(NotFound.class);
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
  }

  @Test
  void aColleagueWhoIsNoOwnerNeitherRenewsNorEndsIt() {
    var id = lab.opened(lab.project(Classification.PUBLIC));

    for (var person : List.of("meg", "stella")) {
      assertThatThrownBy(() -> renew(id, person)).isInstanceOf(Forbidden.class);
      assertThatThrownBy(() -> end(id, person)).isInstanceOf(Forbidden.class);
      assertThatThrownBy(() -> suspend(id, person)).isInstanceOf(Forbidden.class);
    }
    assertThat(lab.view(id).endDate()).isEqualTo("2026-12-01");
    lab.driver().fire("timerCatch_reminderReached");
    assertThatThrownBy(() -> lab.complete("meg", Map.of("renewalDecision", "end")))
        .hasStackTraceContaining("'meg' does not have");
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
  }

  @Test
  void itEndsOnceHoweverOftenSomebodyAsks() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    end(id, "rita");
    assertThatThrownBy(() -> end(id, "olga")).isInstanceOf(Rejection.class);
    lab.driver().runJobs();
    assertThatThrownBy(() -> end(id, "rita")).hasMessageContaining("is deciding");
    lab.complete("rita", Map.of("outcomeDecision", "stop", "outcomeReason", "done"));
    assertThatThrownBy(() -> end(id, "rita")).hasMessageContaining("is ended");
    assertThatThrownBy(() -> renew(id, "olga")).hasMessageContaining("is ended");
    assertThatThrownBy(() -> suspend(id, "rita")).hasMessageContaining("is ended");
    assertThat(lab.view(id).renewals()).isZero();
    lab.assertNothingIsLeft(id);
  }

  @Test
  void whoAskedForItEndsItWhileTheOwnerIsAsked() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    lab.driver().fire("timerCatch_reminderReached");
    assertThat(lab.driver().task().getTaskDefinitionKey()).isEqualTo("userTask_renewOrEnd");

    end(id, "rita");
    lab.driver().runJobs();

    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.DECIDING);
    assertThat(lab.driver().task().getTaskDefinitionKey()).isEqualTo("userTask_decideOutcome");
  }

  @Test
  void aSuspendedOneEndsToo() {
    var id = lab.opened(lab.project(Classification.PUBLIC));
    suspend(id, "rita");
    lab.driver().runJobs();
    end(id, "rita");
    lab.driver().runJobs();
    lab.complete("rita", Map.of("outcomeDecision", "stop", "outcomeReason", "done"));
    lab.assertNothingIsLeft(id);
  }

  @Test
  void aRefusedTransferThatNobodyFollowsUpIsNoTransfer() {
    var id = ended();
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.view(id).outcome()).isNull();

    lab.driver().fire("boundaryTimer_decisionLapsed");

    assertThat(lab.view(id).outcome()).isEqualTo(Outcome.STOP);
    assertThat(lab.view(id).transferredTo()).isNull();
    assertThat(lab.view(id).endReason()).contains("nobody decided");
    lab.assertNothingIsLeft(id);
  }

  @Test
  void aTransferGoesOnlyWhereItsPersonAndItsOwnerBelong() {
    var stranger = lab.project(Classification.PUBLIC);
    lab.bean(Directory.class).setRoles(stranger, "rita", Set.of());
    var open = lab.project(Classification.PUBLIC);
    var secret = lab.opened(lab.project(Classification.CONFIDENTIAL));
    end(secret, "rita");
    lab.driver().runJobs();

    transfer(secret, stranger, "olga");
    assertThat(lab.missing())
        .contains("no active project " + stranger + " that rita is a member of");
    transfer(secret, open, "olga");
    assertThat(lab.missing()).contains("is for public data", "used confidential data");
    assertThat(lab.bean(Forge.class).resolve(open, "work/" + secret)).isEmpty();
    lab.driver().cleanUp();

    var id = ended();
    transfer(id, open, "stella");
    assertThat(lab.missing()).contains("'stella' is no owner of project " + open);
    assertThat(lab.bean(Forge.class).refs(open)).doesNotContainKey("refs/heads/work/" + id);
    transfer(id, open, "olga");
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ENDED);
  }

  private static void transfer(ExplorationId id, ProjectId to, String owner) {
    lab.push(
        id,
        Map.of(
            "tests/a.py", "assert True",
            "DATASHEET.md", "What it is",
            "RUNBOOK.md", "How to run it",
            "transfer.yaml",
                """
                method-version: v1.0.0
                tests: tests/
                datasheet: DATASHEET.md
                runbook: RUNBOOK.md
                owner: %s
                production:
                  project: %s
                """
                    .formatted(owner, to)));
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
  }

  @Test
  void pathsThatLeadOutOfTheBranchAreMissing() {
    var id = ended();
    lab.push(
        id,
        Map.of(
            "transfer.yaml",
            """
            method-version: v1.0.0
            tests: ..
            card: ../../../etc/passwd
            datasheet: /etc/passwd
            runbook: "a\\0b"
            owner: "olga\\0"
            production: { project: ../other }
            """));
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing())
        .contains("tests (", "card or datasheet", "runbook", "named production owner")
        .doesNotContain("root:");

    lab.push(id, Map.of("transfer.yaml", "\"a\\0b\": 1\n"));
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing())
        .contains("is unknown; allowed: card, datasheet, method-version")
        .doesNotContain("org.balsam");
    lab.push(id, Map.of("transfer.yaml", "production: { project: [x] }\n"));
    lab.complete("rita", Map.of("outcomeDecision", "transfer"));
    assertThat(lab.missing()).contains("production.project: has the wrong kind of value");
  }

  @Test
  void longAndOddWordsFitOrAreNamed() {
    var project = lab.project(Classification.PUBLIC);
    var versions =
        IntStream.rangeClosed(1, 31)
            .mapToObj(
                number ->
                    DatasetVersionId.parse(
                        project + "/raw/" + "a".repeat(30) + number % 10 + "@2008-q4-r0." + number))
            .toList();
    var purpose = "Ünïcödé €".repeat(222);
    var title = "../../etc/passwd ; rm -rf $(HOME) ☃ Ångström und so";
    assertThatThrownBy(() -> command(project, title, purpose, versions, "rita"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("at most 30");
    assertThatThrownBy(() -> command(project, "a".repeat(61), purpose, List.of(), "rita"))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> command(project, "two\nlines", purpose, List.of(), "rita"))
        .isInstanceOf(Invalid.class);

    var id =
        lab.bean(RequestExploration.class)
            .handle(command(project, title, purpose, versions.subList(0, 30), "rita"))
            .exploration();
    lab.driver().runJobs();
    assertThat(lab.view(id).branch())
        .matches("lab/urita/etc-passwd-rm-rf-home-angstrom-" + id.suffix());
    assertThat(lab.view(id).endReason()).contains("no dataset version");
  }
}
