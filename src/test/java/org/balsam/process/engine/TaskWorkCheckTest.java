package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Role;
import org.balsam.process.engine.EngineFixture.Cast;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@EngineTest
class TaskWorkCheckTest {

  @Autowired Cast cast;
  @Autowired EngineAccess engine;
  @Autowired TaskService tasks;
  @Autowired AuthorizationService authorizations;
  @Autowired JdbcClient jdbc;

  @Test
  void grantsAreThoseOfTheCandidateGroupsAndEndWithTheTask() {
    var instance = cast.start("twoPersons", "zoe");
    cast.complete(instance, "sam", Map.of("prepareDecision", "go"));
    var task = cast.task(instance);
    engine.as(cast.actor("bob"), () -> tasks.claim(task, "bob"));
    assertThat(grantees(task)).containsExactly("alpha/owner", "alpha/quality", "alpha/subject");
    engine.as(cast.actor("bob"), () -> tasks.complete(task, Map.of("reviewDecision", "approve")));
    assertThat(grantees(task)).isEmpty();
  }

  @Test
  void whoIsNoCandidateIsRefusedByTheEngineItself() {
    var task = cast.task(cast.start("twoPersons", "zoe"));
    assertThatThrownBy(() -> engine.as(cast.actor("aud"), () -> tasks.claim(task, "aud")))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("your roles do not allow this")
        .hasMessageNotContaining("TASK_WORK");
  }

  @Test
  void aRevocationHolds() {
    var instance = cast.start("twoPersons", "zoe");
    cast.complete(instance, "sam", Map.of("prepareDecision", "go"));
    var task = cast.task(instance);
    var revocation = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_REVOKE);
    revocation.setUserId("bob");
    revocation.setResource(Resources.TASK);
    revocation.setResourceId(task);
    revocation.removePermission(Permissions.TASK_WORK);
    authorizations.saveAuthorization(revocation);

    assertThatThrownBy(() -> engine.as(cast.actor("bob"), () -> tasks.claim(task, "bob")))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining("your roles do not allow this")
        .hasMessageNotContaining("TASK_WORK");
    engine.as(cast.actor("bea"), () -> tasks.claim(task, "bea"));
  }

  @Test
  void whoLosesTheRoleAfterClaimingMayOnlyGiveTheTaskBack() {
    var task = cast.task(cast.start("twoPersons", "zoe"));
    var before = cast.actor("sam");
    engine.as(before, () -> tasks.claim(task, "sam"));
    cast.directory.setRoles(EngineFixture.ALPHA, "sam", Set.of(Role.AUDITOR));
    try {
      // signed in before and after the change
      for (var sam : Set.of(before, cast.actor("sam"))) {
        assertThatThrownBy(
                () -> engine.as(sam, () -> tasks.complete(task, Map.of("prepareDecision", "go"))))
            .isInstanceOf(Forbidden.class)
            .hasMessageContaining("may not complete");
      }
      engine.as(cast.actor("sam"), () -> tasks.setAssignee(task, null));
      assertThatThrownBy(() -> engine.as(cast.actor("sam"), () -> tasks.claim(task, "sam")))
          .isInstanceOf(Forbidden.class)
          .hasMessageContaining("your roles do not allow this")
          .hasMessageNotContaining("TASK_WORK");
    } finally {
      cast.directory.setRoles(EngineFixture.ALPHA, "sam", Set.of(Role.SUBJECT));
    }
  }

  private List<String> grantees(String task) {
    return jdbc.sql(
            "select coalesce(group_id_, user_id_) from engine.act_ru_authorization"
                + " where resource_id_ = ? order by 1")
        .param(task)
        .query(String.class)
        .list();
  }
}
