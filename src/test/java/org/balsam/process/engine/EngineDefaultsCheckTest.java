package org.balsam.process.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class EngineDefaultsCheckTest {

  @Autowired ProcessEngine engine;

  @Test
  void theShippedSettingsPass() {
    var running = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    assertThat(EngineDefaultsCheck.problems(running)).isEmpty();
    assertThat(running.getFailedJobRetryTimeCycle()).isEqualTo("R3/PT30S");
    assertThat(running.getJobExecutor().getLockTimeInMillis()).isEqualTo(60_000);
    assertThat(running.getAdminGroups()).contains("platform/administrator");
  }

  @Test
  void eachWeakerSettingIsNamedWithItsValueAndWhatIsRequired() {
    Map<String, Consumer<ProcessEngineConfigurationImpl>> weaker =
        Map.of(
            "camunda.bpm.authorization.enabled is false, required is true",
            settings -> settings.setAuthorizationEnabled(false),
            "camunda.bpm.authorization.tenant-check-enabled is false, required is true",
            settings -> settings.setTenantCheckEnabled(false),
            "enable-expressions-in-adhoc-queries is true, required is false",
            settings -> settings.setEnableExpressionsInAdhocQueries(true),
            "enable-expressions-in-stored-queries is true, required is false",
            settings -> settings.setEnableExpressionsInStoredQueries(true),
            "enable-xxe-processing is true, required is false",
            settings -> settings.setEnableXxeProcessing(true),
            "java-serialization-format-enabled is true, required is false",
            settings -> settings.setJavaSerializationFormatEnabled(true),
            "deserialization-type-validation-enabled is false, required is true",
            settings -> settings.setDeserializationTypeValidationEnabled(false),
            "enable-exceptions-after-unhandled-bpmn-error is false, required is true",
            settings -> settings.setEnableExceptionsAfterUnhandledBpmnError(false),
            "default-user-permission-name-for-task is UPDATE, required is TASK_WORK",
            settings -> settings.setDefaultUserPermissionNameForTask("UPDATE"),
            "camunda.bpm.history-level is audit, required is full",
            settings -> settings.setHistoryLevel(HistoryLevel.HISTORY_LEVEL_AUDIT));
    weaker.forEach(
        (message, change) -> {
          var settings = required();
          change.accept(settings);
          assertThat(EngineDefaultsCheck.problems(settings))
              .singleElement()
              .satisfies(problem -> assertThat(problem).endsWith(message));
          assertThatThrownBy(() -> EngineDefaultsCheck.check(settings))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining(message);
        });
  }

  private static ProcessEngineConfigurationImpl required() {
    var settings = new StandaloneInMemProcessEngineConfiguration();
    settings.setAuthorizationEnabled(true);
    settings.setTenantCheckEnabled(true);
    settings.setEnableExpressionsInStoredQueries(false);
    settings.setDeserializationTypeValidationEnabled(true);
    settings.setEnableExceptionsAfterUnhandledBpmnError(true);
    settings.setEnableFetchScriptEngineFromProcessApplication(false);
    settings.setDefaultUserPermissionNameForTask("TASK_WORK");
    settings.setHistoryLevel(HistoryLevel.HISTORY_LEVEL_FULL);
    assertThat(EngineDefaultsCheck.problems(settings)).isEmpty();
    return settings;
  }
}
