package org.balsam.usecase.lab;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ExplorationId;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.WorkspaceRuntime.Workspace;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Reads the workspaces of branches that can be worked in, or were asked for. For members only. */
@Component
public class BranchWorkspaces {

  /** Where it can be worked in, now or later. */
  static final List<ExplorationState> USABLE =
      List.of(ExplorationState.REQUESTED, ExplorationState.ACTIVE, ExplorationState.SUSPENDED);

  private final ExplorationRepository explorations;
  private final WorkspaceRuntime runtime;

  BranchWorkspaces(ExplorationRepository explorations, WorkspaceRuntime runtime) {
    this.explorations = explorations;
    this.runtime = runtime;
  }

  /**
   * Which workspaces.
   *
   * @param project null for every project that the actor is a member of
   * @param branch null for every branch
   * @param onlyMine without those of other people
   */
  public record Filter(@Nullable ProjectId project, @Nullable String branch, boolean onlyMine) {}

  /**
   * Those that fit, by project and name, at most {@code most}; each active one costs a question to
   * the runtime.
   *
   * @throws NotFound for a project that the actor is no member of
   */
  public List<BranchWorkspace> list(Filter filter, int most, Actor actor) {
    var projects = projects(filter.project, actor);
    return projects.isEmpty()
        ? List.of()
        : explorations
            .ofBranches(
                projects,
                filter.branch == null ? "" : filter.branch,
                filter.onlyMine ? actor.id() : "",
                USABLE,
                Limit.of(most))
            .stream()
            .map(this::view)
            .toList();
  }

  /** The workspace of an exploration that was asked for just now. */
  public BranchWorkspace get(ExplorationId id, Actor actor) {
    actor.requireMemberOf(id.project());
    return view(explorations.get(id));
  }

  /**
   * The exploration whose workspace it is, for who explores.
   *
   * @throws NotFound when the branch has no such workspace that can be worked in
   */
  public ExplorationId exploration(
      ProjectId project, String branch, String workspace, Actor actor) {
    actor.requireAny(project, OpenExplorations.EXPLORERS);
    return explorations.unfinished(project).stream()
        .filter(row -> row.workspace.equals(workspace) && row.begunAt().equals(branch))
        .filter(row -> USABLE.contains(row.state))
        .findFirst()
        .map(ExplorationEntity::explorationId)
        .orElseThrow(() -> new NotFound("the branch has no such workspace"));
  }

  private static Collection<String> projects(@Nullable ProjectId wanted, Actor actor) {
    if (wanted == null) {
      return actor.projects();
    }
    actor.requireMemberOf(wanted);
    return List.of(wanted.value());
  }

  private BranchWorkspace view(ExplorationEntity row) {
    return BranchWorkspace.of(row, row.state == ExplorationState.ACTIVE ? url(row) : null);
  }

  private @Nullable URI url(ExplorationEntity row) {
    return runtime
        .find(row.explorationId().project(), row.workspace)
        .map(Workspace::url)
        .orElse(null);
  }
}
