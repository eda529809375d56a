package org.balsam.process.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/** Refuses to run with an engine whose settings would undo Balsam's guarantees. */
final class EngineDefaultsCheck {

  private static final String GENERIC = "camunda.bpm.generic-properties.properties.";

  private EngineDefaultsCheck() {}

  /**
   * Checks a configured engine.
   *
   * @throws IllegalStateException naming each key, its value and what is required
   */
  static void check(ProcessEngineConfigurationImpl engine) {
    var problems = problems(engine);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "Balsam does not start with these settings:\n  " + String.join("\n  ", problems));
    }
  }

  static List<String> problems(ProcessEngineConfigurationImpl engine) {
    var problems = new ArrayList<String>();
    require(problems, "camunda.bpm.authorization.enabled", engine.isAuthorizationEnabled(), true);
    require(
        problems,
        "camunda.bpm.authorization.tenant-check-enabled",
        engine.isTenantCheckEnabled(),
        true);
    require(
        problems,
        "camunda.bpm.authorization.authorization-check-revokes",
        engine.getAuthorizationCheckRevokes(),
        "auto");
    generic(
        problems,
        "enable-expressions-in-adhoc-queries",
        engine.isEnableExpressionsInAdhocQueries(),
        false);
    generic(
        problems,
        "enable-expressions-in-stored-queries",
        engine.isEnableExpressionsInStoredQueries(),
        false);
    generic(problems, "enable-xxe-processing", engine.isEnableXxeProcessing(), false);
    generic(
        problems,
        "java-serialization-format-enabled",
        engine.isJavaSerializationFormatEnabled(),
        false);
    generic(
        problems,
        "deserialization-type-validation-enabled",
        engine.isDeserializationTypeValidationEnabled(),
        true);
    generic(
        problems,
        "enable-exceptions-after-unhandled-bpmn-error",
        engine.isEnableExceptionsAfterUnhandledBpmnError(),
        true);
    generic(
        problems,
        "enable-script-engine-load-external-resources",
        engine.isEnableScriptEngineLoadExternalResources(),
        false);
    generic(
        problems,
        "enable-fetch-script-engine-from-process-application",
        engine.isEnableFetchScriptEngineFromProcessApplication(),
        false);
    generic(
        problems,
        "default-user-permission-name-for-task",
        engine.getDefaultUserPermissionNameForTask(),
        "TASK_WORK");
    generic(
        problems,
        "restrict-user-operation-log-to-authenticated-users",
        engine.isRestrictUserOperationLogToAuthenticatedUsers(),
        true);
    require(problems, "camunda.bpm.history-level", engine.getHistoryLevel().getName(), "full");
    return problems;
  }

  private static void generic(List<String> problems, String key, Object value, Object required) {
    require(problems, GENERIC + key, value, required);
  }

  private static void require(List<String> problems, String key, Object value, Object required) {
    if (!required.equals(value)) {
      problems.add(key + " is " + value + ", required is " + required);
    }
  }
}
