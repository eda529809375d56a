package org.balsam.platform.forge.git;

import java.io.File;
import java.io.IOException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * JGit without the machine's Git: no system, user or JGit configuration, no {@code GIT_…}
 * variables, and no {@code git} command asked where they are.
 */
public final class IsolatedGit {

  static {
    SystemReader.setInstance(new Isolated(SystemReader.getInstance()));
  }

  private IsolatedGit() {}

  /** Opens a bare repository, which exists; the caller closes it. */
  public static Repository open(File folder) throws IOException {
    return new FileRepositoryBuilder()
        .setFS(FS.DETECTED)
        .setGitDir(folder)
        .setBare()
        .setMustExist(true)
        .build();
  }

  /** Makes an empty bare repository whose HEAD is main; the caller closes it. */
  public static Repository create(File folder) throws IOException {
    var repository =
        new FileRepositoryBuilder().setFS(FS.DETECTED).setGitDir(folder).setBare().build();
    repository.create(true);
    repository.updateRef("HEAD").link("refs/heads/main");
    var config = repository.getConfig();
    config.setBoolean("core", null, "fsyncObjectFiles", true);
    config.setBoolean("core", null, "fsyncRefFiles", true);
    config.setBoolean("receive", null, "denyNonFastForwards", true);
    config.setBoolean("receive", null, "denyDeletes", true);
    // what tidies up in the background would meet what removes the repository
    config.setBoolean("gc", null, "autoDetach", false);
    config.save();
    return repository;
  }

  /** Whether the folder holds a repository. */
  public static boolean isRepository(File folder) {
    return FileKey.isGitRepository(folder, FS.DETECTED);
  }

  private static final class Isolated extends SystemReader.Delegate {

    Isolated(SystemReader reader) {
      super(reader);
    }

    @Override
    public String getenv(String variable) {
      return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
      return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
      return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
      return new Nothing(parent, fs);
    }
  }

  private static final class Nothing extends FileBasedConfig {

    Nothing(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {
      // there is no file
    }

    @Override
    public void save() {
      // JGit would keep measurements of file systems here
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
