package org.balsam.platform.compute;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.balsam.kernel.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * The compute space of a project (a namespace on a cluster, a folder on a laptop) and the
 * workspaces in it. All calls are safe to repeat and may be made from any thread; none waits for a
 * service to be up. Calls about a workspace that is not there are {@link
 * org.balsam.kernel.NotFound}, unless they say otherwise. Trouble of the runtime is an {@link
 * org.balsam.kernel.ExternalFailure}.
 */
public interface WorkspaceRuntime {

  /** Makes sure that the project's space exists with its quota and network policy. */
  void ensureSpace(ProjectId project);

  /** Removes the space with everything in it; does nothing when there is none. */
  void removeSpace(ProjectId project);

  /**
   * Makes sure that the workspace exists with the granted inputs in their granted bytes, and that
   * its service is started where one is installed and the workspace is not suspended.
   *
   * @throws org.balsam.kernel.Rejection DATA_CHANGED when an input has other bytes than granted
   */
  Workspace ensureWorkspace(WorkspaceSpec spec);

  /** The workspace as it is now, empty when there is none. */
  Optional<Workspace> find(ProjectId project, String workspace);

  /**
   * Stops everything that runs in the workspace and keeps its files. One that is suspended keeps
   * its first reason.
   *
   * @param reason shown to its user
   */
  Workspace suspend(ProjectId project, String workspace, String reason);

  /** Starts the service of a suspended workspace, or one that ended by itself, again. */
  Workspace resume(ProjectId project, String workspace);

  /** How its user signs in to the service; empty when none runs. */
  Optional<Credential> credential(ProjectId project, String workspace);

  /** The last {@code maxBytes} of the service's log as text, empty when there is none. */
  String logTail(ProjectId project, String workspace, int maxBytes);

  /**
   * Writes what people made in the workspace as a ZIP: {@code code/} without Git's own files, and
   * {@code out/}. The same files give the same bytes. Links are left out, and so are files that
   * look like credentials; the latter are named in the entry {@code LEFT_OUT.txt}.
   */
  void archive(ProjectId project, String workspace, OutputStream sink) throws IOException;

  /**
   * Removes the workspace: whatever runs in it, its files, its credentials. Does nothing when there
   * is none.
   */
  void removeWorkspace(ProjectId project, String workspace);

  /**
   * What a workspace is made of.
   *
   * @param id {@code ws-<project>-u…} of a person, or the round's id
   * @param branch checked out in it
   * @param inputs granted objects, placed read-only
   * @param interactive whether a person works in it: with a Git checkout and a service
   */
  record WorkspaceSpec(
      String id,
      ProjectId project,
      String branch,
      String commit,
      List<JobSpec.Input> inputs,
      JobSpec.NetworkClass network,
      boolean interactive) {

    public WorkspaceSpec {
      inputs = List.copyOf(inputs);
    }

    /** A workspace to look into, not to work in. */
    public WorkspaceSpec(
        String id,
        ProjectId project,
        String branch,
        String commit,
        List<JobSpec.Input> inputs,
        JobSpec.NetworkClass network) {
      this(id, project, branch, commit, inputs, network, false);
    }
  }

  /** How a workspace stands. */
  enum State {
    /** Its files can be used; no service runs. */
    READY,
    /** Its service is on its way up. */
    STARTING,
    /** Its service answers. */
    RUNNING,
    /** Its service ended without being asked to. */
    STOPPED,
    /** Everything in it was stopped on purpose; its files are kept. */
    SUSPENDED;

    /** The writing in the API: {@code ready}. */
    @JsonValue
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A workspace that exists.
   *
   * @param location a path that its user opens
   * @param message the state in words for its user
   * @param url where the service answers, without credentials; null when none runs
   * @param lastActivity when its files or its service were last used, as far as can be seen
   */
  record Workspace(
      String id,
      ProjectId project,
      String location,
      State state,
      String message,
      @Nullable URI url,
      Instant lastActivity) {}

  /** What signs its user in to the service. Kept by the runtime only and never logged. */
  record Credential(URI url, String token) {

    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Credential[url=" + url + "]";
    }
  }
}
