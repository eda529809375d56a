package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.Role;
import org.balsam.process.engine.EngineFixture.Cast;
import org.balsam.testing.RecordedAudit;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@EngineTest
class TaskGuardTest {

  @Autowired Cast cast;
  @Autowired EngineAccess engine;
  @Autowired TaskService tasks;
  @Autowired TaskExclusions exclusions;
  @Autowired RuntimeService runtime;
  @Autowired HistoryService history;
  @Autowired ManagementService management;
  @Autowired RecordedAudit audit;
  @Autowired ContextProbeDelegate probe;
  @Autowired JdbcClient jdbc;

  @Test
  void theOtherPersonReviews() throws Exception {
    var instance = cast.start("twoPersons", "ann");
    cast.complete(instance, "ann", Map.of("prepareDecision", "go", "note", "fine"));
    cast.complete(instance, "bob", Map.of("reviewDecision", "approve"));
    await(
        () ->
            engine.asSystem(
                    () -> runtime.createProcessInstanceQuery().processInstanceId(instance).count())
                == 0);
    var historic =
        history
            .createHistoricTaskInstanceQuery()
            .processInstanceId(instance)
            .taskDefinitionKey("userTask_review")
            .singleResult();
    assertThat(historic.getAssignee()).isEqualTo("bob");
    assertThat(historic.getTenantId()).isEqualTo("alpha");
    var key =
        history
            .createHistoricProcessInstanceQuery()
            .processInstanceId(instance)
            .singleResult()
            .getBusinessKey();
    var seen = probe.seen.get(key);
    assertThat(seen.actor()).isEqualTo(Actor.BALSAM);
    assertThat(seen.project()).isEqualTo("alpha");
    assertThat(seen.subject()).isEqualTo(key);
    assertThat(seen.processInstance()).isEqualTo(instance);
    assertThat(seen.activity()).isEqualTo("serviceTask_probe");
  }

