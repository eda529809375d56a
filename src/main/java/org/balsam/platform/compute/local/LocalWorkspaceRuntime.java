package org.balsam.platform.compute.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.balsam.kernel.CrossProcessLock;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.runner.InputFetch;
import org.balsam.platform.compute.runner.SpecCheck;
import org.balsam.platform.compute.workspace.WorkspaceCode;
import org.balsam.platform.compute.workspace.WorkspaceFiles;
import org.balsam.platform.compute.workspace.WorkspaceFolder;
import org.balsam.platform.storage.ObjectStore;

/**
 * Keeps each workspace as a folder of this machine: {@code code/} as committed, {@code in/} with
 * the granted inputs, {@code out/}, an environment file and a README. An interactive one is a Git
 * working copy and has a Jupyter where one is installed. What is known of the service is kept
 * beside the workspaces, where people do not work. The machine's network and hardware are not
 * limited for what runs in a workspace.
 */
public final class LocalWorkspaceRuntime implements WorkspaceRuntime {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final Path root;
  private final String path;
  private final WorkspaceFolder folders;

  /**
   * A runtime.
   *
   * @param root the folder of all spaces; made when it does not exist
   * @param path the folders in which Jupyter is looked for, joined by ':'
   */
  public LocalWorkspaceRuntime(Path root, ObjectStore store, WorkspaceCode code, String path) {
    this.root = root.toAbsolutePath().normalize();
    this.path = path;
    this.folders = new WorkspaceFolder(this.root.resolve(".parts"), code, new InputFetch(store));
    try {
      Files.createDirectories(this.root);
    } catch (IOException trouble) {
      throw failure("make", this.root, trouble);
    }
  }

  @Override
  public void ensureSpace(ProjectId project) {
    changed("make", space(project), () -> Files.createDirectories(space(project)));
  }

  @Override
  public void removeSpace(ProjectId project) {
    var known = root.resolve(".services").resolve(project.value());
    changed(
        "remove",
        space(project),
        () -> {
          if (Files.isDirectory(known)) {
            try (var services = Files.list(known)) {
              for (var service : services.toList()) {
                workspace(project, service.getFileName().toString()).stopForGood();
              }
            }
          }
          DurableFiles.deleteTree(known);
          DurableFiles.deleteTree(space(project));
          return project;
        });
  }

  @Override
  public void check(WorkspaceSpec spec) {
    if (spec.manifests() != null) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "templateId",
          "is a template of manifests, which need a cluster: balsam.compute.type=kubernetes");
    }
  }

  @Override
  public Workspace ensureWorkspace(WorkspaceSpec spec) {
    check(spec);
    SpecCheck.checkInputs(spec.inputs());
    var workspace = workspace(spec.project(), spec.id());
    return changed(
        "make",
        workspace.folder(),
        () -> {
          folders.ensure(spec, workspace.folder());
          if (spec.interactive()) {
            workspace.begin();
          }
          return workspace.look();
        });
  }

  @Override
  public Optional<Workspace> find(ProjectId project, String workspace) {
    var found = workspace(project, workspace);
    try {
      return Files.isDirectory(found.folder()) ? Optional.of(found.look()) : Optional.empty();
    } catch (IOException trouble) {
      throw failure("look at", found.folder(), trouble);
    }
  }

  @Override
  public Workspace suspend(ProjectId project, String workspace, String reason) {
    var there = required(project, workspace);
    return changed(
        "suspend",
        there.folder(),
        () -> {
          there.suspend(reason);
          return there.look();
        });
  }

  @Override
  public Workspace resume(ProjectId project, String workspace) {
    var there = required(project, workspace);
    return changed(
        "resume",
        there.folder(),
        () -> {
          there.resume();
          return there.look();
        });
  }

  @Override
  public Optional<Credential> credential(ProjectId project, String workspace) {
    return required(project, workspace).service().credential();
  }

  @Override
  public void renewCredential(ProjectId project, String workspace) {
    var there = required(project, workspace);
    changed(
        "renew the sign-in of",
        there.folder(),
        () -> {
          there.renew();
          return there;
        });
  }

  @Override
  public String logTail(ProjectId project, String workspace, int maxBytes) {
    var there = required(project, workspace);
    try {
      return there.service().logTail(maxBytes);
    } catch (IOException trouble) {
      throw failure("read the log of", there.folder(), trouble);
    }
  }

  @Override
  public void archive(ProjectId project, String workspace, OutputStream sink) throws IOException {
    WorkspaceFiles.zip(required(project, workspace).folder(), sink);
  }

  @Override
  public void removeWorkspace(ProjectId project, String workspace) {
    var there = workspace(project, workspace);
    changed(
        "remove",
        there.folder(),
        () -> {
          there.stopForGood();
          DurableFiles.deleteTree(there.folder());
          return there;
        });
  }

  private <T> T changed(String what, Path folder, CrossProcessLock.Work<T, IOException> work) {
    try {
      return CrossProcessLock.holding(root.resolve(".lock"), work);
    } catch (IOException trouble) {
      throw failure(what, folder, trouble);
    }
  }

  private LocalWorkspace required(ProjectId project, String workspace) {
    var found = workspace(project, workspace);
    if (!Files.isDirectory(found.folder())) {
      throw new NotFound("there is no workspace " + workspace);
    }
    return found;
  }

  private Path space(ProjectId project) {
    return root.resolve(project.value());
  }

  private LocalWorkspace workspace(ProjectId project, String id) {
    if (!ID.matcher(id).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "workspace",
          "a workspace's id must match " + ID + ", for example ws-emp-industry-ujdoe01");
    }
    var folder = space(project).resolve(id);
    var state = root.resolve(".services").resolve(project.value()).resolve(id);
    return new LocalWorkspace(
        id, project, folder, state, new WorkspaceService(folder, state.resolve("service"), path));
  }

  private static ExternalFailure failure(String what, Path folder, IOException trouble) {
    return new ExternalFailure(
        "workspaces", true, "cannot " + what + " " + folder + ": " + trouble, trouble);
  }
}
