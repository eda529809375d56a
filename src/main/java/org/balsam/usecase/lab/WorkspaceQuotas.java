package org.balsam.usecase.lab;

import java.util.List;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.standard.gate.HardwareProfile;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many workspaces a project may have at once: as {@code balsam.lab} says, or what
 * administrators of the platform gave it.
 */
@Component
public class WorkspaceQuotas {

  private static final int MOST = 1000;

  private final JdbcClient jdbc;
  private final ExplorationRepository explorations;
  private final LabProperties properties;
  private final AuditTrail trail;

  WorkspaceQuotas(
      JdbcClient jdbc,
      ExplorationRepository explorations,
      LabProperties properties,
      AuditTrail trail) {
    this.jdbc = jdbc;
    this.explorations = explorations;
    this.properties = properties;
    this.trail = trail;
  }

  /**
   * How a project stands. Those that are asked for count as well as those that are used.
   *
   * @param gpus how many of the workspaces may use a GPU, and how many do
   */
  public record Standing(int workspaces, int workspaceQuota, int gpus, int gpuQuota) {

    /** Whether one more workspace is within the quota. */
    boolean leavesWorkspace() {
      return workspaces < workspaceQuota;
    }

    /** Whether one more workspace with a GPU is within the quota of GPUs. */
    boolean leavesGpu() {
      return gpus < gpuQuota;
    }
  }

  private record Own(int workspaces, int gpus) {}

  /**
   * How it stands, for its members and administrators of the platform.
   *
   * @throws org.balsam.kernel.NotFound for others
   */
  public Standing get(ProjectId project, Actor actor) {
    if (!actor.isPlatformAdministrator()) {
      actor.requireMemberOf(project);
    }
    return of(project);
  }

  private Standing of(ProjectId project) {
    return standing(project, explorations.unfinished(project));
  }

  /**
   * How it stands for one of its explorations: those that were let through before it, or wait for
   * an approval, count. Until the transaction ends no other one of the project is judged.
   */
  Standing before(ExplorationEntity judged) {
    explorations.lockProject(judged.project);
    var project = judged.explorationId().project();
    return standing(
        project,
        explorations.unfinished(project).stream()
            .filter(other -> !other.id.equals(judged.id) && other.takesPlace())
            .toList());
  }

  private Standing standing(ProjectId project, List<ExplorationEntity> unfinished) {
    var gpus = unfinished.stream().filter(one -> one.hardware == HardwareProfile.GPU).count();
    var own =
        jdbc.sql("select workspaces, gpus from balsam.workspace_quota where project = :project")
            .param("project", project.value())
            .query(Own.class)
            .optional()
            .orElseGet(() -> new Own(properties.openExplorations(), properties.gpus()));
    return new Standing(unfinished.size(), own.workspaces, (int) gpus, own.gpus);
  }

  /**
   * Gives a project its own quota. Less than is in use already is allowed: nothing is ended.
   *
   * @param workspaces 1 to 1000; null, as both, for what all projects have
   * @param gpus 0 to 1000
   */
  public record Command(
      ProjectId project, @Nullable Integer workspaces, @Nullable Integer gpus, Actor actor) {

    private void check() {
      check("workspaces", workspaces, 1);
      check("gpus", gpus, 0);
      if ((workspaces == null) != (gpus == null)) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            gpus == null ? "/gpus" : "/workspaces",
            "is missing; give both, workspaces and gpus, or neither for what all projects have");
      }
    }

    private static void check(String name, @Nullable Integer value, int least) {
      if (value != null && (value < least || value > MOST)) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "/" + name,
            "%d is not allowed; allowed: %d to %d".formatted(value, least, MOST));
      }
    }
  }

  /**
   * Sets it. That the project is there was checked by who asks.
   *
   * @throws Forbidden unless the actor is an administrator of the platform
   * @throws Invalid for numbers that are not allowed
   */
  @Transactional
  public Standing set(Command command) {
    if (!command.actor.isPlatformAdministrator()) {
      throw new Forbidden("only an administrator of the platform sets the quota of workspaces");
    }
    command.check();
    var project = command.project.value();
    jdbc.sql("delete from balsam.workspace_quota where project = :project")
        .param("project", project)
        .update();
    if (command.workspaces != null) {
      jdbc.sql("insert into balsam.workspace_quota values (:project, :workspaces, :gpus)")
          .param("project", project)
          .param("workspaces", command.workspaces)
          .param("gpus", command.gpus)
          .update();
    }
    trail.record(
        AuditEntry.done("project.workspace-quota-set", project, null)
            .with("workspaces", shown(command.workspaces))
            .with("gpus", shown(command.gpus)));
    return of(command.project);
  }

  private static String shown(@Nullable Integer value) {
    return value == null ? "as all projects" : value.toString();
  }
}
