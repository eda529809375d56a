package org.balsam.platform.compute.local;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.balsam.kernel.CrossProcessLock;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Rejection;
import org.balsam.platform.compute.DurableFiles;
import org.balsam.platform.compute.JobSpec.Input;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.runner.CodeFetch;
import org.balsam.platform.compute.runner.InputFetch;
import org.balsam.platform.compute.runner.SpecCheck;
import org.balsam.platform.storage.ObjectStore;

/**
 * Keeps each workspace as a folder of this machine: {@code code/} as committed, {@code in/} with
 * the granted inputs, an environment file and a README. Code that is there is never overwritten:
 * people work in it.
 */
public final class LocalWorkspaceRuntime implements WorkspaceRuntime {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final String READY = "ready";

  private final Path root;
  private final Function<ProjectId, URI> repository;
  private final CodeFetch codeFetch;
  private final InputFetch inputFetch;

  /**
   * A runtime.
   *
   * @param root the folder of all spaces; made when it does not exist
   * @param repository where a project's code is fetched from
   */
  public LocalWorkspaceRuntime(
      Path root, ObjectStore store, Function<ProjectId, URI> repository, CodeFetch codeFetch) {
    this.root = root.toAbsolutePath().normalize();
    this.repository = repository;
    this.codeFetch = codeFetch;
    this.inputFetch = new InputFetch(store);
    try {
      Files.createDirectories(this.root);
    } catch (IOException trouble) {
      throw failure("make", this.root, trouble);
    }
  }

  @Override
  public void ensureSpace(ProjectId project) {
    var space = space(project);
    try {
      Files.createDirectories(space);
    } catch (IOException trouble) {
      throw failure("make", space, trouble);
    }
  }

  @Override
  public void removeSpace(ProjectId project) {
    remove(space(project));
  }

  @Override
  public Workspace ensureWorkspace(WorkspaceSpec spec) {
    SpecCheck.checkInputs(spec.inputs());
    var folder = folder(spec.project(), spec.id());
    try {
      return locked(
          () -> {
            if (!Files.exists(folder)) {
              make(spec, folder);
            }
            for (var input : spec.inputs()) {
              place(input, folder);
            }
            return workspace(spec.project(), spec.id(), folder);
          });
    } catch (IOException trouble) {
      throw failure("make", folder, trouble);
    }
  }

  @Override
  public Optional<Workspace> find(ProjectId project, String workspace) {
    return Optional.of(folder(project, workspace))
        .filter(Files::isDirectory)
        .map(folder -> workspace(project, workspace, folder));
  }

  @Override
  public void removeWorkspace(ProjectId project, String workspace) {
    remove(folder(project, workspace));
  }

  /** Makes it beside its place, so that it appears whole or not at all. */
  private void make(WorkspaceSpec spec, Path folder) throws IOException {
    var parts = Files.createDirectories(root.resolve(".parts"));
    var part = Files.createDirectories(parts.resolve(UUID.randomUUID().toString()));
    try {
      var code = Files.createDirectory(part.resolve("code"));
      codeFetch.fetch(repository.apply(spec.project()), spec.commit(), code);
      Files.createDirectory(part.resolve("in"));
      Files.createDirectory(part.resolve("out"));
      write(part.resolve("environment"), environment(spec));
      write(part.resolve("README.md"), readme(spec));
      Files.createDirectories(folder.getParent());
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DurableFiles.deleteTree(part);
    }
  }

  /** Replaces the file even when it is there: only that proves that it is the granted one. */
  private void place(Input input, Path folder) throws IOException {
    var part =
        Files.createDirectories(root.resolve(".parts").resolve(UUID.randomUUID().toString()));
    try {
      inputFetch.fetch(input, part);
      var target = folder.resolve(input.path());
      Files.createDirectories(target.getParent());
      Files.move(
          part.resolve(input.path()),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (InputFetch.ChangedInput changed) {
      throw new Rejection(ErrorCode.DATA_CHANGED, String.valueOf(changed.getMessage()));
    } finally {
      DurableFiles.deleteTree(part);
    }
  }

  private void remove(Path folder) {
    try {
      locked(
          () -> {
            DurableFiles.deleteTree(folder);
            return folder;
          });
    } catch (IOException trouble) {
      throw failure("remove", folder, trouble);
    }
  }

  private <T> T locked(CrossProcessLock.Work<T, IOException> work) throws IOException {
    return CrossProcessLock.holding(root.resolve(".lock"), work);
  }

  private Path space(ProjectId project) {
    return root.resolve(project.value());
  }

  private Path folder(ProjectId project, String workspace) {
    if (!ID.matcher(workspace).matches()) {
      throw new Invalid(
          ErrorCode.INVALID_IDENTIFIER,
          "workspace",
          "a workspace's id must match " + ID + ", for example ws-emp-industry-ujdoe01");
    }
    return space(project).resolve(workspace);
  }

  private static Workspace workspace(ProjectId project, String id, Path folder) {
    return new Workspace(id, project, folder.toString(), READY);
  }

  private static String environment(WorkspaceSpec spec) {
    return String.join(
        "\n",
        List.of(
            "BALSAM_PROJECT=" + spec.project(),
            "BALSAM_WORKSPACE=" + spec.id(),
            "BALSAM_BRANCH=" + spec.branch(),
            "BALSAM_COMMIT=" + spec.commit(),
            "BALSAM_NETWORK=" + spec.network().name().toLowerCase(Locale.ROOT),
            ""));
  }

  private static String readme(WorkspaceSpec spec) {
    return """
        # Workspace %s

        Made by Balsam for the project %s.

        - `code/` holds the files of branch `%s` at commit %s. It is a copy: to keep a change,
          commit it to the repository.
        - `in/` holds the granted inputs, read-only. Their checksums were verified.
        - `out/` is for results. Nothing in it is published by itself.
        - `environment` names project, branch and commit. There are no secrets in it.

        The folder is removed with everything in it when the workspace ends.
        """
        .formatted(spec.id(), spec.project(), spec.branch(), spec.commit());
  }

  private static void write(Path file, String text) throws IOException {
    DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static ExternalFailure failure(String what, Path folder, IOException trouble) {
    return new ExternalFailure(
        "workspaces", true, "cannot " + what + " " + folder + ": " + trouble, trouble);
  }
}
