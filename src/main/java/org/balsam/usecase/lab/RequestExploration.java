package org.balsam.usecase.lab;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.balsam.audit.AuditEntry;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.Actor;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.ShownText;
import org.balsam.platform.compute.JobSpec.NetworkClass;
import org.balsam.standard.gate.HardwareProfile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for a workspace to explore in, and starts its process. */
@Component
public class RequestExploration {

  private static final int MOST_DATASETS = 30;

  private final ExplorationRepository explorations;
  private final LabProcess process;
  private final EndDates dates;
  private final Branches branches;
  private final WorkspaceTemplates templates;
  private final ExplorationManifests manifests;
  private final AuditTrail trail;
  private final Clock clock;

  RequestExploration(
      ExplorationRepository explorations,
      LabProcess process,
      EndDates dates,
      Branches branches,
      WorkspaceTemplates templates,
      ExplorationManifests manifests,
      AuditTrail trail,
      Clock clock) {
    this.explorations = explorations;
    this.process = process;
    this.dates = dates;
    this.branches = branches;
    this.templates = templates;
    this.manifests = manifests;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What to ask for.
   *
   * @param title one line, 3 to 60 characters
   * @param purpose 10 to 2000 characters
   * @param datasets at most 30 versions that the actor may read
   * @param endDate the last day of the workspace, UTC
   * @param branch the id of the branch that the workspace belongs to; null for the default branch
   * @param wish what it is made from
   */
  public record Command(
      ProjectId project,
      String title,
      String purpose,
      List<DatasetVersionId> datasets,
      WorkspaceTemplates.Wish wish,
      NetworkClass network,
      LocalDate endDate,
      @Nullable String branch,
      Actor actor) {

    /** On the default branch, by size instead of by a template. */
    public Command(
        ProjectId project,
        String title,
        String purpose,
        List<DatasetVersionId> datasets,
        HardwareProfile hardware,
        NetworkClass network,
        LocalDate endDate,
        Actor actor) {
      this(
          project,
          title,
          purpose,
          datasets,
          WorkspaceTemplates.Wish.of(hardware),
          network,
          endDate,
          null,
          actor);
    }

    public Command {
      title = ShownText.line("title", title, 3, 60);
      purpose = ShownText.check("purpose", purpose, 10, 2000);
      datasets = datasets.stream().distinct().toList();
      if (datasets.size() > MOST_DATASETS) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT, "datasets", "at most " + MOST_DATASETS + " versions");
      }
    }
  }

  /** What was requested. */
  public record Result(ExplorationId exploration) {}

  /**
   * Asks for it.
   *
   * @throws Invalid for an end date that has passed or is too far away, and for what the template
   *     does not allow
   * @throws org.balsam.kernel.NotFound for a project, or a project of a dataset, that the actor is
   *     no member of, or an unknown branch
   * @throws org.balsam.kernel.Forbidden for roles that do not explore, or not with this template
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED when the person has nine workspaces, or
   *     there is no machine of the size
   */
  @Transactional
  public Result handle(Command command) {
    command.actor.requireAny(command.project, OpenExplorations.EXPLORERS);
    command.datasets.forEach(version -> command.actor.requireMemberOf(version.dataset().project()));
    dates.check("endDate", command.endDate, LocalDate.now(clock.withZone(ZoneOffset.UTC)));
    var branch =
        command.branch == null
            ? BranchNames.MAIN
            : branches.requireReady(command.project, command.branch).name();
    var exploration =
        save(command, templates.choose(command.project, command.wish, command.actor), branch);
    trail.record(
        AuditEntry.done("exploration.requested", exploration.project, exploration.id)
            .with("hardware", exploration.hardware.value())
            .with("template", exploration.template + " " + exploration.templateVersion)
            .with("templateDigest", exploration.templateDigest)
            .with("network", exploration.network.name())
            .with("branch", exploration.begunAt())
            .with("endDate", exploration.endDate.toString())
            .with("datasets", exploration.versions().stream().map(Object::toString).toList())
            .because(exploration.purpose));
    process.start(
        exploration.explorationId(),
        ExplorationSummary.of(exploration),
        exploration.datasets.replace('\n', ','));
    return new Result(exploration.explorationId());
  }

  private ExplorationEntity save(Command command, WorkspaceTemplates.Choice choice, String branch) {
    explorations.lockProject(command.project.value());
    var id = ExplorationId.create(command.project);
    var taken =
        explorations.unfinished(command.project).stream()
            .map(other -> other.workspace)
            .collect(Collectors.toSet());
    var made = new ExplorationEntity(id, command, choice, clock.instant());
    made.workspace = WorkspaceNames.workspace(command.project, command.actor.id(), taken);
    made.branch = WorkspaceNames.branch(id, command.actor.id(), command.title);
    manifests.make(made, choice, branch, command.actor);
    return explorations.save(made);
  }
}
