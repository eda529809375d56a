package org.balsam.usecase.lab;

import java.util.List;
import java.util.Optional;
import org.balsam.kernel.Actor;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.Page;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads workspaces of explorations, asking the runtime. For members only. */
@Component
public class Workspaces {

  private static final int TAIL_BYTES = 32 << 10;

  private final ExplorationRepository explorations;
  private final WorkspaceShares shares;
  private final WorkspaceRuntime runtime;

  Workspaces(ExplorationRepository explorations, WorkspaceShares shares, WorkspaceRuntime runtime) {
    this.explorations = explorations;
    this.shares = shares;
    this.runtime = runtime;
  }

  /** The project's workspaces by name; each costs a question to the runtime. */
  public Page<WorkspaceView> page(
      ProjectId project, int limit, @Nullable String cursor, Actor actor) {
    actor.requireMemberOf(project);
    List<ExplorationEntity> rows =
        explorations.unfinished(project).stream()
            .filter(row -> cursor == null || row.workspace.compareTo(cursor) > 0)
            .sorted(java.util.Comparator.comparing(row -> row.workspace))
            .limit(Page.limit(limit) + 1L)
            .toList();
    var page = Page.of(rows, limit, row -> row.workspace);
    var shared = shares.of(page.items());
    return new Page<>(
        page.items().stream()
            .flatMap(row -> view(row, shared.getOrDefault(row.id, List.of())).stream())
            .toList(),
        page.next());
  }

  /**
   * One workspace as it is now.
   *
   * @throws NotFound when there is none
   */
  public WorkspaceView get(ProjectId project, String workspace, Actor actor) {
    actor.requireMemberOf(project);
    var row = row(project, workspace);
    return view(row, shares.of(row)).orElseThrow(() -> unknown());
  }

  /** The end of what its service wrote. */
  public String log(ProjectId project, String workspace, Actor actor) {
    get(project, workspace, actor);
    return runtime.logTail(project, workspace, TAIL_BYTES);
  }

  /**
   * How its user, or somebody it is shared with, signs in to its service.
   *
   * @throws Forbidden for everybody else, the owner of the project included
   * @throws Rejection WRONG_STATE when no service runs
   */
  public WorkspaceRuntime.Credential credential(ProjectId project, String workspace, Actor actor) {
    actor.requireAny(project, OpenExplorations.EXPLORERS);
    var row = row(project, workspace);
    if (!row.requestedBy.equals(actor.id())) {
      if (!shares.of(row).contains(actor.id())) {
        throw new Forbidden("only the user of workspace " + workspace + " signs in to it");
      }
      OpenExplorations.requireReader(row, actor);
    }
    return runtime
        .credential(project, workspace)
        .orElseThrow(
            () ->
                new Rejection(
                    ErrorCode.WRONG_STATE,
                    "no service of Balsam's runs in %s; one of a template signs people in by itself"
                        .formatted(workspace)));
  }

  private ExplorationEntity row(ProjectId project, String workspace) {
    return explorations
        .findByWorkspaceAndStateNotIn(workspace, ExplorationState.OVER)
        .filter(row -> row.project.equals(project.value()))
        .orElseThrow(() -> unknown());
  }

  private Optional<WorkspaceView> view(ExplorationEntity row, List<String> sharedWith) {
    return runtime
        .find(row.explorationId().project(), row.workspace)
        .map(found -> WorkspaceView.of(row, found, sharedWith));
  }

  private static NotFound unknown() {
    return new NotFound("there is no such workspace in this project");
  }
}
