package org.balsam.platform.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.WorkspaceRuntime.Size;
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

  @Test
  void aSuspendedWorkspaceStaysSoUntilItIsResumedAndKeepsItsFirstReason() {
    runtime().ensureSpace(PROJECT);
    runtime().ensureWorkspace(interactive());

    runtime().suspend(PROJECT, ID, "nothing happened for two hours");
    var again = runtime().suspend(PROJECT, ID, "another reason");

    assertThat(again.state()).isEqualTo(WorkspaceRuntime.State.SUSPENDED);
    assertThat(again.message()).isEqualTo("nothing happened for two hours");
    assertThat(again.url()).isNull();
    assertThat(runtime().ensureWorkspace(interactive())).isEqualTo(again);
    assertThat(runtime().credential(PROJECT, ID)).isEmpty();

    assertThat(runtime().resume(PROJECT, ID).state())
        .isNotEqualTo(WorkspaceRuntime.State.SUSPENDED);
    assertThat(runtime().resume(PROJECT, ID).message()).doesNotContain("nothing happened");
  }

  @Test
  void removingASuspendedWorkspaceForgetsThatItWas() {
    runtime().ensureSpace(PROJECT);
    runtime().ensureWorkspace(interactive());
    runtime().suspend(PROJECT, ID, "its end");

    runtime().removeWorkspace(PROJECT, ID);

    assertThat(runtime().ensureWorkspace(interactive()).state())
        .isNotEqualTo(WorkspaceRuntime.State.SUSPENDED);
  }

  @Test
  void anArchiveHoldsTheCodeAndIsTheSameEveryTime() throws IOException {
    runtime().ensureSpace(PROJECT);
    runtime().ensureWorkspace(interactive());
    var first = new ByteArrayOutputStream();
    var second = new ByteArrayOutputStream();

    runtime().archive(PROJECT, ID, first);
    runtime().archive(PROJECT, ID, second);

    assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
    assertThat(names(first)).isNotEmpty().allMatch(name -> name.startsWith("code/"));
    assertThat(names(first)).noneMatch(name -> name.contains(".git/"));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    runtime().ensureSpace(PROJECT);
    assertThatThrownBy(() -> runtime().suspend(PROJECT, ID, "why")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> runtime().resume(PROJECT, ID)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> runtime().credential(PROJECT, ID)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> runtime().logTail(PROJECT, ID, 10)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> runtime().archive(PROJECT, ID, new ByteArrayOutputStream()))
        .isInstanceOf(NotFound.class);
  }

  /** A workspace that a person works in. */
  protected WorkspaceSpec interactive(JobSpec.Input... inputs) {
    return new WorkspaceSpec(
        ID,
        PROJECT,
        "main",
        commit(),
        List.of(inputs),
        JobSpec.NetworkClass.OFFLINE,
        true,
        Map.of(),
        new Size(1, 512, 0),
        null);
  }

  protected static List<String> names(ByteArrayOutputStream zip) throws IOException {
    var names = new ArrayList<String>();
    try (var entries = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
