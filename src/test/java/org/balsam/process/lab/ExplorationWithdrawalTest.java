package org.balsam.process.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Classification;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.identity.Directory;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.usecase.lab.ExplorationState;
import org.balsam.usecase.lab.OpenWorkspace;
import org.balsam.usecase.lab.RecordAnswer;
import org.balsam.usecase.lab.RequestEnd;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests for explorations that are taken back, alone and while somebody approves them. */
class ExplorationWithdrawalTest extends LabTest {

  private static final Map<String, Object> APPROVE = Map.of("approvalDecision", "approve");

  private static ExplorationId dear(ProjectId project) {
    return lab.request(project, HardwareProfile.LARGE, NetworkClass.OFFLINE);
  }

  private static void withdraw(ExplorationId id, String person) {
    var actor = lab.person(person);
    CallContext.of(actor)
        .run(() -> lab.bean(RequestEnd.class).handle(new RequestEnd.Command(id, actor)));
  }

  private static long tasks(ExplorationId id) {
    return lab.bean(TaskService.class)
        .createTaskQuery()
        .processInstanceBusinessKey(id.value())
        .count();
  }

  private static void assertWithdrawn(ExplorationId id, String by) {
    assertThat(lab.view(id).state()).isEqualTo(ExplorationState.WITHDRAWN);
    assertThat(lab.view(id).endReason()).isEqualTo("withdrawn by " + by);
    assertThat(lab.view(id).commit()).isNull();
    assertThat(lab.bean(Forge.class).resolve(id.project(), lab.view(id).branch())).isEmpty();
    lab.assertNothingIsLeft(id);
  }

  private static List<String> recorded(ExplorationId id) {
    return lab.bean(JdbcClient.class)
        .sql("select action from balsam.audit_event where subject = :id")
        .param("id", id.value())
        .query(String.class)
        .list();
  }

  @Test
  void whoAskedAndIsTheOnlyOwnerTakesItBackOnce() {
    var project = lab.project(Classification.PUBLIC);
    lab.bean(Directory.class).setRoles(project, "olga", Set.of());
    var id = dear(project);
    assertThatThrownBy(() -> lab.complete("rita", APPROVE)).hasStackTraceContaining("rita");

    withdraw(id, "rita");
    assertThat(tasks(id)).as("nobody is asked any more").isZero();
    withdraw(id, "rita");
    lab.run();
    withdraw(id, "rita");

    assertWithdrawn(id, "rita");
    assertThat(recorded(id))
        .containsOnlyOnce("exploration.withdrawal-requested", "exploration.withdrawn")
        .doesNotContain("exploration.refused", "exploration.opened");
    assertThat(lab.view(lab.opened(project)).workspace())
        .as("its name is free again")
        .isEqualTo(lab.view(id).workspace());
  }

  @Test
  void anOwnerTakesItBackAndNobodyElse() {
    var project = lab.project(Classification.INTERNAL);
    var id = lab.request(project, HardwareProfile.SMALL, NetworkClass.INTERNET);
    var task = lab.driver().task().getId();
    assertThatThrownBy(() -> withdraw(id, "meg")).isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> withdraw(id, "stella")).isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> withdraw(id, "mallory")).isInstanceOf(NotFound.class);
    assertThat(tasks(id)).isEqualTo(1);

    withdraw(id, "olga");
    assertThatThrownBy(() -> lab.answer("stella", task, APPROVE))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("the task is completed or cancelled");
    lab.run();

    assertWithdrawn(id, "olga");
  }

  @Test
  void itIsTakenBackBeforeAnybodyJudgedIt() {
    var id =
        lab.ask(lab.project(Classification.PUBLIC), HardwareProfile.SMALL, NetworkClass.OFFLINE);
    withdraw(id, "rita");
    lab.run();
    assertWithdrawn(id, "rita");
  }

  @Test
  void itIsTakenBackBetweenItsApprovalAndItsWorkspace() {
    var id = dear(lab.project(Classification.PUBLIC));
    lab.answer("olga", lab.driver().task().getId(), APPROVE);
    withdraw(id, "rita");
    lab.run();
    assertWithdrawn(id, "rita");
    assertThat(lab.view(id).decidedBy()).isEqualTo("olga");
  }

  @Test
  void whatAPersonOrAServerBeganBeforeComesToNothing() {
    var id = dear(lab.project(Classification.PUBLIC));
    withdraw(id, "rita");

    assertThatThrownBy(
            () ->
                lab.bean(RecordAnswer.class)
                    .handle(
                        new RecordAnswer.Command(
                            id, RecordAnswer.Answer.APPROVE, "", null, lab.person("olga"))))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("was withdrawn by rita");
    assertThatThrownBy(
            () -> lab.bean(OpenWorkspace.class).handle(new OpenWorkspace.Command(id, "unused")))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("was withdrawn by rita");
    lab.run();
    assertWithdrawn(id, "rita");
  }

  @Test
  void anApprovalAtTheSameMomentIsDecidedOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(2);
    try {
      for (var round = 0; round < 6; round++) {
        decideAtOnce(threads);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void decideAtOnce(ExecutorService threads) throws Exception {
    var id = dear(lab.project(Classification.PUBLIC));
    var task = lab.driver().task().getId();
    var barrier = new CyclicBarrier(2);
    var approval = threads.submit(() -> works(barrier, () -> lab.answer("olga", task, APPROVE)));
    var withdrawal = threads.submit(() -> works(barrier, () -> withdraw(id, "rita")));
    var approved = approval.get();
    var withdrawn = withdrawal.get();
    lab.run();

    assertThat(approved || withdrawn).isTrue();
    if (withdrawn) {
      assertWithdrawn(id, "rita");
    } else {
      assertThat(lab.view(id).state()).isEqualTo(ExplorationState.ACTIVE);
      assertThat(lab.view(id).endReason()).isNull();
    }
    lab.driver().cleanUp();
  }

  private static boolean works(CyclicBarrier barrier, Runnable act) throws Exception {
    barrier.await();
    try {
      act.run();
      return true;
    } catch (RuntimeException refused) {
      return false;
    }
  }
}
