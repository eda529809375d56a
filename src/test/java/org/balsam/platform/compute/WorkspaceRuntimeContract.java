package org.balsam.platform.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime.WorkspaceSpec;
import org.junit.jupiter.api.Test;

/** What every workspace runtime does. */
public abstract class WorkspaceRuntimeContract {

  protected static final ProjectId PROJECT = JobSpecFixture.PROJECT;
  protected static final String ID = "ws-lfs-ujdoe01";

  protected abstract WorkspaceRuntime runtime();

  /** A commit that {@link #runtime()} can fetch. */
  protected abstract String commit();

  protected WorkspaceSpec spec(JobSpec.Input... inputs) {
    return new WorkspaceSpec(
        ID, PROJECT, "main", commit(), List.of(inputs), JobSpec.NetworkClass.OFFLINE);
  }

  @Test
  void ensuringTwiceGivesTheSameWorkspace() {
    runtime().ensureSpace(PROJECT);
    runtime().ensureSpace(PROJECT);
    assertThat(runtime().find(PROJECT, ID)).isEmpty();

    var workspace = runtime().ensureWorkspace(spec());

    assertThat(runtime().ensureWorkspace(spec())).isEqualTo(workspace);
    assertThat(runtime().find(PROJECT, ID)).contains(workspace);
    assertThat(workspace.id()).isEqualTo(ID);
    assertThat(workspace.project()).isEqualTo(PROJECT);
    assertThat(workspace.location()).isNotEmpty();
  }

  @Test
  void removingTakesTheWorkspaceAndRepeatsQuietly() {
    runtime().ensureSpace(PROJECT);
    runtime().ensureWorkspace(spec());

    runtime().removeWorkspace(PROJECT, ID);
    runtime().removeWorkspace(PROJECT, ID);

    assertThat(runtime().find(PROJECT, ID)).isEmpty();
  }

  @Test
  void removingTheSpaceTakesAllItsWorkspacesAndNoOther() {
    var other = new ProjectId("cpi");
    runtime().ensureSpace(PROJECT);
    runtime().ensureSpace(other);
    runtime().ensureWorkspace(spec());
    var kept =
        runtime()
            .ensureWorkspace(
                new WorkspaceSpec(
                    "ws-cpi-ujdoe01",
                    other,
                    "main",
                    commit(),
                    List.of(),
                    JobSpec.NetworkClass.OFFLINE));

    runtime().removeSpace(PROJECT);
    runtime().removeSpace(PROJECT);

    assertThat(runtime().find(PROJECT, ID)).isEmpty();
    assertThat(runtime().find(other, "ws-cpi-ujdoe01")).contains(kept);
  }

  @Test
  void refusesAnIdThatIsAPath() {
    for (var id : List.of("../lfs", "a/b", "", ".lock", "A", "a\0")) {
      assertThatThrownBy(() -> runtime().find(PROJECT, id)).isInstanceOf(Invalid.class);
    }
  }
}
