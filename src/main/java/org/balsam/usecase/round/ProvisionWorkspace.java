package org.balsam.usecase.round;

import java.util.List;
import java.util.Objects;
import org.balsam.kernel.Rejection;
import org.balsam.kernel.RoundId;
import org.balsam.platform.compute.JobSpec;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepInputs;
import org.balsam.standard.template.ProjectFiles;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes the workspace in which a round can be looked into: its code and inputs, offline. */
@Component
public class ProvisionWorkspace {

  private final RoundRows rows;
  private final ProjectFiles files;
  private final ObjectStore store;
  private final WorkspaceRuntime workspaces;

  ProvisionWorkspace(
      RoundRows rows, ProjectFiles files, ObjectStore store, WorkspaceRuntime workspaces) {
    this.rows = rows;
    this.files = files;
    this.store = store;
    this.workspaces = workspaces;
  }

  /**
   * What to provision.
   *
   * @param inputSet reference of the manifest of the frozen inputs
   */
  public record Command(RoundId round, String inputSet) {}

  /** Makes sure that it exists. */
  @Transactional(noRollbackFor = Rejection.class)
  public void handle(Command command) {
    var round = rows.round(command.round);
    var id = round.roundId();
    var commit = Objects.requireNonNull(round.commitId, "the round is open");
    var file = files.at(id.project(), commit);
    var inputs = Manifest.read(store, Manifest.Reference.parse(command.inputSet));
    List<JobSpec.Input> placed =
        file.inputNames().flatMap(name -> StepInputs.frozen(file, name, inputs).stream()).toList();
    workspaces.ensureWorkspace(
        new WorkspaceRuntime.WorkspaceSpec(
            id.value(), id.project(), id.branch(), commit, placed, JobSpec.NetworkClass.OFFLINE));
  }
}
