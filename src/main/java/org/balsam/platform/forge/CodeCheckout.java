package org.balsam.platform.forge;

import java.net.URI;
import java.nio.file.Path;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.forge.local.Checkout;
import org.balsam.platform.forge.local.WorkingCopy;

/** Fetches code for a step, without Spring and without a forge. */
public final class CodeCheckout {

  private CodeCheckout() {}

  /**
   * Writes the files of one commit, and nothing of Git's own, into a folder. Executable files keep
   * that bit. Not to be called twice for one folder at once.
   *
   * @param repository what {@link Forge#cloneUri} gave; a {@code file:} URI
   * @param commit 40 hexadecimal digits
   * @param target does not exist, or is an empty folder
   * @throws org.balsam.kernel.NotFound without such a repository or commit
   * @throws Invalid for another kind of URI, or a commit with symbolic links, submodules or paths
   *     that are not safe everywhere; nothing was written then
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED for more than 1 GiB or 100,000 files;
   *     DATA_CHANGED when the repository holds other bytes than the commit's
   * @throws org.balsam.kernel.ExternalFailure when files cannot be read or written
   */
  public static void fetch(URI repository, String commit, Path target) {
    Checkout.fetch(folder(repository), commit, target);
  }

  /**
   * Makes files that {@link #fetch} wrote a working copy, in which a person commits to {@code
   * branch} and pushes with Git.
   *
   * @param repository what {@link Forge#cloneUri} gave; a {@code file:} URI
   * @throws Invalid for another kind of URI
   * @throws org.balsam.kernel.ExternalFailure when files cannot be read or written
   */
  public static void link(URI repository, String branch, Path files) {
    WorkingCopy.link(folder(repository), branch, files);
  }

  private static Path folder(URI repository) {
    if (!"file".equals(repository.getScheme())) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "repository",
          "scheme '" + repository.getScheme() + "' is not supported; allowed: file");
    }
    return Path.of(repository);
  }
}
