package org.balsam.platform.compute.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.WorkspaceRuntime.State;
import org.balsam.platform.compute.WorkspaceRuntime.Workspace;
import org.balsam.platform.compute.workspace.JupyterProbe;
import org.balsam.platform.compute.workspace.WorkspaceFiles;
import org.balsam.platform.compute.workspace.WorkspaceFolder;
import org.jspecify.annotations.Nullable;

/**
 * One workspace as its files and processes tell it.
 *
 * @param folder what people see
 * @param state what Balsam knows of it; there for interactive ones only
 */
record LocalWorkspace(
    String id, ProjectId project, Path folder, Path state, WorkspaceService service) {

  private static final int TAIL_BYTES = 500;
  private static final String NOT_FENCED =
      " Its network class '%s' is not enforced on this machine: keep to it.";

  /** Starts the service, unless the workspace is suspended. */
  void begin() throws IOException {
    Files.createDirectories(state);
    if (!Files.exists(suspended())) {
      service.start(WorkspaceFolder.environment(folder));
    }
  }

  void suspend(String reason) throws IOException {
    Files.createDirectories(state);
    // first the word, then the deed: a crash in between leaves something to stop, never to start
    DurableFiles.create(suspended(), reason.getBytes(StandardCharsets.UTF_8));
    service.stop();
  }

  void resume() throws IOException {
    Files.deleteIfExists(suspended());
    begin();
  }

  /** Restarts the service, which draws a new token at each start. */
  void renew() throws IOException {
    if (service.isWanted()) {
      service.stop();
      begin();
    }
  }

  /** Stops what runs and forgets what is known. */
  void stopForGood() throws IOException {
    service.stop();
    DurableFiles.deleteTree(state);
  }

  /** How it stands. */
  Workspace look() throws IOException {
    var changed = WorkspaceFiles.lastChange(folder, Files.getLastModifiedTime(folder).toInstant());
    if (Files.exists(suspended())) {
      return view(State.SUSPENDED, Files.readString(suspended()), changed);
    }
    if (!Files.isDirectory(state)) {
      return view(State.READY, "Its files can be used.", changed);
    }
    if (!service.isWanted()) {
      return view(State.READY, withoutService() + network(), changed);
    }
    return service.isAlive() ? running(changed) : view(State.STOPPED, stopped(), changed);
  }

  private Workspace running(Instant changed) throws IOException {
    var used = service.credential().flatMap(JupyterProbe::lastActivity);
    return used.isEmpty()
        ? view(State.STARTING, name() + " is starting." + network(), changed)
        : view(
            State.RUNNING,
            name() + " runs." + network(),
            used.get().isAfter(changed) ? used.get() : changed);
  }

  private Workspace view(State now, String message, Instant lastActivity) {
    var url = service.credential().map(credential -> credential.url()).orElse(null);
    return new Workspace(
        id, project, folder.toString(), now, message, address(now, url), lastActivity);
  }

  private static java.net.@Nullable URI address(State now, java.net.@Nullable URI url) {
    return now == State.RUNNING || now == State.STARTING ? url : null;
  }

  private String withoutService() {
    return service.program().isPresent()
        ? name() + " does not run; resume the workspace to start it."
        : "No Jupyter is installed in "
            + service.path()
            + ", so none was started; the folder can be used with any program.";
  }

  private String stopped() throws IOException {
    var tail = service.logTail(TAIL_BYTES).strip();
    return name()
        + " ended by itself; resume the workspace to start it again. Its log "
        + (tail.isEmpty() ? "is empty." : "ends with: " + tail);
  }

  private String name() {
    return service.program().map(WorkspaceService.Program::name).orElse("Jupyter");
  }

  private String network() throws IOException {
    var network = WorkspaceFolder.environment(folder).getOrDefault("BALSAM_NETWORK", "internet");
    return network.equals("internet") ? "" : NOT_FENCED.formatted(network);
  }

  private Path suspended() {
    return state.resolve("suspended");
  }
}