  @Test
  void nobodyReviewsTheirOwnWorkAndTheRefusalIsRecorded() {
    var instance = prepared("ann");
    assertThatThrownBy(() -> cast.complete(instance, "ann", Map.of("reviewDecision", "approve")))
        .asInstanceOf(type(Forbidden.class))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SEPARATION_OF_DUTIES))
        .satisfies(
            refusal ->
                assertThat(refusal)
                    .hasMessageContaining("'ann' may not complete 'Review ·")
                    .hasMessageContaining("completed 'Prepare' at 20"));
    assertThat(cast.activity(instance)).isEqualTo("userTask_review");
    assertThat(audit.separately())
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo("duties.refused");
              assertThat(entry.project()).isEqualTo("alpha");
              assertThat(entry.details())
                  .containsEntry("activity", "userTask_review")
                  .containsEntry("task", cast.task(instance));
            });
  }

  @Test
  void tellsBeforehandWhomItWouldRefuse() {
    var review = task(prepared("ann"));
    var approval = task(cast.start("starterExcluded", "ann"));
    assertThat(exclusions.of(List.of(review, approval), cast.actor("ann")))
        .hasSize(2)
        .hasEntrySatisfying(
            review.getId(), exclusion -> assertThat(exclusion.name()).isEqualTo("Prepare"))
        .hasEntrySatisfying(approval.getId(), exclusion -> assertThat(exclusion.name()).isNull());
    assertThat(exclusions.of(List.of(review, approval), cast.actor("bob"))).isEmpty();
    assertThat(exclusions.of(List.of(), cast.actor("ann"))).isEmpty();
  }

  private Task task(String instance) {
    return engine.asSystem(
        () -> tasks.createTaskQuery().processInstanceId(instance).singleResult());
  }

  @Test
  void nobodyClaimsWhatTheyMayNotComplete() {
    var instance = prepared("ann");
    var task = cast.task(instance);
    refused(ErrorCode.SEPARATION_OF_DUTIES, "ann", () -> tasks.claim(task, "ann"));
    refused(ErrorCode.FORBIDDEN, "aud", () -> tasks.claim(task, "aud"));
    engine.as(cast.actor("bob"), () -> tasks.claim(task, "bob"));
  }

  @Test
  void earlierLoopsCount() {
    var instance = prepared("ann");
    cast.complete(instance, "bob", Map.of("reviewDecision", "redo"));
    cast.complete(instance, "sam", Map.of("prepareDecision", "go"));
    assertThatThrownBy(() -> cast.complete(instance, "ann", Map.of("reviewDecision", "approve")))
        .isInstanceOf(Forbidden.class);
    assertThatThrownBy(() -> cast.complete(instance, "sam", Map.of("reviewDecision", "approve")))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void anAdministratorCannotHandATaskToAnExcludedOrForeignPerson() {
    var instance = prepared("ann");
    var task = cast.task(instance);
    refused(ErrorCode.SEPARATION_OF_DUTIES, "adm", () -> tasks.setAssignee(task, "ann"));
    refused(ErrorCode.FORBIDDEN, "adm", () -> tasks.setAssignee(task, "eve"));
    refused(
        ErrorCode.FORBIDDEN,
        "adm",
        () -> tasks.complete(task, Map.of("reviewDecision", "approve")));
    engine.as(cast.actor("adm"), () -> tasks.setAssignee(task, "bob"));
    refused(
        ErrorCode.TASK_GONE,
        "bea",
        () -> tasks.complete(task, Map.of("reviewDecision", "approve")));
    refused(ErrorCode.FORBIDDEN, "bea", () -> tasks.setAssignee(task, null));
    engine.as(cast.actor("bob"), () -> tasks.setAssignee(task, null));
    engine.as(cast.actor("bea"), () -> tasks.claim(task, "bea"));
  }

  @Test
  void delegationAndResolvingAreRefused() {
    var instance = prepared("ann");
    var task = cast.task(instance);
    engine.as(cast.actor("bob"), () -> tasks.claim(task, "bob"));
    refused(ErrorCode.FORBIDDEN, "bob", () -> tasks.delegateTask(task, "ann"));
    refused(ErrorCode.FORBIDDEN, "bob", () -> tasks.resolveTask(task));
    refused(ErrorCode.FORBIDDEN, "bob", () -> tasks.addCandidateGroup(task, "alpha/auditor"));
    refused(ErrorCode.FORBIDDEN, "bob", () -> tasks.handleBpmnError(task, "any"));
    refused(ErrorCode.FORBIDDEN, "bob", () -> tasks.saveTask(tasks.newTask("standalone")));
  }

  @Test
  void modifyingTheInstanceDoesNotForgetWhoDidWhat() {
    var instance = prepared("ann");
    refused(
        ErrorCode.FORBIDDEN,
        "adm",
        () ->
            runtime
                .createProcessInstanceModification(instance)
                .startBeforeActivity("endEvent")
                .execute());
    engine.asSystem(
        () ->
            runtime
                .createProcessInstanceModification(instance)
                .cancelAllForActivity("userTask_review")
                .startBeforeActivity("userTask_review")
                .execute(true, true));
    assertThatThrownBy(() -> cast.complete(instance, "ann", Map.of("reviewDecision", "approve")))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void theEnginesHistoryMayGoButTheRecordStays() {
    var instance = prepared("ann");
    var historic =
        history
            .createHistoricTaskInstanceQuery()
            .processInstanceId(instance)
            .taskDefinitionKey("userTask_prepare")
            .singleResult();
    history.deleteHistoricTaskInstance(historic.getId());
    assertThatThrownBy(() -> cast.complete(instance, "ann", Map.of("reviewDecision", "approve")))
        .isInstanceOf(Forbidden.class);
    for (var change :
        Set.of(
            "delete from balsam.task_completion",
            "update balsam.task_completion set person = 'x'",
            "truncate balsam.task_completion")) {
      assertThatThrownBy(() -> jdbc.sql(change).update())
          .hasStackTraceContaining("permission denied");
    }
  }

  @Test
  void whoStartedItDoesNotApproveIt() {
    var instance = cast.start("starterExcluded", "ann");
    assertThatThrownBy(() -> cast.complete(instance, "ann", Map.of()))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("started this process");
    var other = cast.start("starterExcluded", "sam");
    cast.complete(other, "ann", Map.of());
    assertThat(engine.asSystem(() -> tasks.createTaskQuery().processInstanceId(other).count()))
        .isZero();
  }

  @Test
  void withoutAPersonNothingIsCompleted() {
    var instance = cast.start("twoPersons", "ann");
    var task = cast.task(instance);
    assertThatThrownBy(
            () -> engine.asSystem(() -> tasks.complete(task, Map.of("prepareDecision", "go"))))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("nobody is authenticated");
  }

  @Test
  void aRoleThatWasTakenAwayNoLongerCounts() {
    var instance = prepared("ann");
    var task = cast.task(instance);
    var bea = cast.actor("bea");
    cast.directory.setRoles(EngineFixture.ALPHA, "bea", Set.of(Role.AUDITOR));
    try {
      assertThatThrownBy(
              () -> engine.as(bea, () -> tasks.complete(task, Map.of("reviewDecision", "approve"))))
          .isInstanceOf(Forbidden.class)
          .hasMessageContaining("it is for alpha/owner, alpha/quality, alpha/subject");
    } finally {
      cast.directory.setRoles(EngineFixture.ALPHA, "bea", Set.of(Role.QUALITY));
    }
  }

  @Test
  void eachCompletionDecidesAnew() {
    var instance = prepared("ann");
    cast.complete(instance, "bob", Map.of("reviewDecision", "redo"));
    assertThatThrownBy(() -> cast.complete(instance, "sam", Map.of()))
        .isInstanceOf(Invalid.class)
        .hasMessage("/variables/prepareDecision: decide one of go, stop");
    assertThatThrownBy(() -> cast.complete(instance, "sam", Map.of("prepareDecision", "maybe")))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(
            () ->
                cast.complete(
                    instance,
                    "sam",
                    Map.of("prepareDecision", "stop", "prepareDecisionReason", " ")))
        .asInstanceOf(type(Rejection.class))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.REASON_REQUIRED))
        .satisfies(
            refusal -> assertThat(refusal.where()).isEqualTo("/variables/prepareDecisionReason"))
        .satisfies(
            refusal ->
                assertThat(refusal).hasMessage("a reason is needed for 'Stop'; fill in 'Reason'"));
    assertThat(refusals(cast.task(instance)))
        .as("an answer that is not offered is told of, a forgotten one is not")
        .singleElement()
        .asString()
        .contains("prepareDecision");
    cast.complete(
        instance, "sam", Map.of("prepareDecision", "stop", "prepareDecisionReason", "bad"));
  }

  private List<String> refusals(String task) {
    return audit.separately().stream()
        .filter(entry -> task.equals(entry.details().get("task")))
        .filter(entry -> "engine.refused".equals(entry.action()))
        .map(entry -> String.valueOf(entry.details().get("refusal")))
        .toList();
  }

  @Test
  void onlyFieldsOfTheFormAreWritten() {
    var instance = cast.start("twoPersons", "ann");
    for (var foreign : Set.of("project", "reviewDecision", "shown", "anything")) {
      assertThatThrownBy(
              () -> cast.complete(instance, "ann", Map.of("prepareDecision", "go", foreign, "x")))
          .isInstanceOf(Invalid.class)
          .hasMessage("/variables/" + foreign + ": is not a field of this task's form");
    }
    assertThat(refusals(cast.task(instance))).as("is told of").hasSize(4);
    cast.complete(
        instance, "ann", Map.of("prepareDecision", "go", "amount", 3, "shown", "as it is"));
    assertThat(runtime.getVariable(instance, "amount")).isEqualTo(3);
  }

  @Test
  void twoThousandForeignFieldsAreRefused() {
    var instance = cast.start("twoPersons", "ann");
    var many = new HashMap<String, Object>(Map.of("prepareDecision", "go"));
    for (var i = 0; i < 2000; i++) {
      many.put("field" + i, "x");
    }
    assertThatThrownBy(() -> cast.complete(instance, "ann", many)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u0007b", "abc\u202Edef", "a\u2066b", "a\u200Bb"})
  void textThatHidesOrControlsIsRefused(String text) {
    var instance = cast.start("twoPersons", "ann");
    assertThatThrownBy(
            () -> cast.complete(instance, "ann", Map.of("prepareDecision", "go", "note", text)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("/variables/note");
  }

  @Test
  void hugeAndStrangeValuesAreRefused() {
    var instance = cast.start("twoPersons", "ann");
    for (var value :
        Set.<Object>of("x".repeat(4001), Double.NaN, Double.POSITIVE_INFINITY, Map.of("a", "b"))) {
      assertThatThrownBy(
              () -> cast.complete(instance, "ann", Map.of("prepareDecision", "go", "note", value)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("/variables/note");
    }
    cast.complete(instance, "ann", Map.of("prepareDecision", "go", "note", "x".repeat(4000)));
  }

  @Test
  void personsChangeNothingElseInTheEngine() {
    var instance = cast.start("starterExcluded", "sam");
    var task = cast.task(instance);
    for (var person : Set.of("ann", "adm")) {
      refused(ErrorCode.FORBIDDEN, person, () -> runtime.setVariable(instance, "project", "beta"));
      refused(ErrorCode.FORBIDDEN, person, () -> runtime.removeVariable(instance, "project"));
      refused(ErrorCode.FORBIDDEN, person, () -> tasks.setVariable(task, "x", "y"));
      refused(ErrorCode.FORBIDDEN, person, () -> tasks.setVariableLocal(task, "x", "y"));
      refused(
          ErrorCode.FORBIDDEN,
          person,
          () ->
              runtime
                  .createMessageCorrelation("balsam.testArrived")
                  .processInstanceId(instance)
                  .setVariable("x", "y")
                  .correlateAll());
      refused(ErrorCode.FORBIDDEN, person, () -> runtime.signalEventReceived("any"));
      refused(ErrorCode.FORBIDDEN, person, () -> runtime.deleteProcessInstance(instance, "gone"));
      refused(
          ErrorCode.FORBIDDEN,
          person,
          () -> runtime.startProcessInstanceByKey("starterExcluded", Map.of("project", "alpha")));
      refused(ErrorCode.FORBIDDEN, person, () -> history.deleteHistoricProcessInstance(instance));
    }
    assertThat(CallContext.current().actor()).isEqualTo(Actor.BALSAM);
  }

  private String prepared(String person) {
    var instance = cast.start("twoPersons", "zoe");
    cast.complete(instance, person, Map.of("prepareDecision", "go"));
    return instance;
  }

  private void refused(ErrorCode code, String person, Runnable attempt) {
    assertThatThrownBy(() -> engine.as(cast.actor(person), attempt))
        .asInstanceOf(type(BalsamException.class))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    for (var i = 0; i < 300 && !condition.getAsBoolean(); i++) {
      Thread.sleep(100);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
