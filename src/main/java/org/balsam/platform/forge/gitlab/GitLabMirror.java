package org.balsam.platform.forge.gitlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.balsam.kernel.CrossProcessLock;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.git.GitFailures;
import org.balsam.platform.forge.git.IsolatedGit;
import org.balsam.platform.forge.gitlab.GitLabSpace.Space;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FileUtils;

/**
 * A copy of each repository in a folder of this machine, so that Git is asked only for what is new.
 * It holds nothing that the server does not: one that is missing or damaged is made anew.
 */
final class GitLabMirror {

  private static final int ATTEMPTS = 4;

  private final Path root;
  private final GitLabServer server;

  GitLabMirror(Path root, GitLabServer server) {
    this.root = root;
    this.server = server;
    GitFailures.mapped(
        "use the folder " + root, () -> Files.createDirectories(root.resolve(".locks")));
  }

  /** Work on a copy. */
  @FunctionalInterface
  interface Work<T> {
    T on(Repository copy) throws IOException;
  }

  Path folder(ProjectId project, Space space) {
    return root.resolve(project + "-" + space.id() + ".git");
  }

  /** Does the work on the copy as it is, if there is one that is not damaged. */
  <T> T asItIs(ProjectId project, Space space, Work<T> work) throws IOException {
    ensureFolder(project, space);
    try (var copy = IsolatedGit.open(folder(project, space).toFile())) {
      return work.on(copy);
    }
  }

  /** Does the work on a copy that is as the server is now, one at a time. */
  <T> T upToDate(String doing, ProjectId project, Space space, Work<T> work) throws IOException {
    return exclusively(
        project,
        () -> {
          try {
            return fetched(doing, project, space, work);
          } catch (MissingObjectException | CorruptObjectException damaged) {
            remove(folder(project, space));
            return fetched(doing, project, space, work);
          }
        });
  }

  private <T> T fetched(String doing, ProjectId project, Space space, Work<T> work)
      throws IOException {
    ensureFolder(project, space);
    try (var copy = IsolatedGit.open(folder(project, space).toFile())) {
      fetch(doing, project, space, copy);
      return work.on(copy);
    }
  }

  private void fetch(String doing, ProjectId project, Space space, Repository copy) {
    for (var attempt = 1; ; attempt++) {
      try {
        server.git().fetch(copy, space.uri());
        return;
      } catch (IOException trouble) {
        if (GitLabErrorMapper.isMissing(trouble)) {
          throw new NotFound("project " + project + " has no repository");
        }
        ExternalFailure failure = server.errors().of(doing, trouble);
        if (!failure.retryable() || attempt == ATTEMPTS) {
          throw failure;
        }
        GitLabServer.pause(doing, attempt, 0);
      }
    }
  }

  private void ensureFolder(ProjectId project, Space space) throws IOException {
    var folder = folder(project, space);
    if (!IsolatedGit.isRepository(folder.toFile())) {
      exclusively(
          project,
          () -> {
            if (!IsolatedGit.isRepository(folder.toFile())) {
              removeAll(project);
              IsolatedGit.create(folder.toFile()).close();
            }
            return folder;
          });
    }
  }

  /** Removes the copies of a project's repository, also of one that it had before. */
  void removeAll(ProjectId project) throws IOException {
    exclusively(
        project,
        () -> {
          try (var copies =
              Files.newDirectoryStream(
                  root, file -> file.getFileName().toString().matches(project + "-\\d+\\.git"))) {
            for (var copy : copies) {
              remove(copy);
            }
          }
          return project;
        });
  }

  private static void remove(Path folder) throws IOException {
    FileUtils.delete(
        folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
  }

  private <T> T exclusively(ProjectId project, CrossProcessLock.Work<T, IOException> work)
      throws IOException {
    return CrossProcessLock.holding(root.resolve(".locks").resolve(project.value()), work);
  }
}
