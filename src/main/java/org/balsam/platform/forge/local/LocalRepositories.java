package org.balsam.platform.forge.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.balsam.kernel.CrossProcessLock;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.git.IsolatedGit;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FileUtils;

/**
 * The folder of repositories: opens, makes and removes them, one writer per repository at a time.
 */
final class LocalRepositories {

  private static final long STALE_LOCK_MILLIS = 5_000;

  private final Path root;

  LocalRepositories(Path root) throws IOException {
    this.root = Files.createDirectories(root).toRealPath();
    Files.createDirectories(this.root.resolve(".locks"));
    Files.createDirectories(this.root.resolve(".new"));
    Files.createDirectories(this.root.resolve(".removed"));
  }

  /** Work on an open repository. */
  @FunctionalInterface
  interface Work<T> {
    T run(Repository repository) throws IOException;
  }

  Path folder(ProjectId project) {
    return root.resolve(project + ".git");
  }

  boolean exists(ProjectId project) {
    return IsolatedGit.isRepository(folder(project).toFile());
  }

  /**
   * Opens the repository for {@code work}.
   *
   * @throws NotFound when the project has none
   */
  <T> T with(ProjectId project, Work<T> work) throws IOException {
    try (var repository = open(project)) {
      return work.run(repository);
    }
  }

  /**
   * Opens the repository; the caller closes it.
   *
   * @throws NotFound when the project has none
   */
  Repository open(ProjectId project) throws IOException {
    if (!exists(project)) {
      throw new NotFound("project " + project + " has no repository");
    }
    return IsolatedGit.open(folder(project).toFile());
  }

  /** Waits until no other thread or process changes the project's repository. */
  <T> T exclusively(ProjectId project, CrossProcessLock.Work<T, IOException> work)
      throws IOException {
    return CrossProcessLock.holding(root.resolve(".locks").resolve(project.value()), work);
  }

  /** Makes the repository, which appears with what {@code first} put into it or not at all. */
  void create(ProjectId project, Work<?> first) throws IOException {
    var unfinished = root.resolve(".new").resolve(project + ".git");
    deleteFolder(unfinished);
    try (var repository = IsolatedGit.create(unfinished.toFile())) {
      first.run(repository);
    }
    Files.move(unfinished, folder(project), StandardCopyOption.ATOMIC_MOVE);
  }

  void remove(ProjectId project) throws IOException {
    var removed = root.resolve(".removed").resolve(project + ".git");
    deleteFolder(removed);
    if (Files.exists(folder(project))) {
      Files.move(folder(project), removed, StandardCopyOption.ATOMIC_MOVE);
    }
    deleteFolder(removed);
  }

  /**
   * Moves or removes a branch, or makes a branch or tag; the caller holds the repository
   * exclusively.
   */
  static void update(Repository repository, String name, ObjectId before, ObjectId after)
      throws IOException {
    for (var left = 2 * STALE_LOCK_MILLIS / 100; left > 0; left--) {
      var update = repository.updateRef(name);
      update.setExpectedOldObjectId(before);
      update.setNewObjectId(after);
      update.disableRefLog();
      var removed = after.equals(ObjectId.zeroId());
      update.setForceUpdate(removed);
      var result = removed ? update.delete() : update.update();
      switch (result) {
        case NEW, FAST_FORWARD, NO_CHANGE, FORCED -> {
          return;
        }
        case LOCK_FAILURE -> waitForLock(repository, name);
        default -> throw new IOException("Git answered " + result + " for " + name);
      }
    }
    throw new IOException(name + " is being changed by somebody else");
  }

  /** A process that was killed leaves its lock behind; a live one holds it for milliseconds. */
  private static void waitForLock(Repository repository, String name) throws IOException {
    var lock = new File(repository.getDirectory(), name + ".lock");
    if (!lock.exists()) {
      throw new IOException(name + " was changed meanwhile");
    }
    if (System.currentTimeMillis() - lock.lastModified() > STALE_LOCK_MILLIS) {
      Files.deleteIfExists(lock.toPath());
      return;
    }
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExternalFailure("forge", true, "interrupted while " + name + " was locked", e);
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
  }
}
