package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.balsam.kernel.Invalid;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.junit.jupiter.api.Test;

class RolesExpressionsTest {

  private final RolesExpressions roles = new RolesExpressions();

  @Test
  void namesTheGroupsOfTheInstancesProject() {
    var execution = in("emp-industry");
    assertThat(roles.group(execution, "quality")).isEqualTo("emp-industry/quality");
    assertThat(roles.groups(execution, "owner, release"))
        .containsExactly("emp-industry/owner", "emp-industry/release");
  }

  @Test
  void refusesWhatIsNoRole() {
    assertThatThrownBy(() -> roles.group(in("lfs"), "boss"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("allowed: owner");
  }

  private static ExecutionEntity in(String project) {
    var execution = new ExecutionEntity();
    execution.setTenantId(project);
    return execution;
  }
}
