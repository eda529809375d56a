package org.balsam.process.engine;

import java.util.Arrays;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * The candidate groups of user tasks: {@code
 * camunda:candidateGroups="${roles.group(execution,'quality')}"}. The project is the instance's
 * tenant or, where it has none, its variable {@code project}.
 */
@Component("roles")
@ForExpressions
public class RolesExpressions {

  /** The group of one role in the instance's project, for example {@code emp-industry/quality}. */
  public String group(DelegateExecution execution, String role) {
    return Role.parse(role.strip()).group(projectOf(execution));
  }

  /** The groups of several roles, separated by commas. */
  public List<String> groups(DelegateExecution execution, String roles) {
    return Arrays.stream(roles.split(",")).map(role -> group(execution, role)).toList();
  }

  private static ProjectId projectOf(DelegateExecution execution) {
    var slug =
        execution.getTenantId() != null
            ? execution.getTenantId()
            : execution.getVariable("project");
    if (slug == null) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          execution.getCurrentActivityId(),
          "the process instance "
              + execution.getProcessInstanceId()
              + " belongs to no project: it has neither a tenant nor the variable 'project'");
    }
    return new ProjectId(slug.toString());
  }
}
