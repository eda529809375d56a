package org.balsam.process.engine;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.TrainingId;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives every process instance its project as tenant: that of the calling instance, else the
 * variable {@code project}, else the project in the business key with which Balsam started it. An
 * instance without a project would be visible to everybody, so it is refused.
 */
final class ProjectTenants implements TenantIdProvider {

  private static final ThreadLocal<String> BUSINESS_KEY = new ThreadLocal<>();

  /** Remembers the key for the start that the thread is about to make. */
  static void starting(@Nullable String businessKey) {
    if (businessKey == null) {
      BUSINESS_KEY.remove();
    } else {
      BUSINESS_KEY.set(businessKey);
    }
  }

  @Override
  public String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext start) {
    var caller = start.getSuperExecution();
    if (caller != null && caller.getTenantId() != null) {
      return caller.getTenantId();
    }
    var project = start.getVariables().get("project");
    if (project != null) {
      return new ProjectId(project.toString()).value();
    }
    var key = BUSINESS_KEY.get();
    if (key == null) {
      throw new Refused(
          new Invalid(
              ErrorCode.INVALID_INPUT,
              "project",
              "an instance of '"
                  + start.getProcessDefinition().getKey()
                  + "' belongs to a project: start it with the variable 'project'"));
    }
    return projectOf(key);
  }

  private static String projectOf(String key) {
    return Stream.<Function<String, ProjectId>>of(
            round -> RoundId.parse(round).project(),
            training -> TrainingId.parse(training).project())
        .map(reading -> read(reading, key))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> new ProjectId(key))
        .value();
  }

  private static Optional<ProjectId> read(Function<String, ProjectId> reading, String key) {
    try {
      return Optional.of(reading.apply(key));
    } catch (Invalid another) {
      return Optional.empty();
    }
  }

  @Override
  public @Nullable String provideTenantIdForCaseInstance(
      TenantIdProviderCaseInstanceContext start) {
    return null;
  }

  @Override
  public @Nullable String provideTenantIdForHistoricDecisionInstance(
      TenantIdProviderHistoricDecisionInstanceContext decision) {
    return decision.getExecution() == null ? null : decision.getExecution().getTenantId();
  }
}
