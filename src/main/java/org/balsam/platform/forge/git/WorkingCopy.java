package org.balsam.platform.forge.git;

import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.RefSpec;

/** Makes checked-out files a working copy that Git can commit in and push from. */
public final class WorkingCopy {

  private WorkingCopy() {}

  /**
   * Puts a {@code .git} beside files that {@link Checkout#fetch} wrote, with {@code branch} checked
   * out at its tip.
   *
   * @param repository the folder of a bare repository, which may be a copy of {@code origin}
   * @param origin where a person pushes to
   * @throws org.balsam.kernel.ExternalFailure when either cannot be read or written
   */
  public static void link(Path repository, URI origin, String branch, Path files) {
    GitNames.branch(branch);
    GitFailures.mapped(
        "make a working copy of branch " + GitNames.printable(branch),
        () -> {
          try (var source = IsolatedGit.open(repository.toFile());
              var git = Git.init().setDirectory(files.toFile()).setInitialBranch(branch).call()) {
            var uri = source.getDirectory().toURI().toString();
            var config = git.getRepository().getConfig();
            config.setString("remote", "origin", "url", origin.toString());
            config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
            config.setInt("gc", null, "auto", 0);
            config.setBoolean("gc", null, "autoDetach", false);
            config.setString("branch", branch, "remote", "origin");
            config.setString("branch", branch, "merge", Constants.R_HEADS + branch);
            config.save();
            git.fetch()
                .setRemote(uri)
                .setRefSpecs(new RefSpec("+refs/heads/*:refs/remotes/origin/*"))
                .call();
            git.reset().setMode(ResetType.MIXED).setRef("refs/remotes/origin/" + branch).call();
            return files;
          } catch (GitAPIException trouble) {
            throw new java.io.IOException(trouble);
          }
        });
  }
}
