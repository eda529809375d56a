package org.balsam.platform.compute;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /**
   * Whether the workspace could be made here, as far as can be said without making it.
   *
   * @throws org.balsam.kernel.Invalid with each place of a manifest, and what is allowed there
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED when there is no machine of its size, or the
   *     quota of the project's space does not leave so much now
   */
  void check(WorkspaceSpec spec);

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

  /**
   * Makes the credential that there is open nothing any more: a new one is drawn, and a service
   * that runs is restarted with it. Does nothing where there is none.
   */
  void renewCredential(ProjectId project, String workspace);

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
   * @param variables of the service's environment besides Balsam's own: {@code BALSAM_PARAMETER_…}
   *     with signs of ASCII, no secrets
   * @param size what its service may use; null for one that nobody works in
   * @param manifests what is started instead of Balsam's own service; null for that
   */
  record WorkspaceSpec(
      String id,
      ProjectId project,
      String branch,
      String commit,
      List<JobSpec.Input> inputs,
      JobSpec.NetworkClass network,
      boolean interactive,
      Map<String, String> variables,
      @Nullable Size size,
      @Nullable Manifests manifests) {

    public WorkspaceSpec {
      inputs = List.copyOf(inputs);
      // a plan of a pod that was written before there were any has none
      variables = variables == null ? Map.of() : Map.copyOf(variables);
    }

    /** A workspace to look into, not to work in. */
    public WorkspaceSpec(
        String id,
        ProjectId project,
        String branch,
        String commit,
        List<JobSpec.Input> inputs,
        JobSpec.NetworkClass network) {
      this(id, project, branch, commit, inputs, network, false, Map.of(), null, null);
    }

    /** The same for who places its files. */
    public WorkspaceSpec withoutManifests() {
      return new WorkspaceSpec(
          id, project, branch, commit, inputs, network, interactive, variables, size, null);
    }
  }

  /**
   * What the service of a workspace may use.
   *
   * @param cpu cores
   * @param memoryMib mebibytes
   * @param gpu GPUs; 0 for none
   */
  record Size(int cpu, int memoryMib, int gpu) {}

  /**
   * Objects for a cluster that a template was filled in to; no secrets.
   *
   * @param objects by the file of the template
   * @param url where the workspace is opened
   * @param secret the Secret that its containers read, which somebody else makes
   * @param secretKeys what it has to hold; empty when it is not needed
   */
  record Manifests(Map<String, JsonNode> objects, URI url, String secret, List<String> secretKeys) {

    public Manifests {
      objects = Collections.unmodifiableMap(new TreeMap<>(objects));
      secretKeys = List.copyOf(secretKeys);
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
