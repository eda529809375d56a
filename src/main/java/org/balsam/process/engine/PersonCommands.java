package org.balsam.process.engine;

import java.util.Set;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.interceptor.Command;

/**
 * What a person may ask of the engine, whatever the route; everything that is not named here is for
 * Balsam alone. The engine's own checks come on top. Deployments, modifications, migrations,
 * messages, signals, jobs run by hand, delegation, deletion and every change of a variable outside
 * a task's form are therefore refused to everybody, administrators included: the course of a
 * process is changed by its model.
 */
final class PersonCommands {

  private static final Set<String> MEMBERS_READ =
      Set.of(
          // queries; each is limited to the person's projects by the engine
          "TaskQueryImpl",
          "ProcessInstanceQueryImpl",
          "ExecutionQueryImpl",
          "VariableInstanceQueryImpl",
          "IncidentQueryImpl",
          "ProcessDefinitionQueryImpl",
          "DecisionDefinitionQueryImpl",
          "HistoricProcessInstanceQueryImpl",
          "HistoricActivityInstanceQueryImpl",
          "HistoricTaskInstanceQueryImpl",
          "HistoricVariableInstanceQueryImpl",
          "HistoricDetailQueryImpl",
          "HistoricDecisionInstanceQueryImpl",
          "HistoricIncidentQueryImpl",
          "HistoricIdentityLinkLogQueryImpl",
          "UserOperationLogQueryImpl",
          "FilterQueryImpl",
          "DirectoryUserQuery",
          "DirectoryGroupQuery",
          "DirectoryTenantQuery",
          // single things; each is checked by the engine or, for comments, by the interceptor
          "AuthorizationCheckCmd",
          "CreateUserQueryCmd",
          "CreateGroupQueryCmd",
          "CreateTenantQueryCmd",
          "ExecuteFilterCountCmd",
          "ExecuteFilterListCmd",
          "ExecuteFilterListPageCmd",
          "ExecuteFilterSingleResultCmd",
          "GetActivityInstanceCmd",
          "GetDeployedProcessDefinitionCmd",
          "GetDeployedTaskFormCmd",
          "GetDeploymentBpmnModelInstanceCmd",
          "GetDeploymentProcessDiagramCmd",
          "GetDeploymentProcessModelCmd",
          "GetExecutionVariableCmd",
          "GetExecutionVariableTypedCmd",
          "GetExecutionVariablesCmd",
          "GetFilterCmd",
          "GetFormKeyCmd",
          "GetIdentityLinksForTaskCmd",
          "GetPasswordPolicyCmd",
          "GetProcessInstanceCommentsCmd",
          "GetRenderedTaskFormCmd",
          "GetTaskCommentCmd",
          "GetTaskCommentsCmd",
          "GetTaskFormCmd",
          "GetTaskFormVariablesCmd",
          "GetTaskVariableCmd",
          "GetTaskVariableCmdTyped",
          "GetTaskVariablesCmd",
          "IsIdentityServiceReadOnlyCmd");

  private static final Set<String> MEMBERS_WRITE =
      Set.of(
          "AddCommentCmd", "AssignTaskCmd", "ClaimTaskCmd", "CompleteTaskCmd", "SubmitTaskFormCmd");

  private static final Set<String> ADMINISTRATORS_WRITE =
      Set.of(
          "ActivateJobCmd",
          "ActivateJobDefinitionCmd",
          "ActivateProcessDefinitionCmd",
          "ActivateProcessInstanceCmd",
          "SetAnnotationForIncidentCmd",
          "SetJobRetriesCmd",
          "SuspendJobCmd",
          "SuspendJobDefinitionCmd",
          "SuspendProcessDefinitionCmd",
          "SuspendProcessInstanceCmd");

  /** The engine itself does not check these against the person's projects. */
  private static final Set<String> UNCHECKED =
      Set.of(
          "AddCommentCmd",
          "GetProcessInstanceCommentsCmd",
          "GetTaskCommentCmd",
          "GetTaskCommentsCmd");

  private PersonCommands() {}

  static boolean isAllowed(Command<?> command, boolean isAdministrator) {
    var name = command.getClass().getSimpleName();
    return MEMBERS_READ.contains(name)
        || MEMBERS_WRITE.contains(name)
        || (isAdministrator && isAllowedForAdministrators(command, name));
  }

  /** Whether an administrator intervenes in the running of processes with it. */
  static boolean isIntervention(Command<?> command) {
    return ADMINISTRATORS_WRITE.contains(command.getClass().getSimpleName());
  }

  static boolean isUnchecked(Command<?> command) {
    return UNCHECKED.contains(command.getClass().getSimpleName());
  }

  private static boolean isAllowedForAdministrators(Command<?> command, String name) {
    var type = command.getClass().getName();
    return ADMINISTRATORS_WRITE.contains(name)
        || command instanceof AbstractQuery
        || name.startsWith("Get")
        || name.startsWith("Find")
        || type.startsWith("org.camunda.bpm.webapp.impl.db.")
        || type.startsWith("org.camunda.bpm.cockpit.impl.plugin.");
  }
}
